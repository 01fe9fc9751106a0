import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { managedIdentityToken, send, type HttpAnswer } from './armClient';
import { findVault } from './demoIds';
import { freshEmulator } from './freshEmulator';

const key = 'tde-orders';

describe('the backup of a key', () => {
  const azure = freshEmulator();
  let token = '';

  before(async () => {
    token = await managedIdentityToken(azure.running.info, 'https://vault.azure.net');
  });

  const vaultNamed = (name: string) => findVault(azure.running.emulator.state, name);
  /** Grants the caller all permissions in these vaults through access policies. */
  const open = (...names: readonly string[]): void => {
    const { caller } = azure.running.emulator.state;
    for (const name of names) {
      const vault = vaultNamed(name);
      vault.rbac = false;
      vault.accessPolicies = [
        { tenantId: vault.tenantId, objectId: caller, permissions: { keys: ['all'], secrets: [], certificates: [] } },
      ];
    }
  };
  const post = (vault: string, path: string, body: object = {}, bearer = token): Promise<HttpAnswer> =>
    send('POST', `${azure.running.info.arm}${path}?api-version=7.4`, {
      ca: readFileSync(azure.running.info.ca),
      headers: { host: `${vault}.vault.azure.net`, authorization: `Bearer ${bearer}` },
      body,
    });
  const backUp = async (vault: string): Promise<unknown> => (await post(vault, `/keys/${key}/backup`)).body.value;
  const codeOf = async (answer: Promise<HttpAnswer>) => {
    const { status, body } = await answer;
    return [status, body.error?.code];
  };

  it('is restored to another vault with all versions and their thumbprints', async () => {
    open('kv-orders', 'kv-billing');
    const restored = await post('kv-billing', '/keys/restore', { value: await backUp('kv-orders') });
    assert.equal(restored.status, 200, restored.text);
    const material = (vault: string) =>
      vaultNamed(vault)
        .keys.find(({ name }) => name === key)
        ?.versions.map(({ version, thumbprint }) => [version, thumbprint]);
    assert.deepEqual(material('kv-billing'), material('kv-orders'));
  });

  it('is not restored over a key with its name', async () => {
    open('kv-orders');
    assert.deepEqual(await codeOf(post('kv-orders', '/keys/restore', { value: await backUp('kv-orders') })), [
      409,
      'Conflict',
    ]);
  });

  it('is not restored in another geography or subscription, nor if it was changed', async () => {
    open('kv-orders', 'kv-billing');
    const value = await backUp('kv-orders');
    const changed = { value: `${String(value)}x` };
    assert.deepEqual(await codeOf(post('kv-billing', '/keys/restore', changed)), [400, 'BadParameter']);
    vaultNamed('kv-billing').location = 'eastus';
    assert.deepEqual(await codeOf(post('kv-billing', '/keys/restore', { value })), [400, 'BadParameter']);
    const vault = vaultNamed('kv-billing');
    vault.location = 'westeurope';
    vault.id = vault.id.replace(/\/subscriptions\/[^/]+/, '/subscriptions/00000000-0000-0000-0000-000000000000');
    assert.deepEqual(await codeOf(post('kv-billing', '/keys/restore', { value })), [400, 'BadParameter']);
  });

  it('needs a token for vaults, a permission, and the key', async () => {
    open('kv-orders');
    const forArm = await managedIdentityToken(azure.running.info);
    assert.deepEqual(await codeOf(post('kv-orders', `/keys/${key}/backup`, {}, forArm)), [401, 'Unauthorized']);
    assert.deepEqual(await codeOf(post('kv-orders', '/keys/none/backup')), [404, 'KeyNotFound']);
    vaultNamed('kv-orders').accessPolicies = [];
    assert.deepEqual(await codeOf(post('kv-orders', `/keys/${key}/backup`)), [403, 'Forbidden']);
    vaultNamed('kv-orders').rbac = true;
    assert.deepEqual(await codeOf(post('kv-orders', `/keys/${key}/backup`)), [403, 'Forbidden']);
  });
});

describe('the regions of a subscription', () => {
  const azure = freshEmulator();

  it('have a geography', async () => {
    const { roleAssignments, caller } = azure.running.emulator.state;
    const own = roleAssignments.find(
      ({ principalId, scope }) => principalId === caller && /^\/subscriptions\/[^/]+$/.test(scope),
    );
    const { body } = await azure.arm.get(`${own?.scope ?? ''}/locations`);
    const west = body.value?.find(({ name }) => name === 'westeurope');
    assert.equal((west?.metadata as { geography?: string } | undefined)?.geography, 'Europe');
  });
});
