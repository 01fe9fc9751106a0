import assert from 'node:assert/strict';
import type { SqlServer } from '../../src/core/model';
import type { KeyVault } from '../../src/core/vaultModel';
import type { Azure } from '../../src/core/ports';
import { emulator, failureOf, freshConnection, principalOf } from './connection';

type Read = (azure: Azure, server: SqlServer, vault: KeyVault, signal?: AbortSignal) => Promise<unknown>;

/** Every read, by the name of its operation. */
const reads: Readonly<Record<string, Read>> = {
  'read SQL server': ({ sqlServers }, server, _, signal) => sqlServers.get(server, signal),
  'find SQL server': ({ sqlServers }, { name, subscriptionId }, _, signal) =>
    sqlServers.find(name, [subscriptionId], signal),
  'list geo-replication partners': ({ sqlServers }, server, _, signal) => sqlServers.listGeoPartners(server, signal),
  'list inaccessible databases': ({ tdeProtectors }, server, _, signal) =>
    tdeProtectors.listInaccessible(server, signal),
  'list running operations': ({ sqlServers }, server, _, signal) => sqlServers.listRunningOperations(server, signal),
  'find key vault': ({ keyVaults }, _, { uri, subscriptionId }, signal) =>
    keyVaults.find(new URL(uri).host, [subscriptionId], signal),
  'read key vault': ({ keyVaults }, _, vault, signal) => keyVaults.getSettings(vault, signal),
  'read key': ({ keyVaults }, _, vault, signal) => keyVaults.getKey(vault, 'tde-orders', undefined, signal),
  'list roles': ({ access }, server, { id }, signal) => access.listRoles(principalOf(server), id, signal),
  'list permissions': ({ access }, { id }, _, signal) => access.listPermissions(id, signal),
  'list locks': ({ access }, { id }, _, signal) => access.listLocks(id, signal),
};

describe('a failing read', () => {
  const connected = freshConnection('sql-orders-weu', 'kv-orders');
  const run = (read: Read, signal?: AbortSignal) => {
    const { azure, server, vault } = connected();
    return read(azure, server, vault, signal);
  };

  for (const [name, read] of Object.entries(reads)) {
    it(`reports that Azure refuses to ${name}`, async () => {
      await emulator.addFault({ match: { path: '.' }, code: 'AuthorizationFailed', status: 403 });
      const failure = await failureOf(run(read));
      assert.deepEqual([failure.code, failure.status, failure.operation?.name], ['AuthorizationFailed', 403, name]);
    });
  }

  it('sends no request if it is canceled before it starts', async () => {
    for (const read of Object.values(reads)) {
      await assert.rejects(run(read, AbortSignal.abort()), { name: 'AbortError' });
    }
    assert.deepEqual(await emulator.requests(), []);
  });

  it('ends immediately when it is canceled while Azure does not respond', async () => {
    await emulator.addFault({ match: { path: '.' }, behavior: 'hang' });
    const abort = new AbortController();
    const running = Object.values(reads).map((read) => run(read, abort.signal));
    const ends = Promise.all(running.map((read) => assert.rejects(read, { name: 'AbortError' })));
    setTimeout(() => {
      abort.abort();
    }, 100);
    await ends;
  });
});
