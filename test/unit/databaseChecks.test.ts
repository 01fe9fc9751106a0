import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { checkDatabaseKey } from '../../src/core/checks/databaseChecks';
import { publicCloud } from '../../src/core/clouds';
import type { Finding } from '../../src/core/errors/finding';
import type { RoleGrant } from '../../src/core/accessModel';
import type { KeyedDatabase } from '../../src/core/model';
import { azureWith } from '../azureWith';
import { good, key, now, place, role, userAssigned, vault, vaultKey, withSettings } from './goodFacts';

const database: KeyedDatabase = {
  ...{ name: 'suppliers', status: 'Online', hasIdentity: true, identity: userAssigned },
  protector: { uri: vaultKey.uri, autoRotation: false },
  keys: [{ uri: vaultKey.uri }],
};
const isolated = new ArmError({ code: 'AuthorizationFailed', status: 403, message: 'No.' });

interface World {
  readonly database?: KeyedDatabase | ArmError;
  readonly roles?: readonly RoleGrant[] | ArmError;
  readonly version?: typeof vaultKey & { readonly expires?: Date };
  readonly settings?: NonNullable<typeof good.settings>['value'];
  readonly isHidden?: boolean;
  readonly isLocked?: boolean;
}

const answer = <T>(value: T | ArmError): Promise<T> =>
  value instanceof ArmError ? Promise.reject(value) : Promise.resolve(value);

/** The roles that were asked for. */
type Asked = [principalId: string, scope: string][];

function findingsIn(world: World, asked: Asked = []): Promise<readonly Finding[]> {
  const version = world.version ?? vaultKey;
  const azure = azureWith({
    databaseKeys: { get: () => answer(world.database ?? database) },
    keyVaults: {
      find: () => Promise.resolve(world.isHidden ? undefined : vault),
      getSettings: () => answer(world.settings ?? good.settings?.value ?? isolated),
      getKey: () => Promise.resolve(version),
    },
    access: {
      listRoles: (principalId, scope) => {
        asked.push([principalId, scope]);
        return answer(world.roles ?? [role]);
      },
      listLocks: (id) =>
        Promise.resolve(world.isLocked ? [{ name: 'keep', scope: id, level: 'readOnly' as const }] : []),
    },
  });
  const where = { cloud: publicCloud, now, subscriptionIds: ['s'] };
  const server = { ...place, tenantId: 't', identity: { userAssigned: [] } };
  return checkDatabaseKey(azure, { server, database: 'suppliers', key }, where);
}

const problemsIn = async (world: World): Promise<readonly string[]> =>
  (await findingsIn(world)).flatMap(({ outcome, text }) => (outcome === 'pass' ? [] : [`${outcome}: ${text}`]));

describe('the checks of a database with its own TDE protector', () => {
  it('pass if its own identity can use the key, even if its server has none', async () => {
    const asked: Asked = [];
    const findings = await findingsIn({}, asked);
    assert.deepEqual(
      findings.filter(({ outcome }) => outcome !== 'pass'),
      [],
    );
    assert.deepEqual(asked, [[userAssigned.userAssigned[0]?.principalId, `${vault.id}/keys/tde`]]);
    assert.ok(
      findings.some(({ text }) => text === '"suppliers" accesses the vault with the user-assigned identity "id-a"'),
    );
  });

  it('name what the identity lacks, and offer to grant it to that identity', async () => {
    const [finding, ...others] = (await findingsIn({ roles: [] })).filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual(others, []);
    assert.equal(finding?.text, '"id-a" lacks get, wrapKey, unwrapKey on the key "tde" of "kv-a"');
    const [fix] = finding.fixes ?? [];
    assert.ok(fix?.kind === 'grantRole');
    assert.deepEqual([fix.principalName, fix.scope], ['id-a', `${vault.id}/keys/tde`]);
  });

  it('find a database without an identity, with one that no longer exists, and one that a lock protects', async () => {
    assert.deepEqual(await problemsIn({ database: { ...database, identity: { userAssigned: [] } } }), [
      'fail: The database "suppliers" has no user-assigned identity',
    ]);
    const identity = { userAssigned: [{ id: '/x/id-a' }], primaryUserAssigned: '/x/id-a' };
    assert.deepEqual(await problemsIn({ database: { ...database, identity } }), [
      'fail: The identity of the database "suppliers", "id-a", no longer exists',
    ]);
    assert.deepEqual(await problemsIn({ isLocked: true }), ['fail: The lock "keep" prevents changes to "suppliers"']);
  });

  it('find a key that is disabled or expired, and a vault that blocks Azure SQL or lets keys be purged', async () => {
    assert.deepEqual(await problemsIn({ version: { ...vaultKey, enabled: false } }), [
      'fail: "tde" is not suitable: disabled',
    ]);
    const [expired] = await problemsIn({ version: { ...vaultKey, expires: new Date('2026-11-01') } });
    assert.match(expired ?? '', /^fail: "tde" is not suitable: expired/);
    const vaultWith = (changes: Parameters<typeof withSettings>[0]) =>
      problemsIn({ settings: withSettings(changes).settings.value });
    assert.deepEqual(await vaultWith({ firewall: 'on' }), ['fail: The firewall of "kv-a" blocks Azure SQL']);
    assert.deepEqual(await vaultWith({ purgeProtection: false }), ['warn: Purge protection of "kv-a" is off']);
  });

  it('let an identity use a vault of another tenant only as an application', async () => {
    const { value: settings } = withSettings({ tenantId: 'other' }).settings;
    assert.deepEqual(await problemsIn({ settings }), [
      'fail: "suppliers" has no federated client ID for a vault of another tenant',
    ]);
    assert.deepEqual(await problemsIn({ settings, database: { ...database, federatedClientId: 'app' } }), [
      'unknown: Could not be checked: permissions of an application on "kv-a"',
    ]);
  });

  it("say what they don't know", async () => {
    assert.deepEqual(await problemsIn({ database: isolated }), [
      'unknown: Could not be checked: identity of the database "suppliers"',
    ]);
    assert.deepEqual(await problemsIn({ roles: isolated }), [
      'unknown: Could not be checked: access of "id-a" to the key',
    ]);
    assert.deepEqual(await problemsIn({ isHidden: true }), [
      'warn: No vault at "kv-a.vault.azure.net" is visible to your account',
    ]);
  });
});
