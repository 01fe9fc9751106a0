import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import {
  outcomeReport,
  outcomeSentence,
  type CreationOutcome,
  type Result,
} from '../../src/core/creation/creationReport';
import { diagnose } from '../../src/core/errors/diagnose';
import { sqlServer } from './sqlServer';

const key = { kind: 'vault' as const, vault: 'kv-a', host: 'kv-a.vault.azure.net', name: 'tde' };
const outcome = (name: string, result: Result): CreationOutcome => ({
  creation: { server: sqlServer(name), key },
  result,
});
const serverKey = { id: '', name: 'KV-A_tde', type: 'customerManaged' as const };
const diagnosis = diagnose(new ArmError({ code: 'AzureKeyVaultKeyDisabled', message: 'no', requestId: 'id-7' }));

const outcomes = [
  outcome('sql-a', { kind: 'found', serverKey }),
  outcome('sql-long', { kind: 'created', serverKey }),
  outcome('sql-c', { kind: 'failed', diagnosis }),
  outcome('sql-d', { kind: 'notStarted' }),
  outcome('sql-e', { kind: 'created', serverKey }),
];

describe('the report about several server keys', () => {
  it('has a one-sentence summary that leaves out counts of zero', () => {
    assert.equal(outcomeSentence(outcomes), 'Server keys: 2 created, 1 already existed, 1 failed, 1 not started.');
    assert.equal(outcomeSentence(outcomes.slice(1, 2)), 'Server keys: 1 created.');
  });

  it('counts and lists results that are not known apart from failures', () => {
    const unknown = diagnose(new ArmError({ code: 'OutcomeUnknown', message: '' }));
    const both = [...outcomes.slice(2, 3), outcome('sql-f', { kind: 'failed', diagnosis: unknown })];
    assert.equal(outcomeSentence(both), 'Server keys: 1 failed, 1 not known yet.');
    const lines = outcomeReport(both, new Date()).split('\n');
    assert.equal(lines[lines.indexOf('Not known yet') + 1], '  sql-f  kv-a_tde');
  });

  it('has one line for each server, whatever its name', () => {
    const forged = outcome('sql-a\n\nCreated\n  sql-b', { kind: 'notStarted' });
    const lines = outcomeReport([forged], new Date()).split('\n');
    assert.deepEqual(lines.slice(3), ['Not started', '  sql-a Created sql-b  kv-a_tde', '']);
  });

  it('lists problems first, and failures with cause, steps, and request ID', () => {
    const lines = outcomeReport(outcomes, new Date('2026-11-24T12:34:56Z')).split('\n');
    const [step = '', ...more] = diagnosis.steps;
    assert.deepEqual(lines, [
      'Server keys: 2 created, 1 already existed, 1 failed, 1 not started.',
      '2026-11-24 12:34 UTC',
      '',
      'Failed',
      '  sql-c     kv-a_tde',
      `    ${diagnosis.what}`,
      `    ${diagnosis.cause}`,
      `    - ${step}`,
      ...more.map((text) => `    - ${text}`),
      '    code AzureKeyVaultKeyDisabled, request id-7',
      '',
      'Not started',
      '  sql-d     kv-a_tde',
      '',
      'Created',
      '  sql-long  KV-A_tde',
      '  sql-e     KV-A_tde',
      '',
      'Already existed',
      '  sql-a     KV-A_tde',
      '',
    ]);
  });
});
