import assert from 'node:assert/strict';
import type { ServerKey } from '../../src/core/model';
import { restoreTimes } from '../../src/core/pastedErrors/restoreTimes';
import { restoreDocument, restorePlan } from '../../src/core/plan/restorePlan';
import { sqlServer } from './sqlServer';

const version = '9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const key = (name: string, created: string, vault = 'kv-a'): ServerKey => ({
  id: `/keys/${name}`,
  name: `${vault}_${name}_${version}`,
  type: 'customerManaged',
  uri: `https://${vault}.vault.azure.net/keys/${name}/${version}`,
  thumbprint: name.toUpperCase(),
  created: new Date(created),
});
const serviceManaged: ServerKey = { id: '/keys/s', name: 'ServiceManaged', type: 'serviceManaged' };
const [source, target] = [sqlServer('sql-old'), sqlServer('sql-new')];
const theirs = [
  key('one', '2026-01-01T00:00:00Z'),
  key('two', '2026-05-01T00:00:00Z'),
  key('three', '2026-09-01T00:00:00Z'),
  serviceManaged,
];
const planned = (own: readonly ServerKey[], times = {}) => restorePlan([source, theirs], [target, own], times);
const names = (plan: ReturnType<typeof planned>) => plan.steps.map(({ keyIdentifier }) => keyIdentifier.split('/')[4]);

describe('the plan for a restore', () => {
  it('creates the server keys that the target lacks, and leaves those with the same key material', () => {
    assert.deepEqual(names(planned([serviceManaged])), ['one', 'two', 'three']);
    assert.deepEqual(names(planned([key('two', '2026-10-01T00:00:00Z', 'kv-b')])), ['one', 'three']);
  });

  it('has only the keys that were created in the time that the error names, or before the backup', () => {
    const [from, to] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-06-01T00:00:00Z')];
    assert.deepEqual(names(planned([], { from, to })), ['two']);
    assert.deepEqual(names(planned([], { to })), ['one', 'two']);
  });

  it('is a document with the steps and commands, or says that nothing is missing', () => {
    const text = restoreDocument(planned([], { to: new Date('2026-06-01T00:00:00Z') }));
    assert.match(
      text,
      /^# Keys for a restore to "sql-new"\n\nThe backup comes from "sql-old"\.\n\nCreated at or before/,
    );
    assert.match(text, /\*\*"sql-new" lacks 2 of 2 keys that the restore may need\.\*\*/);
    assert.match(text, /1\. Create server key "kv-a\\_one\\_9f3c…" on "sql-new"/);
    assert.match(
      text,
      /az sql server key create -g rg -s sql-new --kid https:\/\/kv-a\.vault\.azure\.net\/keys\/two\//,
    );
    const complete = restoreDocument(planned(theirs));
    assert.match(complete, /"sql-new" has all 3 keys/);
    assert.doesNotMatch(complete, /## Steps/);
    assert.match(restoreDocument(restorePlan([source, []], [target, []])), /no customer-managed key from that time/);
  });
});

describe('the times in the error of a restore', () => {
  it('are those between which the missing keys were created', () => {
    const text = `Target server sql-new doesn't have access to all AKV URIs created between 2026-10-01T00:00:00Z and
      2026-11-20T00:00:00Z. Retry operation after restoring all AKV URIs.`;
    const { from, to } = restoreTimes(text) ?? assert.fail();
    assert.deepEqual([from.toISOString(), to.toISOString()], ['2026-10-01T00:00:00.000Z', '2026-11-20T00:00:00.000Z']);
    const american = restoreTimes('all AKV URIs created between <10/1/2026 5:00:00 AM> and <11/20/2026 6:00:00 PM>.');
    assert.equal(american?.from.toISOString(), '2026-10-01T05:00:00.000Z');
  });

  it('are not found in other texts', () => {
    assert.equal(restoreTimes('all AKV URIs created between <T1> and <T2>. Retry'), undefined);
    assert.equal(restoreTimes('Retry operation after restoring all AKV URIs.'), undefined);
  });
});
