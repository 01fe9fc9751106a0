import assert from 'node:assert/strict';
import { checkRights } from '../../src/core/checks/rightsCheck';
import { diagnose } from '../../src/core/errors/diagnose';
import type { RoleAssignment } from '../emulator/base/state';
import { guidOf } from '../emulator/base/ids';
import { caller, inProduction } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import {
  changeState,
  connectToEmulator,
  emulator,
  failureOf,
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
      actions: [],
      notActions: [],
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

  it("lists the roles of the account itself, by the token's object ID", async () => {
    const { id: scope } = await findVault(connectToEmulator(), 'kv-noaccess');
    const own = async (condition?: string) => {
      await changeState(({ roleAssignments }) => {
        const { owner } = roles;
        const added = { name: guidOf('own'), scope, principalId: caller.objectId, roleId: owner };
        roleAssignments.push({ ...added, ...(condition && { condition }) });
      });
      const listed = await connectToEmulator().access.listOwnRoles(`${scope}/keys/tde-noaccess`);
      return listed
        .filter(({ assignment }) => assignment === guidOf('own'))
        .map((one) => [one.roleName, one.scope, one.isConditional, one.actions]);
    };
    assert.deepEqual(await own(), [['Owner', scope, false, ['*']]]);
    await resetEmulator();
    assert.deepEqual(await own("@Request[x] StringEquals 'y'"), [['Owner', scope, true, ['*']]]);
  });

  it('foresees that a condition may refuse a role assignment, and explains the refusal', async () => {
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const scope = `${(await findVault(azure, 'kv-noaccess')).id}/keys/tde-noaccess`;
    assert.deepEqual(await checkRights(azure, 'grantRole', scope), []);
    await changeState(({ roleAssignments }) => {
      for (const one of roleAssignments.filter(({ principalId: id }) => id === caller.objectId)) {
        one.condition = `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles.reader}}`;
      }
    });
    const [found, ...others] = await checkRights(azure, 'grantRole', scope);
    assert.deepEqual(
      [found?.text, others],
      ['A condition limits which roles your account can assign on "tde-noaccess", and to whom', []],
    );
    assert.match(found?.detail ?? '', /Role "Owner" at \S+ \(role assignment \S+\)\.$/);
    const refused = await failureOf(azure.access.grantRole(principalId, roles.cryptoServiceEncryptionUser, scope));
    assert.deepEqual(
      [refused.code, diagnose(refused).title],
      ['AuthorizationFailed', "A condition doesn't allow the request"],
    );
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
