import assert from 'node:assert/strict';
import { freshEmulator } from './freshEmulator';
import { serverId } from './demoIds';
import { refusal } from './serverClient';

describe('Deny assignments and policy assignments', () => {
  const azure = freshEmulator();
  const group = () => serverId(azure.running.emulator.state, 'sql-billing-weu').split('/providers/')[0] ?? '';
  const name = 'aaaaaaaa-0000-4000-8000-000000000001';

  it('of a resource group refuse the deletion of a key, and are listed and read', async () => {
    const denial = { name, displayName: 'Managed by deployment stack', excluded: [] };
    azure.running.emulator.state.denyAssignments.push({
      ...denial,
      scope: group(),
      actions: ['*/delete'],
      notActions: [],
    });
    const key = `${serverId(azure.running.emulator.state, 'sql-billing-weu')}/keys/none`;
    assert.deepEqual(refusal(await azure.arm.call('DELETE', key)), [403, 'DenyAssignmentAuthorizationFailed']);
    const path = `${group()}/providers/Microsoft.Authorization/denyAssignments`;
    assert.deepEqual(
      (await azure.arm.get(path)).body.value?.map((one) => one.name),
      [name],
    );
    const { body } = await azure.arm.get(`${path}/${name}`);
    assert.equal(body.properties?.denyAssignmentName, denial.displayName);
    assert.equal((await azure.arm.get(`${path}/none`)).status, 404);
  });

  it('of a policy are listed and read at the resources to which they apply', async () => {
    const definition = { name: 'no-keys', displayName: 'No server keys', reason: 'Keys are not allowed.' };
    azure.running.emulator.state.policyAssignments.push({
      name: 'deny-keys',
      displayName: 'Deny server keys',
      scope: group(),
      definition,
      deniedTypes: ['Microsoft.Sql/servers/keys'],
    });
    const path = `${group()}/providers/Microsoft.Authorization/policyAssignments`;
    const version = '?api-version=2021-06-01';
    const [listed] = (await azure.arm.get(path + version)).body.value ?? [];
    assert.deepEqual([listed?.name, listed?.properties.displayName], ['deny-keys', 'Deny server keys']);
    assert.match(String(listed?.properties.policyDefinitionId), /\/policyDefinitions\/no-keys$/);
    assert.equal((await azure.arm.get(`${path}/deny-keys${version}`)).body.id, listed?.id);
    assert.equal((await azure.arm.get(`${path}/none${version}`)).body.error?.code, 'PolicyAssignmentNotFound');
  });

  it('of the built-in policy for types that are not allowed are created and deleted', async () => {
    const id = `${group()}/providers/Microsoft.Authorization/policyAssignments/no-keys?api-version=2021-06-01`;
    const key = `${serverId(azure.running.emulator.state, 'sql-billing-weu')}/keys/none`;
    const definition = '/providers/Microsoft.Authorization/policyDefinitions/6c112d4e-5bc7-47ae-a041-ea2d9dccd749';
    const { body } = await azure.arm.get(`${definition}?api-version=2021-06-01`);
    const parameters = { listOfResourceTypesNotAllowed: { value: ['Microsoft.Sql/servers/keys'] } };
    const properties = { displayName: 'No keys', policyDefinitionId: body.id, parameters };
    assert.equal((await azure.arm.call('PUT', id, { body: { properties } })).status, 201);
    assert.deepEqual((await azure.arm.get(id)).body.properties?.parameters, parameters);
    assert.deepEqual(refusal(await azure.arm.call('PUT', key, { body: {} })), [403, 'RequestDisallowedByPolicy']);
    assert.equal((await azure.arm.call('DELETE', id)).status, 200);
    assert.equal((await azure.arm.call('DELETE', id)).status, 204);
    assert.notEqual((await azure.arm.call('PUT', key, { body: {} })).status, 403);
    const unknown = { properties: { policyDefinitionId: '/providers/Microsoft.Authorization/policyDefinitions/none' } };
    assert.deepEqual(refusal(await azure.arm.call('PUT', id, { body: unknown })), [404, 'PolicyDefinitionNotFound']);
  });
});
