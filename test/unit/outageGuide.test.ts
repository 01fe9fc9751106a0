import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Finding } from '../../src/core/errors/finding';
import { alertRules } from '../../src/core/export/alertRule';
import { outageGuide, supportText, type OutageFacts } from '../../src/core/serverState/outageGuide';
import { azArguments } from '../generated/azArguments';
import { parserOf } from './grammars';
import { now } from './goodFacts';
import { sqlServer } from './sqlServer';

const error = new ArmError({ code: 'AuthorizationFailed', message: 'no' });
const disabled: Finding = {
  outcome: 'fail',
  text: 'The key is disabled',
  codes: ['AzureKeyVaultKeyDisabled'],
  fixes: [{ kind: 'runCommand', title: 'Enable', command: 'az keyvault key set-attributes' }],
};
const passed: Finding = { outcome: 'pass', text: 'May use the key', codes: [] };
const down: Finding = { outcome: 'warn', text: 'Two databases are down', codes: ['MakeDatabaseInaccessible'] };
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const lost = (since: Date | undefined) => ({ value: [{ name: 'orders', since: { value: since } }] });
const outage = (changes: Partial<OutageFacts> = {}): OutageFacts => ({
  server: sqlServer('sql-a'),
  protector: {
    value: {
      type: 'customerManaged',
      serverKeyName: 'k',
      uri: 'https://kv-a.vault.azure.net/keys/tde',
      autoRotation: true,
    },
  },
  databases: lost(minutesAgo(10)),
  findings: [disabled, passed, down],
  ...changes,
});
const text = (changes?: Partial<OutageFacts>) => outageGuide(outage(changes), now);

describe('the guide for an outage', () => {
  it('says what is inaccessible, since when, why, and until when the databases recover automatically', () => {
    const guide = text();
    assert.match(guide, /\*\*1 database of "sql-a" is inaccessible: "orders"\. .*The key is disabled/);
    assert.match(guide, /\| orders \| 2026-11-24 11:50 UTC \| 2026-11-24 12:20 UTC \|/);
    assert.match(
      guide,
      /1\. Fix what the checks found.*\n2\. If the key becomes usable before 2026-11-24 12:20 UTC, wait/,
    );
    assert.match(guide, /3\. Run \*\*Revalidate Protector…\*\*.*\n4\. After an outage of more than 30 minutes, check/);
    assert.match(guide, /az keyvault key set-attributes/);
    assert.doesNotMatch(guide, /May use the key|Two databases are down/);
  });

  it('says that the 30 minutes are over', () => {
    assert.match(text({ databases: lost(minutesAgo(60)) }), /\| ended at 2026-11-24 11:30 UTC \|/);
  });

  it('says that the time is not known, and why', () => {
    assert.match(text({ databases: lost(undefined) }), /the activity log has no event about it \| not known \|/);
    const unread = { value: [{ name: 'orders', since: { error } }] };
    assert.match(text({ databases: unread }), /not known: the activity log couldn't be read\. .* \| not known \|/);
  });

  it('does not claim that all is well if the databases could not be read', () => {
    assert.match(text({ databases: { error } }), /\*\*The inaccessible databases couldn't be read\./);
    const well = text({ databases: { value: [] }, findings: [passed] });
    assert.match(well, /No database of "sql-a" is inaccessible, and the checks find no reason/);
    assert.doesNotMatch(well, /Revalidate|Microsoft|## Why/);
    assert.match(well, /## What to do\n\nNothing\. To notice the next loss in time, set up an alert/);
  });

  it('continues with the revalidation if the checks find no cause, and shows what they could not read', () => {
    const noCause = text({ findings: [passed] });
    assert.match(noCause, /All checks of the server and its TDE protector passed/);
    assert.match(noCause, /The checks find no cause now\. Continue with the revalidation/);
    const unread: Finding = { outcome: 'unknown', text: 'Could not be checked: locks', codes: [] };
    assert.match(
      text({ databases: { value: [] }, findings: [unread] }),
      /## What the checks found\n\n[^]*Could not be checked: locks/,
    );
  });

  it('explains its times only if it has one', () => {
    assert.match(text(), /The times are those of the activity log/);
    assert.doesNotMatch(text({ databases: lost(undefined) }), /The times are those of the activity log/);
  });

  it('has a text for Microsoft with the facts, and no person', () => {
    assert.equal(
      supportText(outage(), now),
      [
        'Databases of an Azure SQL server are inaccessible because of its TDE protector.',
        'SQL server: sql-a; region: westeurope; subscription: 1',
        'TDE protector: https://kv-a.vault.azure.net/keys/tde',
        'Inaccessible databases: orders',
        'Lost access at 2026-11-24 11:50 UTC; read at 2026-11-24 12:00 UTC',
        '- The key is disabled (AzureKeyVaultKeyDisabled)',
      ].join('\n'),
    );
  });
});

describe('the alert rule for a lost key', () => {
  const [bicep = '', az = ''] = alertRules('s-1').map((rule) => rule.text);

  it('for Azure CLI creates one alert for servers and one for managed instances', () => {
    const commands = azArguments(az.split('\n').filter((line) => line.startsWith('az ')));
    assert.deepEqual(
      commands.map((words) => words.find((word) => word.startsWith('operationName='))),
      ['operationName=MakeDatabaseInaccessible', 'operationName=MakeManagedDbInaccessible'],
    );
    for (const words of commands) {
      assert.equal(words[words.indexOf('--scope') + 1], '/subscriptions/s-1');
      assert.equal(words[words.indexOf('--action-group') + 1], '<resource ID of the action group>');
    }
  });

  it('as Bicep has both events in one rule of the subscription', async () => {
    assert.match(bicep, /^resource keyLost 'Microsoft\.Insights\/activityLogAlerts@2020-10-01' = \{$/m);
    assert.match(bicep, /equals: 'MakeDatabaseInaccessible'[^]*equals: 'MakeManagedDbInaccessible'/);
    const isValid = await parserOf('bicep');
    assert.ok(isValid(bicep));
    assert.ok(!isValid(bicep.replace('}', '')));
  });
});
