import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { Azure } from '../../src/core/ports';
import type { Fault } from '../emulator/base/faults';
import type { State } from '../emulator/base/state';
import { contoso } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import {
  connectToEmulator,
  emulator,
  failureOf,
  findKey,
  findServer,
  findVault,
  found,
  principalOf,
  resetEmulator,
  until,
} from './connection';

interface Change {
  readonly write: Fault['match'];
  /** The reads that show the result. */
  readonly read: Fault['match'];
  /** How many of those reads come before the write; none by default. */
  readonly readsBefore?: number;
  /** Finds what the change needs, and returns the change. */
  readonly prepare: (azure: Azure) => Promise<() => Promise<unknown>>;
  readonly isMade: (state: State) => boolean;
}

const keyRequest = async (azure: Azure) => serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') });

const changes: Readonly<Record<string, Change>> = {
  'create server key': {
    write: { method: 'PUT', path: '/keys/' },
    read: { method: 'GET', path: '/keys' },
    prepare: async (azure) => {
      const [server, request] = [await findServer(azure, 'sql-billing-weu'), await keyRequest(azure)];
      return () => azure.serverKeys.create(server, request);
    },
    isMade: ({ servers }) => found(servers, 'sql-billing-weu').keys.some(({ name }) => name.startsWith('kv-billing_')),
  },
  'delete server key': {
    write: { method: 'DELETE', path: '/keys/' },
    read: { method: 'GET', path: '/keys' },
    prepare: async (azure) => {
      const server = await findServer(azure, 'sql-billing-weu');
      const key = await azure.serverKeys.create(server, await keyRequest(azure));
      return () => azure.serverKeys.delete(server, key);
    },
    isMade: ({ servers }) => !found(servers, 'sql-billing-weu').keys.some(({ name }) => name.startsWith('kv-billing_')),
  },
  'assign identity': {
    write: { method: 'PATCH', path: '/servers/sql-reports-weu$' },
    read: { method: 'GET', path: '/servers/sql-reports-weu$' },
    readsBefore: 1,
    prepare: async (azure) => {
      const server = await findServer(azure, 'sql-reports-weu');
      return () => azure.sqlServers.assignIdentity(server);
    },
    isMade: ({ servers }) => found(servers, 'sql-reports-weu').principalId !== undefined,
  },
  'grant role': {
    write: { method: 'PUT', path: '/roleAssignments/' },
    read: { method: 'GET', path: '/roleAssignments' },
    prepare: async (azure) => {
      const principal = principalOf(await findServer(azure, 'sql-billing-weu'));
      const { id } = await findVault(azure, 'kv-noaccess');
      return () => azure.access.grantRole(principal, roles.cryptoServiceEncryptionUser, id);
    },
    isMade: ({ roleAssignments }) => roleAssignments.some(({ scope }) => /\/vaults\/kv-noaccess$/i.test(scope)),
  },
  'enable purge protection': {
    write: { method: 'PATCH', path: '/vaults/kv-nopurge$' },
    read: { method: 'GET', path: '/vaults/kv-nopurge$' },
    prepare: async (azure) => {
      const vault = await findVault(azure, 'kv-nopurge');
      return () => azure.keyVaults.enablePurgeProtection(vault);
    },
    isMade: ({ vaults }) => found(vaults, 'kv-nopurge').purgeProtection,
  },
  'allow trusted services': {
    write: { method: 'PATCH', path: '/vaults/kv-firewalled$' },
    read: { method: 'GET', path: '/vaults/kv-firewalled$' },
    readsBefore: 1,
    prepare: async (azure) => {
      const vault = await findVault(azure, 'kv-firewalled');
      return () => azure.keyVaults.allowTrustedServices(vault);
    },
    isMade: ({ vaults }) => found(vaults, 'kv-firewalled').network.bypass === 'AzureServices',
  },
  'add access policy': {
    write: { method: 'PUT', path: '/accessPolicies/add$' },
    read: { method: 'GET', path: '/vaults/kv-billing$' },
    prepare: async (azure) => {
      const vault = await findVault(azure, 'kv-billing');
      const policy = { tenantId: contoso, objectId: 'somebody', keyPermissions: ['get'] };
      return () => azure.keyVaults.addAccessPolicy(vault, policy);
    },
    isMade: ({ vaults }) => found(vaults, 'kv-billing').accessPolicies.some(({ objectId }) => objectId === 'somebody'),
  },
  'create key': {
    write: { method: 'PUT', path: '/keys/tde-new$' },
    read: { method: 'GET', path: '/keys/tde-new$' },
    readsBefore: 1,
    prepare: async (azure) => {
      const vault = await findVault(azure, 'kv-billing');
      return () => azure.keyVaults.createKey({ vault, name: 'tde-new', keyType: 'RSA', keySize: 2048 });
    },
    isMade: ({ vaults }) => found(vaults, 'kv-billing').keys.some(({ name }) => name === 'tde-new'),
  },
};

/** Ways to lose the response to a request that Azure has accepted. */
const lost: readonly Partial<Fault>[] = [
  { behavior: 'reset' },
  { status: 500 },
  { status: 504 },
  { behavior: 'garbage' },
];

const isMade = async ({ isMade: test }: Change): Promise<boolean> => test(await emulator.state());
const writes = async ({ write }: Change): Promise<number> =>
  (await emulator.requests()).filter(
    ({ method, path }) => method === write.method && new RegExp(write.path, 'i').test(path),
  ).length;

for (const [name, change] of Object.entries(changes)) {
  describe(`the result of "${name}"`, () => {
    let make: () => Promise<unknown>;
    beforeEach(async () => {
      await resetEmulator();
      make = await change.prepare(connectToEmulator());
      await emulator.clearRequests();
      assert.equal(await isMade(change), false);
    });

    for (const fault of lost) {
      it(`is read if the response is lost (${fault.behavior ?? String(fault.status)})`, async () => {
        await emulator.addFault({ match: change.write, ...fault, when: 'afterEffect', times: 1 });
        await make();
        assert.deepEqual([await isMade(change), await writes(change)], [true, 1]);
      });
    }

    it('is not known if it cannot be read, either', async () => {
      await emulator.addFault({ match: change.write, behavior: 'reset', when: 'afterEffect', times: 1 });
      await emulator.addFault({
        match: change.read,
        status: 403,
        code: 'AuthorizationFailed',
        skip: change.readsBefore ?? 0,
      });
      const { code, operation } = await failureOf(make());
      assert.deepEqual([code, operation?.name], ['OutcomeUnknown', name]);
      assert.equal(await isMade(change), true);
    });

    it('is not known if Azure does not show it, and the request is not sent again', async () => {
      await emulator.addFault({ match: change.write, behavior: 'reset', times: 1 });
      assert.equal((await failureOf(make())).code, 'OutcomeUnknown');
      assert.deepEqual([await isMade(change), await writes(change)], [false, 1]);
    });

    it('is the failure that Azure reports if Azure does not show the change', async () => {
      await emulator.addFault({ match: change.write, status: 500, code: 'InternalServerError', times: 1 });
      assert.equal((await failureOf(make())).code, 'InternalServerError');
      assert.deepEqual([await isMade(change), await writes(change)], [false, 1]);
    });

    it('is the refusal if Azure refuses', async () => {
      await emulator.addFault({ match: change.write, status: 403, code: 'AuthorizationFailed' });
      assert.equal((await failureOf(make())).code, 'AuthorizationFailed');
      assert.equal(await isMade(change), false);
    });
  });
}

describe('the result of an accepted operation', () => {
  beforeEach(() => resetEmulator());

  for (const status of [401, 403, 404, 500]) {
    it(`is read if its polls fail with ${status}`, async () => {
      const azure = connectToEmulator({ limits: { retryMs: 1 } });
      const [server, request] = [await findServer(azure, 'sql-billing-weu'), await keyRequest(azure)];
      await emulator.addFault({ match: { method: 'GET', path: 'operation' }, status });
      const created = await azure.serverKeys.create(server, request);
      assert.equal(created.name, request.name);
    });
  }

  it('is not waited for after Cancel', async () => {
    const azure = connectToEmulator();
    const [server, request] = [await findServer(azure, 'sql-billing-weu'), await keyRequest(azure)];
    await emulator.options({ operationMs: 3000 });
    const cancel = new AbortController();
    const creating = azure.serverKeys.create(server, request, cancel.signal);
    await until(async () => (await emulator.requests()).some(({ status }) => status === 202));
    cancel.abort();
    await assert.rejects(creating, { name: 'AbortError' });
  });

  it('is the refusal if Azure asks to wait too long', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const request = await keyRequest(azure);
    await emulator.addFault({ match: { path: '/keys/' }, status: 429, code: 'TooManyRequests', retryAfter: 3600 });
    assert.equal((await failureOf(azure.serverKeys.create(server, request))).code, 'TooManyRequests');
  });
});
