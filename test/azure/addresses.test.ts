import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { emulator, emulatorCloud, failureOf, findKey, freshConnection, listSubscriptions } from './connection';

describe('a request', () => {
  const connected = freshConnection('sql-billing-weu', 'kv-billing');

  /** Fails before anything is sent. */
  async function refused(call: () => Promise<unknown>): Promise<void> {
    assert.equal((await failureOf(call())).code, 'InvalidAddress');
    assert.deepEqual(await emulator.requests(), []);
  }

  for (const name of ['..', '.', '', 'a/../..', 'a\\b']) {
    it(`is not sent for a server key with the name "${name}", which would be the path of another resource`, async () => {
      const { azure, server } = connected();
      await refused(() => azure.serverKeys.delete(server, { id: server.id, name, type: 'customerManaged' }));
      const { properties } = serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') });
      await emulator.clearRequests();
      await refused(() => azure.serverKeys.create(server, { name, properties }));
    });

    it(`is not sent for a server, resource group, vault or key with the name "${name}"`, async () => {
      const { azure, server, vault } = connected();
      await refused(() => azure.serverKeys.list({ ...server, name }));
      await refused(() => azure.sqlServers.assignIdentity({ ...server, resourceGroup: name }));
      await refused(() => azure.keyVaults.enablePurgeProtection({ ...vault, resourceGroup: name }));
      await refused(() => azure.keyVaults.getKey(vault, name));
    });
  }

  for (const suffix of ['/..', '/../other', '/', '//keys', '?x=1', '#x', '\\x', '/%2e%2e']) {
    it(`is not sent for the resource ID of a server with "${suffix}" at its end`, async () => {
      const { azure, server } = connected();
      await refused(() => azure.resources.read(`${server.id}${suffix}`));
    });
  }
});

describe('a link to the next page', () => {
  const connected = freshConnection('sql-billing-weu', 'kv-billing');
  const { resourceManager } = emulatorCloud();
  const { host, port } = new URL(resourceManager);

  for (const link of [
    `http://${host}/subscriptions`,
    `https://user@${host}/subscriptions`,
    `https://localhost:${Number(port) - 1}/subscriptions`,
    `https://${host}.evil.example/subscriptions`,
    'https://evil.example/subscriptions',
    '/subscriptions',
  ]) {
    it(`is not followed to another origin: ${link.replace(/localhost:\d+/, 'localhost:PORT')}`, async () => {
      const body = JSON.stringify({ value: [], nextLink: link });
      await emulator.addFault({ match: { path: '/subscriptions$' }, behavior: 'answer', body });
      assert.equal((await failureOf(listSubscriptions(connected().azure))).code, 'UnexpectedHost');
      assert.equal((await emulator.requests()).length, 1);
    });
  }

  it('is not followed to a path that leaves its resource', async () => {
    const body = JSON.stringify({ value: [], nextLink: `${resourceManager}/subscriptions/../tenants` });
    await emulator.addFault({ match: { path: '/subscriptions$' }, behavior: 'answer', body });
    assert.equal((await failureOf(listSubscriptions(connected().azure))).code, 'InvalidAddress');
  });
});
