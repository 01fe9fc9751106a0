import assert from 'node:assert/strict';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { HttpAnswer } from './armClient';
import { findServer, findVault, keyBody, keyName, keyUri, serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

const assignmentName = 'aaaaaaaa-0000-4000-8000-000000000001';
const day = 86_400_000;

describe('Permissions for keys', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const server = (name: string) => serverId(azure.running.emulator.state, name);
  const vault = (name: string) => vaultId(azure.running.emulator.state, name);
  const identityOf = (name: string): { principalId: string; tenantId: string } => {
    const { principalId, tenantId } = findServer(azure.running.emulator.state, name);
    assert.ok(principalId);
    return { principalId, tenantId };
  };
  const authorization = (scope: string, what: string) => `${scope}/providers/Microsoft.Authorization/${what}`;
  const filtered = (filter: string) => `?$filter=${encodeURIComponent(filter)}&api-version=2022-04-01`;
  const names = ({ body }: HttpAnswer) => body.value?.map((item) => item.name);

  /** The status or the error of an operation that creates a server key. */
  async function outcome(serverName: string, vaultName: string, key: string): Promise<string | undefined> {
    const uri = keyUri(azure.running.emulator.state, vaultName, key);
    const accepted = await azure.arm.call('PUT', `${server(serverName)}/keys/${keyName(uri)}`, { body: keyBody(uri) });
    const { body } = await azure.arm.finish(accepted);
    return body.error?.code ?? body.status;
  }

  async function assignRole(scope: string, principalId: string): Promise<void> {
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${roles.cryptoServiceEncryptionUser}`;
    const { status } = await azure.arm.call('PUT', authorization(scope, `roleAssignments/${assignmentName}`), {
      body: { properties: { principalId, roleDefinitionId, principalType: 'ServicePrincipal' } },
    });
    assert.equal(status, 201);
  }

  const policyFor = (name: string, keys: string[]) => {
    const { principalId: objectId, tenantId } = identityOf(name);
    return { tenantId, objectId, permissions: { keys } };
  };
  const all = ['get', 'wrapKey', 'unwrapKey'];
  const addPolicy = (keys: string[]) =>
    azure.arm.call('PUT', `${vault('kv-billing')}/accessPolicies/add`, {
      body: { properties: { accessPolicies: [policyFor('sql-orders-neu', keys)] } },
    });

  it('from a new role assignment appear immediately and take effect with a delay', async () => {
    azure.running.emulator.options.rolePropagationMs = day;
    const { principalId } = identityOf('sql-billing-weu');
    await assignRole(vault('kv-noaccess'), principalId);
    const listed = await azure.arm.get(
      authorization(vault('kv-noaccess'), `roleAssignments${filtered(`principalId eq '${principalId}'`)}`),
    );
    assert.deepEqual(names(listed), [assignmentName]);
    assert.equal(JSON.stringify(listed.body).includes('since'), false, 'the wire format has no times');
    assert.equal(await outcome('sql-billing-weu', 'kv-noaccess', 'tde-noaccess'), 'AzureKeyVaultMissingPermissions');
    azure.running.emulator.options.rolePropagationMs = 0;
    assert.equal(await outcome('sql-billing-weu', 'kv-noaccess', 'tde-noaccess'), 'Succeeded');
  });

  it('from the seed have no delay', async () => {
    azure.running.emulator.options.rolePropagationMs = day;
    assert.equal(await outcome('sql-billing-weu', 'kv-billing', 'tde-billing'), 'Succeeded');
    assert.equal(await outcome('sql-billing-weu', 'kv-orders', 'tde-orders'), 'Succeeded');
  });

  it('from a new access policy appear immediately and take effect with a delay', async () => {
    azure.running.emulator.options.rolePropagationMs = day;
    const added = await addPolicy(all);
    assert.equal(JSON.stringify(added.body).includes('since'), false, 'the wire format has no times');
    const shown = await azure.arm.get(vault('kv-billing'));
    assert.deepEqual(
      (shown.body.properties?.accessPolicies as object[] | undefined)?.at(-1),
      policyFor('sql-orders-neu', all),
    );
    assert.equal(await outcome('sql-orders-neu', 'kv-billing', 'tde-billing'), 'AzureKeyVaultMissingPermissions');
    azure.running.emulator.options.rolePropagationMs = 0;
    assert.equal(await outcome('sql-orders-neu', 'kv-billing', 'tde-billing'), 'Succeeded');
  });

  it('of an access policy are kept when others are added', async () => {
    const { principalId } = identityOf('sql-billing-weu');
    const known = findVault(azure.running.emulator.state, 'kv-billing').accessPolicies.find(
      (p) => p.objectId === principalId,
    );
    assert.ok(known);
    azure.running.emulator.options.rolePropagationMs = day;
    const body = { properties: { accessPolicies: [policyFor('sql-billing-weu', ['Get', 'list'])] } };
    await azure.arm.call('PUT', `${vault('kv-billing')}/accessPolicies/add`, { body });
    assert.deepEqual(known.permissions.keys, [...all, 'list']);
    assert.equal(await outcome('sql-billing-weu', 'kv-billing', 'tde-billing'), 'Succeeded');
  });

  it('that are added one after another each have their own delay', async () => {
    await addPolicy(['get', 'wrapKey']);
    azure.running.emulator.options.rolePropagationMs = day;
    await addPolicy(all);
    assert.equal(await outcome('sql-orders-neu', 'kv-billing', 'tde-billing'), 'AzureKeyVaultMissingPermissions');
  });

  it('in replaced access policies have a delay only if they are new', async () => {
    azure.running.emulator.options.rolePropagationMs = day;
    const accessPolicies = [policyFor('sql-billing-weu', all), policyFor('sql-orders-neu', all)];
    const { status } = await azure.arm.call('PATCH', vault('kv-billing'), { body: { properties: { accessPolicies } } });
    assert.equal(status, 200);
    assert.equal(await outcome('sql-billing-weu', 'kv-billing', 'tde-billing'), 'Succeeded');
    assert.equal(await outcome('sql-orders-neu', 'kv-billing', 'tde-billing'), 'AzureKeyVaultMissingPermissions');
  });

  it('limited to an application do not apply to the identity alone', async () => {
    const policy = { ...policyFor('sql-orders-neu', all), applicationId: assignmentName };
    const body = { properties: { accessPolicies: [policy] } };
    await azure.arm.call('PUT', `${vault('kv-billing')}/accessPolicies/add`, { body });
    assert.equal(await outcome('sql-orders-neu', 'kv-billing', 'tde-billing'), 'AzureKeyVaultMissingPermissions');
  });

  it('of the caller for ARM take effect immediately', async () => {
    azure.running.emulator.options.rolePropagationMs = day;
    const { caller, roleDefinitions } = azure.running.emulator.state;
    const owner = roleDefinitions.find((r) => r.roleName === 'Owner')?.id ?? '';
    const path = `${server('sql-payroll-weu')}/keys`;
    assert.equal((await azure.arm.get(path)).status, 403);
    azure.running.emulator.state.roleAssignments.push({
      name: assignmentName,
      scope: server('sql-payroll-weu'),
      principalId: caller,
      roleId: owner,
      since: Date.now(),
    });
    assert.equal((await azure.arm.get(path)).status, 200);
  });

  it('of an identity are listed at a key, including inherited ones', async () => {
    const { principalId } = identityOf('sql-billing-weu');
    const key = `${vault('kv-orders')}/keys/tde-orders`;
    await assignRole(key, principalId);
    const scopesAt = async (scope: string, filter: string) => {
      const { status, body } = await azure.arm.get(authorization(scope, `roleAssignments${filtered(filter)}`));
      assert.equal(status, 200);
      return body.value?.map((a) => a.properties.scope);
    };
    const own = `assignedTo('${principalId}')`;
    assert.deepEqual(await scopesAt(key, own), [vault('kv-orders'), key]);
    assert.deepEqual(await scopesAt(key, `atScope() and ${own}`), [vault('kv-orders'), key]);
    assert.deepEqual(
      await scopesAt(vault('kv-orders'), own),
      [vault('kv-orders'), key],
      'includes assignments below the scope',
    );
    assert.deepEqual(await scopesAt(vault('kv-orders'), `atScope() and ${own}`), [vault('kv-orders')]);
  });

  for (const [what, version] of [
    ['permissions', '2022-04-01'],
    ['roleDefinitions', '2022-04-01'],
    ['roleAssignments', '2022-04-01'],
    ['locks', '2020-05-01'],
    ['locks', '2016-09-01'],
  ] as const) {
    it(`are listed at a server and at a vault: ${what} (${version})`, async () => {
      for (const scope of [server('sql-billing-weu'), vault('kv-billing')]) {
        const answer = await azure.arm.get(authorization(scope, `${what}?api-version=${version}`));
        assert.equal(answer.status, 200, answer.text);
        assert.ok(Array.isArray(answer.body.value));
      }
    });
  }
});

describe('Locks', () => {
  const azure = freshEmulator({ operationMs: 5 });
  const server = (name: string) => serverId(azure.running.emulator.state, name);
  const lock = (scope: string, name = 'keep') => `${scope}/providers/Microsoft.Authorization/locks/${name}`;
  const put = (scope: string, properties: object) => azure.arm.call('PUT', lock(scope), { body: { properties } });
  const createKey = () => {
    const uri = keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing');
    return azure.arm.call('PUT', `${server('sql-billing-weu')}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  };

  it('prevent the creation of server keys until the lock is deleted', async () => {
    const id = server('sql-billing-weu');
    const made = await put(id, { level: 'ReadOnly', notes: 'Not now.' });
    assert.deepEqual([made.status, made.body.id, made.body.type], [201, lock(id), 'Microsoft.Authorization/locks']);
    assert.deepEqual((await azure.arm.get(lock(id))).body.properties, { level: 'ReadOnly', notes: 'Not now.' });
    assert.equal((await createKey()).body.error?.code, 'ScopeLocked');
    assert.equal((await azure.arm.call('DELETE', lock(id))).status, 200);
    assert.equal((await azure.arm.call('DELETE', lock(id))).status, 204);
    assert.equal((await azure.arm.get(lock(id))).status, 404);
    assert.equal((await createKey()).status, 202);
  });

  it('of the level ReadOnly prevent POST requests too', async () => {
    const revalidate = (name: string) =>
      azure.arm.call('POST', `${server(name)}/encryptionProtector/current/revalidate`);
    const refused = await revalidate('sql-legacy-neu');
    assert.deepEqual([refused.status, refused.body.error?.code], [409, 'ScopeLocked']);
    const scope = `${server('sql-legacy-neu')}/encryptionProtector/current`;
    assert.ok(refused.body.error?.message.startsWith(`The scope '${scope}' cannot perform write operation`));
    await put(server('sql-billing-weu'), { level: 'CanNotDelete' });
    assert.equal((await revalidate('sql-billing-weu')).status, 202);
  });

  it('can be changed by a second PUT', async () => {
    const id = server('sql-billing-weu');
    await put(id, { level: 'ReadOnly' });
    const changed = await put(id, { level: 'canNotDelete' });
    assert.deepEqual([changed.status, changed.body.properties?.level], [200, 'CanNotDelete']);
    assert.equal((await createKey()).status, 202);
  });

  it('have the level ReadOnly or CanNotDelete', async () => {
    const answer = await put(server('sql-billing-weu'), { level: 'Loose' });
    assert.deepEqual([answer.status, answer.body.error?.code], [400, 'InvalidRequestContent']);
    assert.equal((await createKey()).status, 202);
  });

  it('require the write action', async () => {
    const answer = await put(server('sql-payroll-weu'), { level: 'ReadOnly' });
    assert.match(answer.body.error?.message ?? '', /action 'Microsoft\.Authorization\/locks\/write'/);
  });

  it('below a scope are not listed with atScope()', async () => {
    const group = server('sql-legacy-neu').split('/').slice(0, 5).join('/');
    const listed = async (scope: string, query = '') =>
      (await azure.arm.get(`${scope}/providers/Microsoft.Authorization/locks?api-version=2020-05-01${query}`)).body
        .value?.length;
    assert.equal(await listed(group), 1);
    assert.equal(await listed(group, '&$filter=atScope()'), 0);
    assert.equal(await listed(server('sql-legacy-neu'), '&$filter=atScope()'), 1);
  });
});
