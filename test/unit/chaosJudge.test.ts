import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { serverKeyName } from '../../src/core/keys/serverKeyName';
import type { Azure } from '../../src/core/ports';
import { endingsIn } from '../chaos/createServerKeys';
import { estate, keyIn, makePlaces, oldServerKey } from '../chaos/estate';
import type { Ending, Operation } from '../chaos/operation';
import { operations } from '../chaos/operations';
import { judge, perform, type Run, runOf } from '../chaos/runs';
import type { LoggedRequest } from '../emulator/base/emulator';
import type { State } from '../emulator/base/state';
import { serverKey } from '../emulator/seeds/parts';

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
  judge(run, place, [ending], { state, requests });
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
      const endings = await perform(run, {} as Azure, place, { cancelledMs: 5, othersMs: 5 });
      assert.match(judge(run, place, endings, { state: unchanged, requests: [] }).join(), /^still waiting /);
    });
  }

  it('reports an operation that lies', async () => {
    const run = runOfOperation('read TDE protector', { run: () => Promise.resolve([{ told: 'another key' }]) });
    const endings = await perform(run, {} as Azure, place);
    assert.deepEqual(judge(run, place, endings, { state: unchanged, requests: [] }), [
      'told "another key", but the state shows "ServiceManaged"',
    ]);
  });

  describe('in the report of a run over several servers', () => {
    const run = runOfOperation('create server keys on several servers');
    const known = oldServerKey(place).name;
    const [key, unknown] = [serverKeyName(keyIn(place, 'tde')), serverKeyName(keyIn(place, 'other'))];
    const line = (server: { readonly name: string }, name: string): string =>
      `| ${server.name} | rg | ${name.replaceAll('_', '\\_')} |`;
    const { server: first, secondServer: second, serverWithoutIdentity: third } = place;
    const head = ['', '| Server | Resource group | Server key |', '| --- | --- | --- |'];
    const correct = [
      '# Server keys: 2 created, 2 already existed, 1 failed',
      '',
      '2026-11-26 02:00 UTC',
      '',
      '## Failed: No identity (1)',
      '',
      'The server has no identity.',
      ...head,
      line(third, key),
      '',
      'code AzureKeyVaultNoServerIdentity',
      '',
      '## Created (2)',
      ...head,
      line(first, key),
      line(second, key),
      '',
      '## Already existed (2)',
      ...head,
      line(first, known),
      line(second, 'own'),
      '',
    ].join('\n');
    const added = { ...serverKey(place.vault, 'tde', 2, new Date(0)), name: key };
    const state: State = {
      ...unchanged,
      servers: unchanged.servers.map((one) => (one === third ? one : { ...one, keys: [...one.keys, added] })),
    };
    const put = (server: { readonly id: string }, name = key): LoggedRequest => ({
      ...write,
      method: 'PUT',
      path: `${server.id}/keys/${name}`,
    });
    const writes = [put(first), put(second)];
    const of = (report: string, requests: readonly LoggedRequest[] = writes, at = state): string[] =>
      judge(run, place, endingsIn(report, place), { state: at, requests });

    it('accepts what the state shows', () => {
      assert.deepEqual(of(correct), []);
    });

    it('finds a server key that is reported as created but not there', () => {
      assert.deepEqual(of(correct, writes, unchanged), [
        `first server: told "${key}", but the state shows undefined`,
        `second server: told "${key}", but the state shows undefined`,
      ]);
    });

    it('finds a server key that is reported as failed but is there', () => {
      const everywhere = { ...state, servers: state.servers.map((one) => ({ ...one, keys: [...one.keys, added] })) };
      assert.match(
        of(correct, writes, everywhere).join(),
        /^server without identity: told .* but the change is there$/,
      );
      const unsettled = correct
        .replace('1 failed', '1 not known yet')
        .replace('## Failed', '## Not known yet')
        .replace('AzureKeyVaultNoServerIdentity', 'OutcomeUnknown');
      assert.deepEqual(of(unsettled, writes, everywhere), []);
    });

    it('finds a server key that is reported as there before but that the run created', () => {
      assert.deepEqual(of(correct, [...writes, put(second, unknown)]), [
        'unknown server key: told that it was there before, but Azure carried out a write',
      ]);
    });

    it('finds a server key that is reported as not started, but that was', () => {
      const stopped = correct.replace('1 failed', '1 not started').replace('Failed: No identity', 'Not started');
      assert.deepEqual(of(stopped), [
        'server without identity: told that it was not started, but nobody cancelled the run',
      ]);
      const canceled = { ...run, cancelAfter: 1 };
      const judged = (requests: readonly LoggedRequest[]) =>
        judge(canceled, place, endingsIn(stopped, place), { state, requests });
      assert.deepEqual(judged(writes), []);
      assert.deepEqual(judged([...writes, put(third)]), [
        'server without identity: told that it was not started, but it was',
      ]);
    });

    it('reports a write to one server that Azure has carried out twice', () => {
      assert.deepEqual(of(correct, [...writes, put(first)]), ['first server: Azure carried out 2 writes']);
    });

    it('finds a server key that is missing or reported twice, and a summary that counts others', () => {
      const missing = correct.replace('2 created', '1 created').replace(`${line(second, key)}\n`, '');
      assert.deepEqual(of(missing), ['second server: reported 0 times']);
      const twice = correct
        .replace('2 created', '3 created')
        .replace(line(first, key), `${line(first, key)}\n${line(first, key)}`);
      assert.deepEqual(of(twice), ['first server: reported 2 times']);
      assert.throws(() => endingsIn(correct.replace('2 created', '3 created'), place), /the first line .* is wrong/);
    });
  });
});
