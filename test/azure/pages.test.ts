import assert from 'node:assert/strict';
import { emulator, freshConnection, listSubscriptions, principalOf, resetEmulator } from './connection';

/** The response gets a link or a token that leads to the first page again, once. */
const repeatOnce = (path: string, change: Record<string, string>) =>
  emulator.addFault({ match: { path }, behavior: 'change', when: 'afterEffect', times: 1, change });

describe('a list whose first page repeats once', () => {
  const connected = freshConnection('sql-billing-weu', 'kv-orders');
  const pages = '/(roleAssignments|keys|locks|subscriptions|versions)$';

  for (const nextLink of ['{url}&page=2', '{url}&%24top=1']) {
    it(`has each item once (${nextLink})`, async () => {
      const { azure, server, vault } = connected();
      for (const list of [
        () => azure.access.listRoles(principalOf(server), `${vault.id}/keys/tde-orders`),
        () => azure.serverKeys.list(server),
        () => azure.keyVaults.listKeys(vault),
        () => azure.keyVaults.listVersions(vault, 'tde-orders'),
        () => listSubscriptions(azure),
      ]) {
        await resetEmulator();
        const expected = await list();
        assert.ok(expected.length > 0);
        await repeatOnce(pages, { nextLink });
        assert.deepEqual(await list(), expected);
        assert.deepEqual(
          (await emulator.faults()).map(({ times }) => times),
          [0],
        );
      }
    });
  }

  it('has each permission once, which has no ID', async () => {
    const { azure, server } = connected();
    const expected = await azure.access.listPermissions(server.id);
    assert.ok(expected.length > 0);
    await repeatOnce('/permissions$', { nextLink: '{url}&page=2' });
    assert.deepEqual(await azure.access.listPermissions(server.id), expected);
  });

  it('has each server of Resource Graph once', async () => {
    const { azure, server } = connected();
    const expected = await azure.sqlServers.list([server.subscriptionId]);
    await repeatOnce('ResourceGraph', { $skipToken: Buffer.from('0').toString('base64url') });
    assert.deepEqual(await azure.sqlServers.list([server.subscriptionId]), expected);
    assert.deepEqual(
      (await emulator.faults()).map(({ times }) => times),
      [0],
    );
  });
});
