import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { Fault } from '../emulator/base/faults';
import {
  connectToEmulator,
  emulator,
  emulatorCloud,
  failureOf,
  findKey,
  freshConnection,
  listSubscriptions,
  resetEmulator,
  until,
} from './connection';

const anywhere = { path: '.' };

describe('a response that does not end', () => {
  beforeEach(() => resetEmulator());

  for (const behavior of ['gzipStall', 'gzipDrip', 'hang']) {
    it(`ends with the timeout (${behavior})`, async () => {
      const azure = connectToEmulator({ limits: { responseMs: 200 } });
      await emulator.addFault({ match: anywhere, behavior });
      assert.equal((await failureOf(listSubscriptions(azure))).code, 'RequestTimeout');
    });

    it(`ends immediately when cancelled (${behavior})`, async () => {
      const azure = connectToEmulator();
      await emulator.addFault({ match: anywhere, behavior, times: 1 });
      const abort = new AbortController();
      const listing = listSubscriptions(azure, abort.signal);
      await until(async () => (await emulator.faults()).every(({ times }) => times === 0));
      const began = performance.now();
      abort.abort();
      await assert.rejects(listing, { name: 'AbortError' });
      assert.ok(performance.now() - began < 1000);
    });
  }
});

describe('a response that breaks', () => {
  beforeEach(() => resetEmulator());

  for (const [behavior, code] of [
    ['gzipReset', 'ConnectionFailed'],
    ['truncated', 'ConnectionFailed'],
    ['gzipGarbage', 'UnexpectedAnswer'],
    ['gzipBomb', 'UnexpectedAnswer'],
  ] as const) {
    it(`is reported (${behavior})`, async () => {
      const azure = connectToEmulator({ limits: { retryMs: 10 } });
      await emulator.addFault({ match: anywhere, behavior });
      assert.equal((await failureOf(listSubscriptions(azure))).code, code);
    });
  }
});

/** Successful responses that are no list and no resource. */
const nothing: Readonly<Record<string, Partial<Fault>>> = {
  'an empty 200': { status: 200 },
  'an empty 204': { status: 204 },
  'an empty object': { body: '{}' },
  'plain text': { body: '{"value":[],"id":"x","name":"x"}', headers: { 'content-type': 'text/plain' } },
  'another resource': { body: '{"id":"/subscriptions/s/resourceGroups/g","name":"g"}' },
  'a list with nothing in it': { body: '{"value":[null]}' },
};

describe('a response that is not what was asked for', () => {
  const connected = freshConnection('sql-billing-weu', 'kv-billing');

  const createAfter = async (fault: Fault) => {
    const { azure, server } = connected();
    const request = serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') });
    await emulator.addFault(fault);
    return azure.serverKeys.create(server, request);
  };

  for (const [name, fault] of Object.entries(nothing)) {
    it(`is no list of server keys, keys, or locks: ${name}`, async () => {
      const { azure, server, vault } = connected();
      await emulator.addFault({ match: { path: '/(keys|locks)$' }, behavior: 'answer', ...fault });
      for (const list of [
        azure.serverKeys.list(server),
        azure.keyVaults.listKeys(vault),
        azure.access.listLocks(server.id),
      ]) {
        assert.equal((await failureOf(list)).code, 'UnexpectedAnswer');
      }
    });

    it(`is no server and no key: ${name}`, async () => {
      const { azure, server, vault } = connected();
      await emulator.addFault({ match: { path: '/(servers|keys)/[^/]+$' }, behavior: 'answer', ...fault });
      assert.equal((await failureOf(azure.sqlServers.get(server))).code, 'UnexpectedAnswer');
      assert.equal((await failureOf(azure.keyVaults.getKey(vault, 'tde-billing'))).code, 'UnexpectedAnswer');
    });

    it(`does not prove that a server key was created: ${name}`, async () => {
      const put = { method: 'PUT', path: '/keys/' };
      const { code, message } = await failureOf(createAfter({ match: put, behavior: 'answer', ...fault }));
      assert.equal(code, 'OutcomeUnknown');
      assert.match(message, /^UnexpectedAnswer: /);
    });

    it(`does not prove at the end of the operation that a server key was created: ${name}`, async () => {
      const get = { method: 'GET', path: '/servers/[^/]+/keys' };
      const { code, message } = await failureOf(createAfter({ match: get, behavior: 'answer', ...fault }));
      assert.equal(code, 'OutcomeUnknown');
      assert.match(message, /^UnexpectedAnswer: /);
    });
  }

  it('does not prove that a server key was created if it has another key identifier', async () => {
    const { server } = connected();
    const id = `${server.id}/keys/KEY`;
    const get = { method: 'GET', path: '/servers/[^/]+/keys/' };
    const body = JSON.stringify({ id, name: 'KEY', properties: { uri: 'https://other.vault.azure.net/keys/k/1' } });
    await emulator.addFault({ match: { method: 'GET', path: '/servers/[^/]+/keys$' }, status: 403 });
    assert.equal((await failureOf(createAfter({ match: get, behavior: 'answer', body }))).code, 'OutcomeUnknown');
  });

  for (const body of ['', '{}', '[]', '{"status":1}']) {
    it(`does not end an operation: "${body}"`, async () => {
      await emulator.addFault({ match: { method: 'GET', path: '/servers/[^/]+/keys$' }, status: 403 });
      const poll = { path: 'AzureAsyncOperation' };
      const { code, message } = await failureOf(createAfter({ match: poll, behavior: 'answer', body }));
      assert.equal(code, 'OutcomeUnknown');
      assert.match(message, /^UnexpectedAnswer: /);
    });
  }

  for (const [name, fault] of Object.entries({ ...nothing, 'an empty array': { body: '[]' } })) {
    it(`is no key vault: ${name}`, async () => {
      const { azure, vault } = connected();
      await emulator.addFault({ match: { method: 'GET', path: '/vaults/' }, behavior: 'answer', ...fault });
      assert.equal((await failureOf(azure.keyVaults.getSettings(vault))).code, 'UnexpectedAnswer');
      assert.equal((await failureOf(azure.keyVaults.allowTrustedServices(vault))).code, 'UnexpectedAnswer');
    });

    it(`does not prove that a key vault was changed: ${name}`, async () => {
      const { azure, vault } = connected();
      const policy = { tenantId: vault.id, objectId: vault.id, keyPermissions: ['get'] };
      for (const [readsBefore, change] of [
        [0, () => azure.keyVaults.enablePurgeProtection(vault)],
        [1, () => azure.keyVaults.allowTrustedServices(vault)],
        [0, () => azure.keyVaults.addAccessPolicy(vault, policy)],
      ] as const) {
        await resetEmulator();
        for (const method of ['PATCH', 'PUT']) {
          await emulator.addFault({ match: { method, path: '/vaults/' }, behavior: 'answer', ...fault });
        }
        await emulator.addFault({ match: { method: 'GET', path: '/vaults/' }, skip: readsBefore, status: 403 });
        const { code, message } = await failureOf(change());
        assert.deepEqual([code, message.split(':')[0]], ['OutcomeUnknown', 'UnexpectedAnswer']);
      }
    });

    it(`is no table of Resource Graph: ${name}`, async () => {
      const { azure, server } = connected();
      await emulator.addFault({ match: { path: 'ResourceGraph' }, behavior: 'answer', ...fault });
      const { failures } = await azure.sqlServers.list([server.subscriptionId]);
      assert.equal(failures[0]?.error.code, 'UnexpectedAnswer');
    });
  }

  for (const [name, change] of Object.entries({
    'no properties': { properties: null },
    'other properties': { properties: 'none' },
    'no pricing tier': { properties: { tenantId: 't' } },
    'access policies that are no list': { properties: { sku: {}, accessPolicies: {} } },
    'an access policy without permissions': { properties: { sku: {}, accessPolicies: [{ objectId: 'o' }] } },
  })) {
    it(`is no key vault: a vault with ${name}`, async () => {
      const { azure, vault } = connected();
      const fault = { match: { path: '/vaults/[^/]+$' }, behavior: 'change', when: 'afterEffect', change } as const;
      await emulator.addFault(fault);
      assert.equal((await failureOf(azure.keyVaults.getSettings(vault))).code, 'UnexpectedAnswer');
    });
  }

  for (const [name, properties] of Object.entries({
    'a key identifier that is no text': { uri: 7 },
    'a thumbprint that is no text': { thumbprint: ['a'] },
    'properties that are no object': 'none',
  })) {
    it(`is no list of server keys: one with ${name}`, async () => {
      const { azure, server } = connected();
      const body = JSON.stringify({ value: [{ id: `${server.id}/keys/k`, name: 'k', properties }] });
      await emulator.addFault({ match: { path: '/servers/[^/]+/keys$' }, behavior: 'answer', body });
      assert.equal((await failureOf(azure.serverKeys.list(server))).code, 'UnexpectedAnswer');
    });
  }

  it('is no list if the status says that Azure only accepted the request', async () => {
    const { azure, server } = connected();
    const fault = { behavior: 'answer', status: 202, body: '{"value":[null],"data":[null]}' } as const;
    await emulator.addFault({ ...fault, match: { path: '/(locks|resources)$' } });
    assert.equal((await failureOf(azure.access.listLocks(server.id))).code, 'UnexpectedAnswer');
    assert.equal((await failureOf(azure.sqlServers.listDatabases(server))).code, 'UnexpectedAnswer');
  });

  it('is no list of servers or vaults without their places', async () => {
    const { azure, server } = connected();
    const body = JSON.stringify({ data: [{ id: server.id, name: server.name, type: 'x' }], count: 1 });
    await emulator.addFault({ match: { path: 'ResourceGraph' }, behavior: 'answer', body });
    for (const resources of [azure.sqlServers, azure.keyVaults]) {
      const { failures } = await resources.list([server.subscriptionId]);
      assert.equal(failures[0]?.error.code, 'UnexpectedAnswer');
    }
  });

  it('may have null for the partners of a failover group', async () => {
    const { azure, server } = connected();
    const value = [{ id: `${server.id}/failoverGroups/f`, name: 'f', properties: { partnerServers: null } }];
    const body = JSON.stringify({ value });
    await emulator.addFault({ match: { path: '/failoverGroups$' }, behavior: 'answer', body });
    assert.ok(Array.isArray(await azure.sqlServers.listGeoPartners(server)));
  });

  it('names no lock level or replication role that is only a word of JavaScript', async () => {
    const { azure, server } = connected();
    const listOf = (properties: object) =>
      JSON.stringify({ value: [{ id: `${server.id}/x/y`, name: 'y', properties }] });
    const answer = (path: string, properties: object) =>
      emulator.addFault({ match: { path }, behavior: 'answer', body: listOf(properties) });
    await answer('/locks$', { level: 'constructor' });
    await answer('/failoverGroups$', { partnerServers: [{ id: `${server.id}-b`, replicationRole: '__proto__' }] });
    assert.deepEqual(await azure.access.listLocks(server.id), []);
    assert.ok((await azure.sqlServers.listGeoPartners(server)).every(({ name }) => name !== `${server.name}-b`));
  });

  it('is no list of keys: resources without properties', async () => {
    const { azure, vault } = connected();
    const body = JSON.stringify({ value: [{ id: `${vault.id}/keys/k`, name: 'k' }] });
    await emulator.addFault({ match: { path: '/keys$' }, behavior: 'answer', body });
    assert.equal((await failureOf(azure.keyVaults.listKeys(vault))).code, 'UnexpectedAnswer');
  });

  it('is neither a resource nor the state of an operation if it has pages', async () => {
    const { azure, server, vault } = connected();
    const paged = (path: string) => ({
      match: { path },
      behavior: 'change',
      when: 'afterEffect' as const,
      change: { nextLink: '{url}' },
    });
    for (const call of [
      () => azure.sqlServers.get(server),
      () => azure.keyVaults.listKeys(vault),
      () => azure.keyVaults.getSettings(vault),
    ]) {
      await resetEmulator();
      await emulator.addFault(paged('/(servers|keys|vaults)/[^/]+$'));
      assert.equal((await failureOf(call())).code, 'UnexpectedAnswer');
    }
    await resetEmulator();
    await emulator.addFault({ match: { method: 'GET', path: '/servers/[^/]+/keys$' }, status: 403 });
    const { code, message } = await failureOf(createAfter(paged('AzureAsyncOperation')));
    assert.deepEqual([code, message.split(':')[0]], ['OutcomeUnknown', 'UnexpectedAnswer']);
  });

  it('is no row of Resource Graph (null)', async () => {
    const { azure, server } = connected();
    await emulator.addFault({
      match: { path: 'ResourceGraph' },
      behavior: 'answer',
      body: '{"data":[null],"count":1}',
    });
    const { failures } = await azure.sqlServers.list([server.subscriptionId]);
    assert.equal(failures[0]?.error.code, 'UnexpectedAnswer');
  });

  it('has no invalid date', async () => {
    const { azure, server, vault } = connected();
    const id = `${server.id}/keys/ServiceManaged`;
    const value = [{ id, name: 'ServiceManaged', properties: { creationDate: 'yesterday' } }];
    await emulator.addFault({
      match: { path: '/servers/[^/]+/keys$' },
      behavior: 'answer',
      body: JSON.stringify({ value }),
    });
    const attributes = { enabled: true, created: 1e20, exp: 1e20 };
    const key = { id: `${vault.id}/keys/k`, name: 'k', properties: { attributes } };
    await emulator.addFault({ match: { path: '/keys/k$' }, behavior: 'answer', body: JSON.stringify(key) });
    assert.deepEqual(
      (await azure.serverKeys.list(server)).map(({ created }) => created),
      [undefined],
    );
    const { created, expires } = await azure.keyVaults.getKey(vault, 'k');
    assert.deepEqual([created, expires], [undefined, undefined]);
  });
});

describe('a list of several pages', () => {
  const connected = freshConnection('sql-billing-weu', 'kv-billing');
  const { resourceManager } = emulatorCloud();

  it('fails if a page repeats', async () => {
    const { azure, server, vault } = connected();
    for (const [path, list] of [
      [`${server.id}/keys`, () => azure.serverKeys.list(server)],
      [`${vault.id}/keys`, () => azure.keyVaults.listKeys(vault)],
      [`${server.id}/providers/Microsoft.Authorization/locks`, () => azure.access.listLocks(server.id)],
    ] as const) {
      const nextLink = `${resourceManager}${path}?api-version=2023-08-01&page=2`;
      const body = JSON.stringify({ value: [], nextLink });
      await emulator.clearRequests();
      await emulator.addFault({ match: { path: `${path}$` }, behavior: 'answer', body });
      assert.equal((await failureOf(list())).code, 'UnexpectedAnswer');
      assert.equal((await emulator.requests()).length, 2);
    }
  });

  it('fails if it has too many pages', async () => {
    await emulator.options({ pageSize: 1 });
    const azure = connectToEmulator({ limits: { pages: 2 } });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'UnexpectedAnswer');
    assert.equal((await listSubscriptions(connectToEmulator({ limits: { pages: 3 } }))).length, 3);
  });

  it('fails if a page of Resource Graph repeats', async () => {
    const { azure, server } = connected();
    const body = JSON.stringify({ data: [], count: 0, totalRecords: 0, resultTruncated: 'true', $skipToken: 'same' });
    await emulator.addFault({ match: { path: 'ResourceGraph' }, behavior: 'answer', body });
    const { failures } = await azure.keyVaults.list([server.subscriptionId]);
    assert.equal(failures[0]?.error.code, 'UnexpectedAnswer');
    assert.equal((await emulator.requests()).length, 2);
  });

  it('ends immediately when cancelled on its second page', async () => {
    const { azure, vault } = connected();
    const path = `${vault.id}/keys$`;
    const nextLink = `${resourceManager}${vault.id}/keys?api-version=2023-07-01&page=2`;
    await emulator.addFault({
      match: { path },
      behavior: 'answer',
      body: JSON.stringify({ value: [], nextLink }),
      times: 1,
    });
    await emulator.addFault({ match: { path }, behavior: 'hang', times: 1 });
    const abort = new AbortController();
    const listing = azure.keyVaults.listKeys(vault, abort.signal);
    await until(async () => (await emulator.faults()).every(({ times }) => times === 0));
    abort.abort();
    await assert.rejects(listing, { name: 'AbortError' });
  });
});

describe('an error response', () => {
  beforeEach(() => resetEmulator());

  it('is quoted up to a length', async () => {
    const error = { code: 'C'.repeat(100_000), message: 'm'.repeat(900_000) };
    await emulator.addFault({ match: anywhere, behavior: 'answer', status: 400, body: JSON.stringify({ error }) });
    const failure = await failureOf(listSubscriptions(connectToEmulator()));
    assert.ok(failure.message.length <= 4000 && failure.code.length <= 200);
  });

  it('is quoted without delay, whatever it contains', async () => {
    const headers = { 'content-type': 'text/html' };
    await emulator.addFault({ match: anywhere, behavior: 'answer', status: 400, body: '<'.repeat(300_000), headers });
    const azure = connectToEmulator();
    const began = performance.now();
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'UnexpectedAnswer');
    assert.ok(performance.now() - began < 1000);
  });
});
