import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { createAll, createOrFind, notYetCreated, type Attempt } from '../../src/core/creation/createAll';
import { serverKeyRequest, type Creation } from '../../src/core/creation/creation';
import type { ServerKey } from '../../src/core/model';
import { sqlServer } from './sqlServer';

const key = (name: string) => ({ kind: 'vault' as const, vault: 'kv-a', host: 'kv-a.vault.azure.net', name });
const creation = (on: string, name = 'tde'): Creation => ({ server: sqlServer(on), key: key(name) });
const serverKeyOf = (one: Creation): ServerKey => {
  const { name, properties } = serverKeyRequest(one);
  return { id: '', name, uri: properties.uri, type: 'customerManaged' };
};
const kindOf = (attempt: Attempt): string => ('result' in attempt ? attempt.result.kind : String(attempt.error));

describe('creating several server keys', () => {
  const created = (one: Creation) => Promise.resolve({ kind: 'created' as const, serverKey: serverKeyOf(one) });
  const report = (): void => undefined;

  it('reports a server key that the server already has, even if the user cancels before its turn', async () => {
    const existing = { ...creation('sql-a', 'other'), existing: serverKeyOf(creation('sql-a', 'other')) };
    const before = notYetCreated([creation('sql-a'), existing, creation('sql-b')]);
    const attempts = await createAll(before, { create: created, signal: AbortSignal.abort(), report });
    assert.deepEqual(attempts.map(kindOf), ['notStarted', 'found', 'notStarted']);
  });

  it('creates the keys of a server in sequence, four servers at a time, and continues after a failure', async () => {
    const running: string[] = [];
    const seen = new Set<string>();
    const create = async (one: Creation) => {
      running.push(one.server.name);
      seen.add([...running].sort().join());
      await new Promise(setImmediate);
      running.splice(running.indexOf(one.server.name), 1);
      if (one.server.name === 'sql-b') throw new Error('refused');
      return created(one);
    };
    const reports: string[] = [];
    const wanted = ['a', 'a', 'b', 'c', 'd', 'e'].map((name, i) => creation(`sql-${name}`, `key-${i}`));
    const attempts = await createAll(notYetCreated(wanted), {
      create,
      signal: new AbortController().signal,
      report: (done, total) => reports.push(`${done}/${total}`),
    });
    assert.deepEqual(attempts.map(kindOf), ['created', 'created', 'Error: refused', 'created', 'created', 'created']);
    assert.ok(seen.has('sql-a,sql-b,sql-c,sql-d'));
    assert.ok(![...seen].some((names) => names.includes('sql-a,sql-a') || names.split(',').length > 4));
    assert.deepEqual(reports, ['0/6', '1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  });

  it('creates on replicas before the servers that they replicate, whatever the order of selection', async () => {
    const ended: string[] = [];
    const create = async (one: Creation) => {
      const begun = [...ended];
      await new Promise(setImmediate);
      ended.push(one.server.name);
      if (one.server.name === 'sql-middle') assert.deepEqual(begun.includes('sql-last'), true);
      if (one.server.name === 'sql-first') assert.deepEqual(begun.includes('sql-middle'), true);
      if (one.server.name === 'sql-last') throw new Error('refused');
      return created(one);
    };
    const replicated = (on: string, ...names: string[]) => ({
      ...creation(on),
      replicas: names.map((name) => ({ name })),
    });
    const wanted = [replicated('sql-first', 'SQL-MIDDLE'), replicated('sql-middle', 'sql-last'), creation('sql-last')];
    const { signal } = new AbortController();
    const attempts = await createAll(notYetCreated(wanted), { create, signal, report });
    assert.deepEqual(attempts.map(kindOf), ['created', 'created', 'Error: refused']);
  });

  it('creates on two servers that replicate each other', async () => {
    const replicated = (on: string, name: string) => ({ ...creation(on), replicas: [{ name }] });
    const wanted = [replicated('sql-a', 'sql-b'), replicated('sql-b', 'sql-a')];
    const { signal } = new AbortController();
    const attempts = await createAll(notYetCreated(wanted), { create: created, signal, report });
    assert.deepEqual(attempts.map(kindOf), ['created', 'created']);
  });

  it('reports a server key whose request was never sent as not started', async () => {
    const create = () => Promise.reject(new ArmError({ code: 'StoppedBeforeSending', message: '' }));
    const { signal } = new AbortController();
    const attempts = await createAll(notYetCreated([creation('sql-a')]), { create, signal, report });
    assert.deepEqual(attempts.map(kindOf), ['notStarted']);
  });

  it("reports Azure's refusal of an existing server key if the server key can't be read", async () => {
    const refusal = new ArmError({ code: 'ServerKeyUriAlreadyExists', message: '' });
    const unread = () => Promise.reject(new ArmError({ code: 'ConnectionFailed', message: '' }));
    const serverKeys = { create: () => Promise.reject(refusal), list: unread, delete: unread };
    await assert.rejects(createOrFind({ serverKeys }, creation('sql-a')), refusal);
  });
});
