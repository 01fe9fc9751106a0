import assert from 'node:assert/strict';
import { databaseId } from '../../src/core/armId';
import { isArmError } from '../../src/core/armError';
import { checkDatabaseKey } from '../../src/core/checks/databaseChecks';
import { parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import { isSecondary, readDatabaseGroup } from '../../src/core/plan/databaseGroup';
import { isMade, type Change } from '../../src/core/operations/change';
import type { Database, KeyVersion, State, Vault } from '../emulator/base/state';
import { guidOf } from '../emulator/base/ids';
import { inventoryIdentity } from '../emulator/seeds/demoNames';
import { serverKey } from '../emulator/seeds/parts';
import { keyedReplica, keyedServer, replicateKeyed } from '../failoverPair';
import {
  changeState,
  connectToEmulator,
  emulator,
  emulatorCloud,
  findServer,
  found,
  resetEmulator,
  subscriptionIds,
} from './connection';

const [inventory, suppliers] = ['sql-inventory-weu', 'suppliers'] as const;

const failureOf = async (change: Promise<unknown>): Promise<string> =>
  change.then(
    () => 'no failure',
    (error: unknown) => (isArmError(error) ? error.code : String(error)),
  );

const pathsRead = async (): Promise<readonly string[]> =>
  (await emulator.requests()).map(
    ({ method, path }) => `${method} ${path.replace(/^.*(?=\/databases\/|\/locations\/)/, '')}`,
  );

describe('changing the TDE protector of a database', () => {
  beforeEach(() => resetEmulator());

  const connected = async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, inventory);
    const resource = databaseId(server, suppliers);
    const isThere = (change: Omit<Change, 'resource'>) => isMade(azure, { ...change, resource });
    return { azure, server, isThere };
  };

  it('makes another of its keys the TDE protector, with automatic rotation, and reads it back', async () => {
    let next = '';
    await changeState(({ servers, vaults }) => {
      const database = found(servers, inventory).databases.find(({ name }) => name === suppliers) ?? assert.fail();
      const key = serverKey(found(vaults, 'kv-billing'), 'tde-billing', 2, new Date());
      database.keys?.push(key);
      next = key.uri;
    });
    const { azure, server, isThere } = await connected();
    const change = { kind: 'setDatabaseProtector', keyIdentifier: next, autoRotation: true } as const;
    assert.equal(await isThere(change), false);
    await azure.databaseKeys.setProtector(server, suppliers, { uri: next, autoRotation: true });
    assert.deepEqual((await azure.databaseKeys.get(server, suppliers)).protector, { uri: next, autoRotation: true });
    assert.equal(await isThere(change), true);
  });

  it('gives a database without an identity one, and reads it back', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, inventory);
    const identityId = inventoryIdentity.id;
    const change = { kind: 'assignDatabaseIdentity', resource: databaseId(server, 'inventory'), identityId } as const;
    assert.equal(await isMade(azure, change), false);
    await azure.databaseKeys.assignIdentity(server, 'inventory', identityId);
    assert.equal(await isMade(azure, change), true);
    const { identity, protector } = await azure.databaseKeys.get(server, 'inventory');
    assert.deepEqual([identity.userAssigned.length, protector], [1, undefined]);
  });

  it('adds a key of a vault, reads it back, and keeps the TDE protector and the other keys', async () => {
    const { vaults } = await emulator.state();
    const { uri: next } = serverKey(found(vaults, 'kv-billing'), 'tde-billing', 2, new Date());
    const { azure, server, isThere } = await connected();
    const before = await azure.databaseKeys.get(server, suppliers);
    assert.equal(await isThere({ kind: 'addDatabaseKey', keyIdentifier: next }), false);
    await azure.databaseKeys.add(server, suppliers, next);
    const { keys, protector } = await azure.databaseKeys.get(server, suppliers);
    assert.deepEqual(
      keys.map(({ uri }) => uri),
      [...before.keys.map(({ uri }) => uri), next],
    );
    assert.deepEqual(protector, before.protector);
    assert.equal(await isThere({ kind: 'addDatabaseKey', keyIdentifier: next }), true);
  });

  it('makes a key that the database lacks its TDE protector with one request', async () => {
    const { vaults } = await emulator.state();
    const { uri: next } = serverKey(found(vaults, 'kv-billing'), 'tde-billing', 2, new Date());
    const { azure, server } = await connected();
    await azure.databaseKeys.setProtector(server, suppliers, { uri: next, autoRotation: false });
    const { keys, protector } = await azure.databaseKeys.get(server, suppliers);
    assert.equal(protector?.uri, next);
    assert.equal(keys.length, 2);
  });

  it('turns automatic rotation on and off, and follows the operation without a read that resumes the database', async () => {
    const { azure, server } = await connected();
    await emulator.clearRequests();
    for (const autoRotation of [true, false]) {
      const { uri } = (await azure.databaseKeys.get(server, suppliers)).protector ?? assert.fail();
      await azure.databaseKeys.setProtector(server, suppliers, { uri, autoRotation });
      const { protector } = await azure.databaseKeys.get(server, suppliers);
      // The emulator rotates at once.
      assert.equal(protector?.autoRotation, autoRotation);
    }
    const kinds = (await pathsRead()).map((path) => path.replace(/\/locations\/.*/, '/locations'));
    assert.deepEqual([...new Set(kinds)], ['GET /databases/suppliers', 'PATCH /databases/suppliers', 'GET /locations']);
  });

  it('revalidates the key, after which the database is online', async () => {
    await changeState(({ servers }) => {
      const database = found(servers, inventory).databases.find(({ name }) => name === suppliers) ?? assert.fail();
      Object.assign(database, { status: 'Inaccessible', inaccessibleSince: new Date().toISOString() });
    });
    const { azure, server, isThere } = await connected();
    assert.equal(await isThere({ kind: 'revalidateDatabase' }), false);
    await azure.databaseKeys.revalidate(server, suppliers);
    assert.equal((await azure.databaseKeys.get(server, suppliers)).status, 'Online');
    assert.equal(await isThere({ kind: 'revalidateDatabase' }), true);
  });

  it('says why a key that is still disabled is not revalidated', async () => {
    await changeState(({ vaults }) => {
      for (const { keys } of vaults) for (const { versions } of keys) versions.forEach((one) => (one.enabled = false));
    });
    const { azure, server } = await connected();
    assert.equal(await failureOf(azure.databaseKeys.revalidate(server, suppliers)), 'AzureKeyVaultKeyDisabled');
  });

  it('reverts to the TDE protector of the server, but only if that is service-managed', async () => {
    const { azure, server, isThere } = await connected();
    await azure.databaseKeys.revert(server, suppliers);
    const { protector, keys } = await azure.databaseKeys.get(server, suppliers);
    assert.deepEqual([protector, keys], [undefined, []]);
    assert.equal(await isThere({ kind: 'revertDatabase' }), true);
    assert.equal(
      await failureOf(azure.databaseKeys.revalidate(server, suppliers)),
      'DatabaseLevelEncryptionProtectorDoesNotExist',
    );
    await resetEmulator();
    await changeState(({ servers }) => {
      const archive = found(servers, 'sql-archive-neu');
      Object.assign(found(servers, inventory), { keys: archive.keys, protector: archive.protector });
    });
    assert.equal(
      await failureOf(azure.databaseKeys.revert(server, suppliers)),
      'RevertDatabaseLevelKeyOnlySupportedWithSMK',
    );
  });
});

describe('a replicated database with database-level keys', () => {
  beforeEach(() => resetEmulator());

  /** The group as the command reads it from a side, with the roles of the others. */
  async function groupFrom(server: string) {
    const azure = connectToEmulator();
    const from = { server: await findServer(azure, server), database: suppliers };
    const group = await readDatabaseGroup(azure, from, () => subscriptionIds(azure), AbortSignal.timeout(10_000));
    if ('problem' in group) return group.problem;
    return group.sides.map((side) => `${side.server.name}${isSecondary(side) ? ' secondary' : ''}`);
  }

  it('is found with its replicas from each side, and alone without one', async () => {
    assert.deepEqual(await groupFrom(keyedServer), [keyedServer]);
    await changeState(replicateKeyed);
    assert.deepEqual(await groupFrom(keyedServer), [keyedServer, `${keyedReplica} secondary`]);
    assert.deepEqual(await groupFrom(keyedReplica), [`${keyedReplica} secondary`, keyedServer]);
  });

  it('is found with all replicas, also from one of them and without IDs, but without a copy or a named replica', async () => {
    await changeState((state) => {
      replicateKeyed(state);
      replicateKeyed(state, 'sql-legacy-neu');
      replicateKeyed(state, 'sql-reports-weu');
      replicateKeyed(state, 'sql-payroll-weu');
      const [, , copy, named] = state.replicationLinks.slice(-4);
      Object.assign(copy ?? assert.fail(), { secondaryRole: 'Copy' });
      Object.assign(named ?? assert.fail(), { linkType: 'NAMED' });
      state.replicationLinks.forEach((link, i) => (link.name = guidOf(`link ${String(i)}`)));
    });
    const secondaries = [`${keyedReplica} secondary`, 'sql-legacy-neu secondary'];
    assert.deepEqual(await groupFrom(keyedServer), [keyedServer, ...secondaries]);
    assert.deepEqual((await groupFrom(keyedReplica)).length, 3);
  });

  it('is not changed if it is part of a chain', async () => {
    await changeState((state) => {
      replicateKeyed(state);
      replicateKeyed(state, 'sql-legacy-neu');
      const [first, second] = state.replicationLinks.slice(-2);
      Object.assign(second ?? assert.fail(), { primary: first?.secondary, name: guidOf('chain') });
    });
    assert.match(
      String(await groupFrom(keyedServer)),
      /is a replica and has a replica itself\..* Nothing was changed\.$/,
    );
  });

  it('is not changed if a replica is on a server that the account cannot see', async () => {
    await changeState(replicateKeyed);
    const properties = { partnerServer: 'sql-elsewhere', partnerDatabase: suppliers, partnerRole: 'Secondary' };
    const body = JSON.stringify({ value: [{ properties: { ...properties, linkType: 'GEO' } }] });
    await emulator.addFault({ match: { path: '/replicationLinks$' }, behavior: 'answer', body });
    assert.equal(
      await groupFrom(keyedServer),
      'The database "suppliers" on "sql-inventory-weu" replicates with a database on "sql-elsewhere", which isn\'t in a subscription that your account can see. Nothing was changed.',
    );
  });
});

/** What a state of Azure changes: the database, its vault, and the two versions of its key. */
interface Setting {
  readonly state: State;
  readonly database: Database;
  readonly vault: Vault;
  readonly versions: readonly KeyVersion[];
}

describe('the checks before a change of the TDE protector of a database', () => {
  beforeEach(() => resetEmulator());

  /** Sets up a state in which the database has a second key. @returns what the checks find, and what Azure then answers */
  async function checkAndSend(change: (setting: Setting) => unknown = () => undefined) {
    let next = '';
    await changeState((state) => {
      const database = found(found(state.servers, inventory).databases, suppliers);
      const vault = found(state.vaults, 'kv-billing');
      const { versions } = found(vault.keys, 'tde-billing');
      const key = serverKey(vault, 'tde-billing', 2, new Date());
      database.keys?.push(key);
      next = key.uri;
      change({ state, database, vault, versions });
    });
    const azure = connectToEmulator();
    const server = await findServer(azure, inventory);
    const where = { cloud: emulatorCloud(), now: new Date(), subscriptionIds: await subscriptionIds(azure) };
    const problemsWith = async (uri: string) => {
      const parsed = parseKeyIdentifier(uri, where.cloud);
      assert.ok(parsed.ok);
      const findings = await checkDatabaseKey(azure, { server, database: suppliers, key: parsed.key }, where);
      return findings.filter(({ outcome }) => outcome !== 'pass');
    };
    const { uri } = (await azure.databaseKeys.get(server, suppliers)).protector ?? assert.fail();
    return [
      {
        problems: await problemsWith(uri),
        code: await failureOf(azure.databaseKeys.revalidate(server, suppliers)),
      },
      {
        problems: await problemsWith(next),
        code: await failureOf(azure.databaseKeys.setProtector(server, suppliers, { uri: next, autoRotation: false })),
      },
    ];
  }

  it('find nothing if Azure makes the change', async () => {
    for (const { problems, code } of await checkAndSend()) assert.deepEqual([problems, code], [[], 'no failure']);
  });

  const states: readonly [
    name: string,
    code: string,
    text: RegExp,
    change: (setting: Setting) => unknown,
    outcome?: string,
  ][] = [
    [
      'an identity without a role on the key',
      'AzureKeyVaultMissingPermissions',
      /^"id-sql-inventory" lacks get, wrapKey, unwrapKey on the key "tde-billing" of "kv-billing"$/,
      ({ vault }) => (vault.rbac = true),
    ],
    [
      'an identity whose access policy lacks wrapKey',
      'AzureKeyVaultMissingPermissions',
      /^"id-sql-inventory" lacks wrapKey on the keys of "kv-billing"$/,
      ({ vault }) => {
        vault.accessPolicies.forEach(({ permissions }) => (permissions.keys = ['get', 'unwrapKey']));
      },
    ],
    [
      'a disabled key',
      'AzureKeyVaultKeyDisabled',
      /^"tde-billing" is not suitable: disabled$/,
      ({ versions }) => {
        versions.forEach((version) => (version.enabled = false));
      },
    ],
    [
      'an expired key',
      'AzureKeyVaultInvalidExpirationDate',
      /^"tde-billing" is not suitable: expired/,
      ({ versions }) => {
        versions.forEach((version) => (version.exp = 1));
      },
    ],
    [
      'a closed firewall',
      'AkvEndpointNotReachableFromNode',
      /^The firewall of "kv-billing" blocks Azure SQL$/,
      ({ vault }) => Object.assign(vault.network, { defaultAction: 'Deny', bypass: 'None' }),
    ],
    [
      'an identity that was deleted',
      'AzureKeyVaultNoServerIdentity',
      /^The identity of the database "suppliers", "id-sql-inventory", no longer exists$/,
      ({ state }) => (state.userAssignedIdentities = []),
    ],
    [
      'no identity',
      'AzureKeyVaultNoServerIdentity',
      /^The database "suppliers" has no user-assigned identity$/,
      ({ database }) => delete database.identityId,
    ],
    [
      'a read-only lock',
      'ScopeLocked',
      /^The lock "keep" prevents changes to "suppliers"$/,
      ({ state }) =>
        state.locks.push({
          scope: `${found(state.servers, inventory).id}/databases/${suppliers}`,
          name: 'keep',
          level: 'ReadOnly',
          notes: '',
        }),
    ],
    [
      'a vault without purge protection',
      'SecurityInvalidAzureKeyVaultRecoveryLevel',
      /^Purge protection of "kv-billing" is off$/,
      ({ vault }) => (vault.purgeProtection = false),
      'warn',
    ],
  ];
  for (const [name, code, text, change, outcome = 'fail'] of states) {
    it(`find ${name}, which Azure then reports`, async () => {
      for (const sent of await checkAndSend(change)) {
        const about = sent.problems.find(({ codes }) => codes.some((known) => known === sent.code));
        assert.deepEqual([sent.code, about?.outcome], [code, outcome]);
        assert.match(about?.text ?? '', text);
      }
    });
  }
});
