import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { outcomeSentence, type CreationOutcome, type Result } from '../../src/core/creation/creationReport';
import { outcomeDocument } from '../../src/core/creation/outcomeDocument';
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
    assert.match(outcomeDocument(both, new Date()), /## Not known yet: [^#]*\n\| sql-f \| rg \| kv-a\\_tde \|/);
  });

  it('has one row for each server, whatever its name', () => {
    const forged = outcome('sql-a\n\n## Created |\n[x](command:y)', { kind: 'notStarted' });
    const lines = outcomeDocument([forged], new Date()).split('\n');
    assert.equal(lines.filter((line) => line.startsWith('#')).length, 2);
    assert.equal(lines.at(-3), '| sql-a \\#\\# Created \\| \\[x\\](command:y) | rg | kv-a\\_tde |');
  });

  it('groups failures by cause, the largest group first, with steps and commands once', () => {
    const lacking = (server: string) => {
      const error = new ArmError({ code: 'AzureKeyVaultMissingPermissions', message: '', requestId: `id-${server}` });
      const text = `"${server}" lacks wrapKey`;
      const evidence = { found: [{ outcome: 'fail' as const, text, codes: [] }], ruledOut: [], unchecked: [] };
      const commands = [{ text: 'az role' }, { text: `az ${server}` }];
      return { ...diagnose(error), evidence: { ...evidence, isSuspicion: false }, commands };
    };
    const failed = ['sql-x', 'sql-y'].map((name) => outcome(name, { kind: 'failed', diagnosis: lacking(name) }));
    const text = outcomeDocument([...outcomes, ...failed], new Date('2026-11-24T12:34:56Z'));
    const headings = text.split('\n').filter((line) => line.startsWith('#'));
    assert.deepEqual(headings, [
      '# Server keys: 2 created, 1 already existed, 3 failed, 1 not started',
      `## Failed: ${lacking('').title} (2)`,
      `## Failed: ${diagnosis.title} (1)`,
      '## Not started (1)',
      '## Created (2)',
      '## Already existed (1)',
    ]);
    assert.match(text, /\n2026-11-24 12:34 UTC\n/);
    assert.match(text, /\| sql-x \| rg \| kv-a\\_tde \| "sql-x" lacks wrapKey \| id-sql-x \|\n\| sql-y \|/);
    assert.ok(text.includes(`\n\n${lacking('').what}\n\n`), 'what happened stands once if it names no server');
    assert.equal(text.split('az role').length, 2);
    assert.match(text, /```sh\naz role\naz sql-x\naz sql-y\n```/);
    for (const step of diagnosis.steps) assert.ok(text.includes(step));
    assert.match(text, /code AzureKeyVaultKeyDisabled/);
  });
});
