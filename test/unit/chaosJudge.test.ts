import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Azure } from '../../src/core/ports';
import { estate, makePlaces } from '../chaos/estate';
import { operations, type Operation } from '../chaos/operations';
import { type Ending, judge, perform, type Run, runOf } from '../chaos/runs';
import type { LoggedRequest } from '../emulator/base/emulator';
import type { State } from '../emulator/base/state';

const [place] = makePlaces(1);
assert.ok(place);

const runOfOperation = (name: string, changes: Partial<Operation> = {}, more: Partial<Run> = {}): Run => {
  const operation = operations.find((one) => one.name === name);
  assert.ok(operation);
  return { seed: 0, kind: runOf(0).kind, skip: 0, operation: { ...operation, ...changes }, ...more };
};
const write: LoggedRequest = {
  time: '',
  method: 'DELETE',
  path: '',
  query: {},
  status: 202,
  carriedOut: true,
  ms: 0,
  correlationId: '',
  connection: 1,
};
const deletion = runOfOperation('delete server key');
const unchanged = estate([place]);
const deleted: State = {
  ...unchanged,
  servers: unchanged.servers.map((server) => ({ ...server, keys: [] })),
};
const verdict = (run: Run, ending: Ending, state: State, requests: readonly LoggedRequest[] = [write]): string[] =>
  judge(run, place, ending, { state, requests });
const failed = (code: string) => ({ failure: new ArmError({ code, message: 'Text.' }) });

describe('the verdict on an operation during which a fault happened', () => {
  it('accepts a correct report of a change', () => {
    assert.deepEqual(verdict(deletion, { told: true }, deleted), []);
    assert.deepEqual(verdict(deletion, failed('Conflict'), unchanged), []);
    assert.deepEqual(verdict(deletion, failed('OutcomeUnknown'), deleted), []);
  });

  it('finds a change that is reported but not there', () => {
    assert.deepEqual(verdict(deletion, { told: true }, unchanged), ['told true, but the state shows false']);
  });

  it('finds a change that is reported as failed but is there', () => {
    assert.deepEqual(verdict(deletion, failed('Conflict'), deleted), [
      'told Conflict "Text.", but the change is there',
    ]);
  });

  it('reports an empty list that hides what is there', () => {
    const listing = runOfOperation('list server keys');
    assert.match(
      verdict(listing, { told: [] }, unchanged, []).join(),
      /^told \[\], but the state shows \["ServiceManaged","kv-0_other/,
    );
  });

  it('reports a write that Azure has carried out twice, but not one that Azure has refused', () => {
    assert.deepEqual(verdict(deletion, { told: true }, deleted, [write, write]), ['Azure carried out 2 writes']);
    assert.deepEqual(verdict(deletion, { told: true }, deleted, [{ ...write, carriedOut: false }, write]), []);
  });

  it('reports a failure that nobody can explain to the user', () => {
    for (const failure of [new TypeError('x is undefined'), 'text', undefined]) {
      assert.match(verdict(deletion, { failure }, unchanged).join(), /^failed with .*, not with an ArmError$/);
    }
    assert.match(verdict(deletion, failed('UnexpectedError'), unchanged).join(), /the extension has a mistake/);
  });

  it('reports a cancellation that nobody asked for', () => {
    const failure = new DOMException('', 'AbortError');
    assert.match(verdict(deletion, { failure }, unchanged).join(), /nobody cancelled it/);
    assert.deepEqual(verdict({ ...deletion, cancelAfter: 1 }, { failure }, unchanged), []);
  });

  for (const [how, more] of [
    ['', {}],
    [' after it was cancelled', { cancelAfter: 1 }],
  ] as const) {
    it(`reports an operation that does not end${how}`, async () => {
      const endless: Partial<Operation> = { run: () => new Promise(() => undefined) };
      const run = runOfOperation('list server keys', endless, more);
      const ending = await perform(run, {} as Azure, place, { cancelledMs: 5, othersMs: 5 });
      assert.match(verdict(run, ending, unchanged).join(), /^still waiting /);
    });
  }

  it('reports an operation that lies', async () => {
    const run = runOfOperation('read TDE protector', { run: () => Promise.resolve('another key') });
    const ending = await perform(run, {} as Azure, place);
    assert.deepEqual(verdict(run, ending, unchanged), ['told "another key", but the state shows "ServiceManaged"']);
  });
});
