import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ArmError } from '../../src/core/armError';
import { outcomeSentence, type CreationOutcome, type Result } from '../../src/core/creation/creationReport';
import { outcomeDocument } from '../../src/core/creation/outcomeDocument';
import { diagnose } from '../../src/core/errors/diagnose';
import { catalogueCodes } from '../../src/core/errors/errorCatalogue';
import { asText } from '../../src/core/markdown';
import { oneLine } from '../../src/core/text';
import { keys } from './keyIdentifiers';
import { property } from './property';
import { distinctSecretIn } from './redaction';
import { hostileText, soon } from './texts';

const name = hostileText.filter((text) => oneLine(text) !== '');
const failed = fc
  .record({
    code: fc.oneof(fc.constantFrom(...catalogueCodes()), hostileText),
    message: hostileText,
    requestId: hostileText,
    operation: hostileText.map((resource) => ({
      name: 'create server key',
      resource: `/subscriptions/s/resourceGroups/${resource}`,
    })),
  })
  .map((details): Result => ({ kind: 'failed', diagnosis: diagnose(new ArmError(details)) }));
const succeeded = fc
  .tuple(fc.constantFrom<'created' | 'found'>('created', 'found'), name)
  .map(([kind, own]): Result => ({
    kind,
    serverKey: { id: '', name: own, type: 'customerManaged' },
  }));
const outcome: fc.Arbitrary<CreationOutcome> = fc
  .record({ server: name, key: keys, result: fc.oneof(failed, succeeded, fc.constant<Result>({ kind: 'notStarted' })) })
  .map(({ server, key: { key }, result }) => ({
    creation: {
      server: {
        id: '',
        name: server,
        subscriptionId: '',
        resourceGroup: '',
        location: '',
        identity: { userAssigned: [] },
      },
      key,
    },
    result,
  }));
const outcomes = fc.array(outcome, { minLength: 1, maxLength: 6 });
const time = fc.date({ noInvalidDate: false });

export const reports = [
  property('counts each server key once', 3000, outcomes, (all) => {
    const counts = outcomeSentence(all).match(/\d+/g) ?? [];
    assert.equal(
      counts.reduce((sum, count) => sum + Number(count), 0),
      all.length,
    );
  }),
  property(
    'has a row for each server key, whatever its name and the time',
    2000,
    fc.tuple(outcomes, time),
    ([all, at]) => {
      const lines = soon(() => outcomeDocument(all, at), 500).split('\n');
      assert.doesNotMatch(lines[2] ?? '', /Invalid|NaN/);
      const starting = (start: string) => lines.filter((line) => line.startsWith(start)).length;
      // Each section has a table with two lines above its rows.
      assert.equal(starting('| ') - 2 * starting('## '), all.length, lines.join('\n'));
      for (const { creation } of all)
        assert.ok(lines.some((line) => line.startsWith(`| ${asText(creation.server.name)} |`)));
    },
  ),
  property(
    'shows no credential of a message',
    2000,
    fc.tuple(outcome, distinctSecretIn),
    ([{ creation }, [message, secret]]) => {
      const diagnosis = diagnose(new ArmError({ code: 'SomethingElse', message, requestId: message }));
      assert.ok(!outcomeDocument([{ creation, result: { kind: 'failed', diagnosis } }], new Date()).includes(secret));
    },
  ),
];
