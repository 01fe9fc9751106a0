import assert from 'node:assert/strict';
import { keyBody, keyName, keyUri, serverId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';

describe('Resource providers', () => {
  const azure = freshEmulator({ operationMs: 5 });
  const arm = () => azure.arm;
  const development = () => {
    const { subscriptions } = azure.running.emulator.state;
    return subscriptions.find((s) => s.displayName === 'Contoso Development') ?? assert.fail();
  };
  const provider = (namespace: string) => `/subscriptions/${development().subscriptionId}/providers/${namespace}`;
  const version = 'api-version=2021-04-01';
  const readProvider = (namespace: string) => arm().get(`${provider(namespace)}?${version}`);
  const createKey = () => {
    const { state } = azure.running.emulator;
    const uri = keyUri(state, 'kv-billing', 'tde-billing');
    return arm().call('PUT', `${serverId(state, 'sql-dev-weu')}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  };

  it('list their resource types with regions and api-versions', async () => {
    const { body } = await readProvider('Microsoft.KeyVault');
    const types = body.resourceTypes as { resourceType: string; apiVersions: string[]; locations: string[] }[];
    assert.deepEqual([body.namespace, body.registrationState], ['Microsoft.KeyVault', 'Registered']);
    assert.ok(types.some(({ resourceType }) => resourceType === 'vaults/keys'));
    assert.ok(types.every(({ apiVersions }) => apiVersions.includes('2023-07-01')));
    assert.ok(types[0]?.locations.includes('West Europe'));
  });

  it('are listed for a subscription', async () => {
    const { body } = await arm().get(provider('').slice(0, -1));
    const namespaces = (body.value ?? []).map(({ namespace }) => namespace);
    for (const name of ['Microsoft.Sql', 'Microsoft.KeyVault', 'Microsoft.ManagedIdentity']) {
      assert.ok(namespaces.includes(name), name);
    }
  });

  it('have to be registered before something is created or changed, and can be registered', async () => {
    development().unregistered = ['Microsoft.Sql'];
    assert.equal((await readProvider('Microsoft.Sql')).body.registrationState, 'NotRegistered');
    const refused = await createKey();
    assert.deepEqual(refusal(refused), [409, 'MissingSubscriptionRegistration']);
    assert.match(refused.body.error?.message ?? '', /not registered to use namespace 'Microsoft\.Sql'/);
    assert.equal((await arm().call('POST', `${provider('Microsoft.Sql')}/register?${version}`)).status, 200);
    assert.equal((await readProvider('Microsoft.Sql')).body.registrationState, 'Registered');
    assert.equal((await createKey()).status, 202);
  });

  it('are registered only by an account with the permission', async () => {
    const production = serverId(azure.running.emulator.state, 'sql-billing-weu').split('/').slice(0, 3).join('/');
    const { status, body } = await arm().call('POST', `${production}/providers/Microsoft.Sql/register?${version}`);
    assert.equal(status, 403);
    assert.match(body.error?.message ?? '', /action 'Microsoft\.Sql\/register\/action'/);
  });
});

describe('The list of resources', () => {
  const azure = freshEmulator();
  const group = () => serverId(azure.running.emulator.state, 'sql-billing-weu').split('/').slice(0, 5).join('/');
  const subscription = () => group().split('/').slice(0, 3).join('/');
  const names = async (path: string, filter = '') => {
    const query = filter === '' ? '' : `&$filter=${encodeURIComponent(filter)}`;
    const { status, body } = await azure.arm.get(`${path}/resources?api-version=2021-04-01${query}`);
    assert.equal(status, 200);
    return body.value?.map(({ name }) => name);
  };

  it('of a resource group has servers and databases without their properties', async () => {
    const { body } = await azure.arm.get(`${group()}/resources?api-version=2021-04-01`);
    const server = body.value?.find(({ name }) => name === 'sql-billing-weu');
    assert.deepEqual([server?.type, server?.location], ['Microsoft.Sql/servers', 'westeurope']);
    assert.equal(server?.properties, undefined);
    assert.ok(body.value?.some(({ name }) => name === 'sql-billing-weu/billing'));
  });

  it('of a subscription has what the caller may read', async () => {
    const visible = await names(subscription());
    assert.ok(
      visible?.includes('sql-orders-weu') && visible.includes('kv-orders') && visible.includes('id-sql-inventory'),
    );
    const { state } = azure.running.emulator;
    state.roleAssignments = state.roleAssignments.filter(({ scope }) => !scope.endsWith('/rg-orders'));
    assert.equal((await names(subscription()))?.includes('sql-orders-weu'), false);
  });

  it('can be filtered by type, name, and resource group', async () => {
    const hsm = "resourceType eq 'Microsoft.KeyVault/managedHSMs'";
    assert.deepEqual(await names(subscription(), hsm), ['hsm-contoso']);
    assert.deepEqual(await names(subscription(), "name eq 'KV-orders'"), ['kv-orders']);
    assert.deepEqual(
      await names(subscription(), "resourceGroup eq 'rg-hr' and resourceType eq 'Microsoft.Sql/servers'"),
      ['sql-hr-weu'],
    );
    const wrong = await azure.arm.get(
      `${subscription()}/resources?api-version=2021-04-01&$filter=colour eq 'red'`.replaceAll(' ', '%20'),
    );
    assert.deepEqual(refusal(wrong), [400, 'InvalidFilterInQueryString']);
  });
});
