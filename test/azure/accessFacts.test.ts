import assert from 'node:assert/strict';
import type { RoleAssignment } from '../emulator/base/state';
import { caller, inProduction } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import {
  changeState,
  connectToEmulator,
  emulator,
  findServer,
  findVault,
  principalOf,
  resetEmulator,
} from './connection';

describe('reading permissions and locks for the checks', () => {
  beforeEach(() => resetEmulator());

  const grants = [
    {
      roleId: roles.cryptoServiceEncryptionUser,
      roleName: 'Key Vault Crypto Service Encryption User',
      isConditional: false,
      dataActions: ['read', 'wrap/action', 'unwrap/action'].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`),
      notDataActions: [],
    },
  ];

  it('lists the roles of an identity at a key, including inherited ones', async () => {
    await emulator.options({ pageSize: 1 });
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const { id: scope } = await findVault(azure, 'kv-orders');
    const isGranted = (one: RoleAssignment) => one.principalId === principalId && one.scope === scope;
    const { name: assignment = '' } = (await emulator.state()).roleAssignments.find(isGranted) ?? {};
    const listed = () => azure.access.listRoles(principalId, `${scope}/keys/tde-orders`);
    assert.deepEqual(
      await listed(),
      grants.map((grant) => ({ ...grant, scope, assignment })),
    );
    await changeState(({ roleAssignments }) => {
      roleAssignments.filter(isGranted).forEach((one) => (one.condition = "@Resource[x] StringEquals 'y'"));
    });
    assert.deepEqual(
      (await listed()).map(({ isConditional }) => isConditional),
      [true],
    );
    const { id: noAccess } = await findVault(azure, 'kv-noaccess');
    assert.deepEqual(await azure.access.listRoles(principalId, `${noAccess}/keys/tde-noaccess`), []);
  });

  it('lists the roles of all pages, and reads the definition of each built-in role once', async () => {
    await emulator.options({ pageSize: 1 });
    const azure = connectToEmulator();
    const { cryptoServiceEncryptionUser: user, owner } = roles;
    const { id: vaultId } = await findVault(azure, 'kv-noaccess');
    const key = `${vaultId}/keys/tde-noaccess`;
    await azure.access.grantRole(caller.objectId, user, vaultId);
    await azure.access.grantRole(caller.objectId, user, key);
    await emulator.clearRequests();
    for (let times = 0; times < 2; times += 1) {
      const listed = await azure.access.listRoles(caller.objectId, key);
      assert.deepEqual(listed.map(({ roleId, scope }) => [roleId, scope]).sort(), [
        [owner, inProduction('rg-keys')],
        [user, vaultId],
        [user, key],
      ]);
    }
    const definitions = (await emulator.requests()).filter(({ path }) => path.includes('/roleDefinitions/'));
    assert.equal(definitions.length, 2);
  });

  it('ignores a role that is assigned below the scope', async () => {
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const { id: scope } = await findVault(azure, 'kv-noaccess');
    await azure.access.grantRole(principalId, roles.cryptoServiceEncryptionUser, `${scope}/keys/tde-noaccess`);
    assert.deepEqual(await azure.access.listRoles(principalId, scope), []);
  });

  it('reads the permissions of the account at a server', async () => {
    const azure = connectToEmulator();
    const { id: billing } = await findServer(azure, 'sql-billing-weu');
    assert.deepEqual(await azure.access.listPermissions(billing), [{ actions: ['*'], notActions: [] }]);
    const { id: payroll } = await findServer(azure, 'sql-payroll-weu');
    const actions = (await azure.access.listPermissions(payroll)).flatMap((permission) => permission.actions);
    assert.ok(actions.includes('Microsoft.Sql/servers/read'));
    assert.ok(!actions.some((action) => action.includes('servers/keys') || action === '*'));
  });

  it('lists the locks of a server and of its parents, but not those below it', async () => {
    const azure = connectToEmulator();
    const { id } = await findServer(azure, 'sql-billing-weu');
    const lock = (name: string, scope: string, level: 'ReadOnly' | 'CanNotDelete') => ({
      name,
      scope,
      level,
      notes: '',
    });
    await changeState((state) => {
      state.locks = [
        lock('on-server', id, 'ReadOnly'),
        lock('on-database', `${id}/databases/billing`, 'ReadOnly'),
        lock('on-group', inProduction('rg-billing'), 'CanNotDelete'),
        lock('on-sibling', `${id}-2`, 'ReadOnly'),
        lock('on-other', inProduction('rg-orders'), 'ReadOnly'),
      ];
    });
    assert.deepEqual(
      (await azure.access.listLocks(id)).toSorted((a, b) => a.name.localeCompare(b.name)),
      [
        { name: 'on-group', scope: inProduction('rg-billing'), level: 'canNotDelete' },
        { name: 'on-server', scope: id, level: 'readOnly' },
      ],
    );
    assert.deepEqual(await azure.access.listLocks((await findServer(azure, 'sql-orders-neu')).id), [
      { name: 'on-other', scope: inProduction('rg-orders'), level: 'readOnly' },
    ]);
  });
});
