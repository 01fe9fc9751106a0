import assert from 'node:assert/strict';
import { parse } from '@cdktn/hcl2json';
import { publicCloud } from '../../src/core/clouds';
import { stepsOf } from '../../src/core/export/exported';
import { forms, formsFor } from '../../src/core/export/forms';
import { titleOf } from '../../src/core/plan/planTexts';
import { parsePlan, savedPlan, type SavablePlan } from '../../src/core/plan/savedPlan';
import type { SingleStep } from '../../src/core/plan/singleStep';
import { azArguments } from '../generated/azArguments';
import { parserOf } from './grammars';
import { now } from './goodFacts';
import { keyIdentifier, serverId } from './operations';

const server = { id: serverId, name: 'sql-billing-weu', resourceGroup: 'rg-billing', subscriptionId: '1' };
const place = { ...server, subscriptionId: serverId.split('/')[2] ?? '' };
const former = { serverKeyName: 'old', type: 'customerManaged', uri: keyIdentifier, autoRotation: true } as const;
const ofDatabase = { server: place, database: 'orders' };
const own = { uri: keyIdentifier, autoRotation: false };

/** One step of each kind. */
const steps: readonly SingleStep[] = [
  { kind: 'setProtector', server: place, keyIdentifier, autoRotation: true, former },
  { kind: 'useServiceManagedKey', server: place, former },
  { kind: 'revalidateProtector', server: place },
  { kind: 'deleteServerKey', server: place, keyIdentifier },
  { kind: 'setDatabaseProtector', ...ofDatabase, keyIdentifier, autoRotation: false, former: own },
  { kind: 'revalidateDatabase', ...ofDatabase },
  { kind: 'revertDatabase', ...ofDatabase, former: own },
  { kind: 'addDatabaseKey', ...ofDatabase, keyIdentifier },
];
const [set, serviceManaged, revalidation, deletion, setDatabase, revalidateDatabase, revert, addKey] = steps;

const instance = {
  ...place,
  id: serverId.replace('/servers/', '/managedInstances/'),
};

const textOf = (title: string, step: SingleStep | undefined): string => {
  const form = forms.find((one) => one.title === title);
  assert.ok(form && step);
  return form.exportPlan(stepsOf(step)).text;
};

describe('a change of one server or database', () => {
  it('can be copied as commands and requests; only what a template can declare, as Bicep and Terraform', () => {
    const all = ['Azure CLI', 'Azure PowerShell', 'REST', 'Bicep', 'Terraform'];
    for (const step of steps) {
      const isDeclared = step === set || step === serviceManaged;
      const titles = formsFor(stepsOf(step)).map(({ title }) => title);
      assert.deepEqual(titles, isDeclared ? all : all.slice(0, 3), step.kind);
    }
  });

  it('can be copied for managed instances as far as the tools can do it', () => {
    const titles = (step: SingleStep) => formsFor(stepsOf(step)).map(({ title }) => title);
    assert.deepEqual(titles({ kind: 'deleteServerKey', server: instance, keyIdentifier }), ['Azure CLI', 'REST']);
    assert.deepEqual(titles({ kind: 'revalidateProtector', server: instance }), ['REST']);
  });

  it('is the same change in Azure CLI', () => {
    const at = ['-g', 'rg-billing', '-s', 'sql-billing-weu'];
    const inSubscription = ['--subscription', place.subscriptionId];
    const commands = (step?: SingleStep) =>
      azArguments([textOf('Azure CLI', step)])[0]?.slice(0, -inSubscription.length);
    assert.deepEqual(commands(serviceManaged), [
      'sql',
      'server',
      'tde-key',
      'set',
      ...at,
      '--server-key-type',
      'ServiceManaged',
    ]);
    assert.deepEqual(commands(deletion), ['sql', 'server', 'key', 'delete', ...at, '--kid', keyIdentifier]);
    assert.deepEqual(commands(revert), ['sql', 'db', 'tde', 'key', 'revert', ...at, '-d', 'orders']);
  });

  it('is one cmdlet of Azure PowerShell', () => {
    const at = '-ResourceGroupName rg-billing -ServerName sql-billing-weu';
    const cmdlet = (step?: SingleStep) => textOf('Azure PowerShell', step).split('\n')[4]?.trim();
    assert.equal(
      cmdlet(serviceManaged),
      `Set-AzSqlServerTransparentDataEncryptionProtector ${at} -Type ServiceManaged -Force`,
    );
    assert.equal(cmdlet(revalidation), `Invoke-AzSqlServerTransparentDataEncryptionProtectorRevalidation ${at}`);
    assert.equal(cmdlet(deletion), `Remove-AzSqlServerKeyVaultKey ${at} -KeyId ${keyIdentifier}`);
    assert.equal(
      cmdlet(setDatabase),
      `Set-AzSqlDatabase ${at} -DatabaseName orders -EncryptionProtector ${keyIdentifier} -EncryptionProtectorAutoRotation:$false`,
    );
    assert.equal(cmdlet(addKey), `Set-AzSqlDatabase ${at} -DatabaseName orders -KeyList ${keyIdentifier}`);
    const ofKey = 'Invoke-AzSqlDatabaseTransparentDataEncryptionProtector';
    assert.equal(cmdlet(revalidateDatabase), `${ofKey}Revalidation ${at} -DatabaseName orders`);
    assert.equal(cmdlet(revert), `${ofKey}Revert ${at} -DatabaseName orders`);
  });

  it('is valid in every language', async () => {
    for (const step of steps) {
      for (const [title, language] of [
        ['Azure CLI', 'bash'],
        ['REST', 'bash'],
        ['Azure PowerShell', 'powershell'],
      ] as const) {
        assert.ok((await parserOf(language))(textOf(title, step)), `${title}: ${titleOf(step)}`);
      }
    }
    assert.ok((await parserOf('bicep'))(textOf('Bicep', serviceManaged)));
    assert.match(
      JSON.stringify(await parse('plan.tf', textOf('Terraform', serviceManaged))),
      /_transparent_data_encryption/,
    );
    assert.doesNotMatch(textOf('Terraform', serviceManaged), /key_vault_key_id/);
  });
});

describe('a saved change', () => {
  const head = { id: '5b1a6e0e-0000-4000-8000-000000000002', cloud: publicCloud.resourceManager, created: now };
  const problem = "The plan isn't complete, or was changed. Create a new plan.";

  it('reads back as the same change', () => {
    for (const step of steps) {
      const plan = { ...head, step };
      assert.deepEqual(parsePlan(savedPlan(plan), publicCloud), { plan }, step.kind);
    }
  });

  it('is refused if it leads elsewhere, or lacks something', () => {
    const isRefused = (step: SingleStep | undefined, from: RegExp, to: string) => {
      assert.ok(step);
      const text = savedPlan({ ...head, step });
      assert.match(text, from);
      assert.deepEqual(parsePlan(text.replace(from, to), publicCloud), { problem }, `${step.kind}: ${String(from)}`);
    };
    for (const step of steps) {
      isRefused(step, /Microsoft\.Sql/, 'Microsoft.Other');
      isRefused(step, /"kind": "\w+"/, '"kind": "other"');
      if ('keyIdentifier' in step) isRefused(step, /kv-billing\.vault\.azure\.net/, 'attacker.example');
      if ('database' in step) isRefused(step, /"orders"/, '"../../x"');
      if ('autoRotation' in step) isRefused(step, /"autoRotation": (true|false)/, '"autoRotation": "on"');
    }
    isRefused(revert, /"uri": "[^"]*"/, '"uri": "https://attacker.example/keys/a/b"');
  });
});

describe('a saved plan for a restore', () => {
  const key = {
    id: `${serverId}/keys/old`,
    name: 'old',
    type: 'customerManaged',
    uri: keyIdentifier,
    thumbprint: 'AB',
  } as const;
  const plan: SavablePlan = {
    id: '5b1a6e0e-0000-4000-8000-000000000003',
    cloud: publicCloud.resourceManager,
    created: now,
    source: place,
    target: { ...place, id: serverId.replace('sql-billing-weu', 'sql-new'), name: 'sql-new' },
    times: { from: now },
    needed: [key],
  };

  it('reads back as the same plan', () => {
    assert.deepEqual(parsePlan(savedPlan(plan), publicCloud), { plan });
  });

  it('is refused with another vault, another resource, or another time', () => {
    for (const [from, to] of [
      [/kv-billing\.vault\.azure\.net/, 'attacker.example'],
      [/"target": "[^"]*"/, '"target": "/x"'],
      [/"from": "[^"]*"/, '"from": "soon"'],
    ] as const) {
      assert.ok('problem' in parsePlan(savedPlan(plan).replace(from, to), publicCloud), String(from));
    }
  });
});
