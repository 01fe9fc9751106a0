import assert from 'node:assert/strict';
import { roles } from '../emulator/seeds/roleDefinitions';
import { vaultId } from './demoIds';
import { refusal, serverClient } from './serverClient';

describe('The identities of a server', () => {
  const { azure, id, uriOf, putKey, succeeds } = serverClient();

  it('can be granted access to a key after they are assigned', async () => {
    const uri = uriOf('kv-orders', 'tde-orders');
    const patched = azure.arm.call('PATCH', id('sql-reports-weu'), { body: { identity: { type: 'SystemAssigned' } } });
    assert.equal((await patched).body.operation, 'UpsertLogicalServer');
    await succeeds(patched);
    const server = await azure.arm.get(id('sql-reports-weu'));
    const { principalId } = server.body.identity as { principalId: string };
    const before = await azure.arm.finish(await putKey('sql-reports-weu', uri));
    assert.equal(before.body.error?.code, 'AzureKeyVaultMissingPermissions');
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${roles.cryptoServiceEncryptionUser}`;
    const assignment = `${vaultId(azure.running.emulator.state, 'kv-orders')}/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000001`;
    await azure.arm.call('PUT', assignment, {
      body: { properties: { principalId, roleDefinitionId, principalType: 'ServicePrincipal' } },
    });
    await succeeds(putKey('sql-reports-weu', uri));
  });

  const identity = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';
  const identityRefusals: [code: string, status: number, body: () => object][] = [
    ['MissingIdentityId', 400, () => ({ identity: { type: 'UserAssigned' } })],
    [
      'MissingPrimaryIdentity',
      400,
      () => ({ identity: { type: 'UserAssigned', userAssignedIdentities: { [inventory()]: {} } } }),
    ],
    [
      'InvalidPrimaryIdentityId',
      400,
      () => ({
        identity: { type: 'UserAssigned', userAssignedIdentities: { [inventory()]: {} } },
        properties: { primaryUserAssignedIdentityId: identity },
      }),
    ],
    [
      'LinkedAuthorizationFailed',
      403,
      () => ({ identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } } }),
    ],
  ];
  const inventory = () => azure.running.emulator.state.userAssignedIdentities[0]?.id ?? '';
  for (const [code, status, body] of identityRefusals) {
    it(`are not assigned: ${code}`, async () => {
      assert.deepEqual(refusal(await azure.arm.call('PATCH', id('sql-reports-weu'), { body: body() })), [status, code]);
    });
  }

  it('are not assigned while another assignment is in progress', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    const patch = () =>
      azure.arm.call('PATCH', id('sql-reports-weu'), { body: { identity: { type: 'SystemAssigned' } } });
    await patch();
    assert.deepEqual(refusal(await patch()), [409, 'UpsertLogicalServerRequestAlreadyInProgress']);
  });
});
