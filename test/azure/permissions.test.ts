import assert from 'node:assert/strict';
import { isArmError } from '../../src/core/armError';
import { parseArmId } from '../../src/core/armId';
import { encryptionUser } from '../../src/core/cli/commandTemplates';
import { diagnose } from '../../src/core/errors/diagnose';
import type { Finding } from '../../src/core/errors/finding';
import { isDatabaseKind } from '../../src/core/operations/change';
import { neededActions, type NeededAction } from '../../src/core/neededActions';
import type { SqlServer } from '../../src/core/model';
import type { KeyVault } from '../../src/core/vaultModel';
import type { ServerKey, State, Vault } from '../emulator/base/state';
import { guidOf } from '../emulator/base/ids';
import { inventoryIdentity } from '../emulator/seeds/demoNames';
import { serverKey } from '../emulator/seeds/parts';
import { keyedDatabase, keyedServer, moveReplica, primary, replica, replicateKeyed } from '../failoverPair';
import { connectToEmulator, emulator, findServer, findVault, found, resetEmulator } from './connection';
import { commandRequests, isNotShown } from './commandRequests';
import { keyIdentifierOf } from './predictions';
import { assertNames, changeableState, findResources, restrictAccount, type Resources } from './restrictedAccount';

type Command = keyof typeof neededActions;

const commands = Object.keys(neededActions) as Command[];
/** The vaults of the fixes that kv-orders doesn't need, and of the database-level keys. */
const vaultNames: Partial<Record<Command, string>> = {
  addAccessPolicy: 'kv-billing',
  enablePurgeProtection: 'kv-nopurge',
  allowTrustedServices: 'kv-firewalled',
  addDatabaseKey: 'kv-billing',
  setDatabaseProtector: 'kv-billing',
  revalidateDatabase: 'kv-billing',
};
const key = ['kv-orders', 'tde-orders-next'] as const;
/** The commands for a server and a replica in another resource group. */
const commandsForPairs: readonly Command[] = ['planRotation', 'runPlan'];
/** The changes of a database that also change its replicas. */
const replicatedChanges: readonly Command[] = ['addDatabaseKey', 'setDatabaseProtector'];
const protectorRead = 'Microsoft.Sql/servers/encryptionProtector/read';

/** Azure tells that the account lacks the action. */
function assertRefused(failure: unknown, action: string): void {
  assert.ok(isArmError(failure));
  assert.equal(failure.code, 'AuthorizationFailed');
  assertNames([diagnose(failure).what], action);
}

/** Resource Graph hides what the account can't read, and tells no action. */
const isHidden = ({ text, detail = '' }: Finding): boolean =>
  /visible to your account|your account can see/.test(`${text} ${detail}`);

/** The commands that change nothing can't create server keys, and the checks say so. */
const isAboutRead = ({ outcome, codes }: Finding): boolean =>
  outcome !== 'fail' || !codes.includes('AuthorizationFailed');

/** How a command ends without an action. */
const assertEnd: Readonly<
  Record<NeededAction['need'], (failure: unknown, findings: readonly Finding[], action: string) => void>
> = {
  change: (failure, _, action) => {
    assertRefused(failure, action);
  },
  follow: (failure, _, action) => {
    assert.ok(isArmError(failure));
    assert.equal(failure.code, 'OutcomeUnknown');
    assertNames([failure.message], action);
  },
  show: (failure, _, action) => {
    if (!isNotShown(failure)) assertRefused(failure, action);
  },
  check: (failure, findings, action) => {
    assert.ok(!isArmError(failure) || failure.code !== 'AuthorizationFailed');
    assert.ok(findings.length > 0 && findings.every(({ outcome }) => outcome !== 'fail'));
    if (!findings.some(isHidden)) assertNames(unknownOf(findings), action);
  },
};

const unknownOf = (findings: readonly Finding[]) =>
  findings.filter(({ outcome }) => outcome === 'unknown').map(({ detail }) => detail);

/** The summary or the consent names an action that a change lacks, before anything is sent. */
function assertPrediction(command: Command, findings: readonly Finding[], { need, action }: NeededAction): void {
  const outcome = need === 'change' ? 'fail' : need === 'follow' && command === 'createServerKey' ? 'warn' : undefined;
  if (outcome === undefined) return;
  const found = findings.filter((finding) => finding.outcome === outcome);
  assertNames(
    found.map(({ detail }) => detail),
    action,
  );
}

interface Setting {
  readonly state: State;
  readonly resources: Resources;
  /** False if the operation must not end before the extension reads the result. */
  readonly isFollowed?: boolean;
}

/** Gives the user-assigned identity a role on a key. */
function grantInventory(state: State, { id }: Pick<Vault, 'id'>, keyName: string): void {
  const { principalId } = inventoryIdentity;
  const scope = `${id}/keys/${keyName}`;
  state.roleAssignments.push({ name: guidOf('inventory'), scope, principalId, roleId: encryptionUser.id });
}

/** Gives the server with a user-assigned identity, which isn't the primary one, a TDE protector that the identity may use. */
function protectInventory(state: State): void {
  const server = found(state.servers, 'sql-inventory-weu');
  const home = found(state.vaults, 'kv-orders');
  const protector = serverKey(home, 'tde-orders', 1, new Date());
  server.keys.push(protector);
  server.protector = { ...server.protector, serverKeyName: protector.name };
  delete server.primaryUserAssignedIdentityId;
  grantInventory(state, home, 'tde-orders');
}

/** Does the steps of a plan before the one whose result can't be followed. */
function doStepsBefore({ action, at }: NeededAction, state: State): void {
  const before = (action.includes('/encryptionProtector') ? 2 : 0) + (at === 'serverGroup' ? 1 : 0);
  const next = serverKey(found(state.vaults, 'kv-orders'), 'tde-orders-next', 1, new Date());
  const [replicaServer, server] = [found(state.servers, replica), found(state.servers, primary)];
  if (before > 0) replicaServer.keys.push(next);
  if (before > 1) server.keys.push(structuredClone(next));
  if (before > 2) Object.assign(replicaServer.protector, { serverKeyName: next.name, autoRotationEnabled: true });
}

/** Does the first step of a change of a replicated database, unless that is the one whose result can't be followed. */
function doFirstStep(command: Command, { at }: NeededAction, state: State, key: ServerKey): void {
  const isOnReplica = command === 'addDatabaseKey';
  if (isOnReplica === (at === 'replicaGroup')) return;
  const { databases } = found(state.servers, isOnReplica ? replica : keyedServer);
  const database = found(databases, keyedDatabase);
  if (isOnReplica) database.keys?.push(key);
  else database.encryptionProtector = key.uri;
}

describe('the actions that a command needs', () => {
  let seed: State;
  let all: Resources;
  let withoutIdentity: SqlServer;
  let withUserAssigned: SqlServer;
  let vaults: ReadonlyMap<string, KeyVault>;

  before(async () => {
    await resetEmulator();
    const azure = connectToEmulator();
    all = await findResources(azure, 'sql-orders-weu', 'sql-orders-neu', 'kv-orders');
    withoutIdentity = await findServer(azure, 'sql-reports-weu');
    withUserAssigned = await findServer(azure, 'sql-inventory-weu');
    const names = [...Object.values(vaultNames), 'hsm-contoso'];
    vaults = new Map(await Promise.all(names.map(async (name) => [name, await findVault(azure, name)] as const)));
    seed = await emulator.state();
  });

  /** The replica of a plan is in another resource group. */
  const movedReplica = (): SqlServer => {
    const state = structuredClone(seed);
    moveReplica(state);
    const { id } = found(state.servers, replica);
    return { ...all.replica, id, ...parseArmId(id) };
  };

  const resourcesOf = (command: Command, vaultName = vaultNames[command] ?? ''): Resources => ({
    ...all,
    ...(commandsForPairs.includes(command) && { replica: movedReplica() }),
    ...(command === 'assignIdentity' && { server: withoutIdentity }),
    ...((command === 'setPrimaryIdentity' || isDatabaseKind(command)) && { server: withUserAssigned }),
    vault: vaults.get(vaultName) ?? all.vault,
  });

  /**
   * A server with a replica in the region of the vault. The replica must have the key first, except when its protector can't be read,
   * which matters only then.
   */
  function stateFor(command: Command, without?: NeededAction): State {
    const state = structuredClone(seed);
    state.failoverGroups = [];
    state.replicationLinks = [{ name: 'a', primary: all.server.id, secondary: all.replica.id, database: 'orders' }];
    found(state.servers, 'sql-orders-neu').location = found(state.vaults, 'kv-orders').location;
    found(state.vaults, 'hsm-contoso').network = { ...found(state.vaults, 'kv-firewalled').network };
    if (command === 'checkKeyVersions') {
      const server = found(state.servers, all.server.name);
      server.protector = { ...server.protector, serverKeyName: server.keys[0]?.name ?? '', autoRotationEnabled: false };
    }
    if (isDatabaseKind(command)) {
      const home = found(state.vaults, 'kv-billing');
      home.rbac = true;
      grantInventory(state, home, 'tde-billing');
      const next = serverKey(home, 'tde-billing', 2, new Date());
      for (const database of found(state.servers, withUserAssigned.name).databases) {
        if (command !== 'addDatabaseKey') database.keys?.push(next);
        if (command === 'revalidateDatabase') database.status = 'Inaccessible';
      }
      if (replicatedChanges.includes(command)) {
        replicateKeyed(state, replica);
        if (without?.need === 'follow') doFirstStep(command, without, state, next);
      }
    }
    if (command === 'revalidateProtector' || command === 'outageGuide') {
      found(state.servers, all.server.name).databases.forEach((database) => (database.status = 'Inaccessible'));
    }
    if (commandsForPairs.includes(command)) {
      moveReplica(state);
      if (without?.need === 'follow') doStepsBefore(without, state);
      return state;
    }
    if (command === 'createOnReplicas' || without?.action === protectorRead) return state;
    const home = found(state.vaults, 'kv-orders');
    found(state.servers, 'sql-orders-neu').keys.push(serverKey(home, 'tde-orders-next', 1, new Date()));
    if (command === 'setPrimaryIdentity') protectInventory(state);
    return state;
  }

  /** Runs a command with an account that may do only this. Returns how it ended and the findings that did not pass. */
  async function run(command: Command, actions: readonly NeededAction[], at: Setting) {
    const before = await restrictAccount(at.state, at.resources, actions);
    if (at.isFollowed === false) await emulator.options({ operationMs: 60_000 });
    const findings: Finding[] = [];
    const work = { ...at.resources, azure: connectToEmulator(), key: keyIdentifierOf(seed, key), findings };
    const failure = await commandRequests[command](work).then(
      () => undefined,
      (error: unknown) => {
        if (isArmError(error) || isNotShown(error)) return error;
        throw error;
      },
    );
    const isChange = neededActions[command].some(({ need }) => need === 'change');
    return { failure, findings: isChange ? findings : findings.filter(isAboutRead), before };
  }

  for (const command of commands) {
    it(`are enough: ${command}`, async () => {
      const at = { state: stateFor(command), resources: resourcesOf(command) };
      const { failure, findings } = await run(command, neededActions[command], at);
      assert.deepEqual([failure, findings], [undefined, []]);
    });
  }

  for (const command of ['createVaultKey', 'enablePurgeProtection', 'allowTrustedServices'] as const) {
    it(`are enough for a managed HSM: ${command}`, async () => {
      const ofHsm = neededActions[command].map((one) => ({
        ...one,
        action: one.action.replace('/vaults/', '/managedHSMs/'),
      }));
      const at = { state: stateFor(command), resources: resourcesOf(command, 'hsm-contoso') };
      assert.equal((await run(command, ofHsm, at)).failure, undefined);
    });
  }

  for (const command of commands) {
    for (const missing of neededActions[command] as readonly NeededAction[]) {
      if (missing.only) continue;
      it(`are necessary: ${command} without ${missing.action} (${missing.at})`, async () => {
        const fewer = neededActions[command].filter((one) => one !== missing);
        const isFollowed = missing.need !== 'follow' || !missing.action.includes('/locations/');
        const at = { state: stateFor(command, missing), resources: resourcesOf(command), isFollowed };
        const { failure, findings, before } = await run(command, fewer, at);
        assertEnd[missing.need](failure, findings, missing.action);
        assertPrediction(command, findings, missing);
        // A plan changes one server after the other, and so do changes of replicated databases.
        const isStepwise = command === 'runPlan' || replicatedChanges.includes(command);
        const isPartial = missing.need === 'follow' || (isStepwise && missing.need === 'change');
        if (failure && !isPartial) assert.deepEqual(await changeableState(), before);
      });
    }
  }

  it('include those in the resource group: with a role for the server alone, the result may stay unknown', async () => {
    const needed: readonly NeededAction[] = neededActions.createServerKey;
    const fewer = needed.filter(({ at }) => at !== 'serverGroup');
    const permissionsRead = needed.flatMap((one) =>
      one.action.includes('/permissions/') ? [{ ...one, at: 'server' as const }] : [],
    );
    const at = { state: stateFor('createServerKey'), resources: all, isFollowed: false };
    const { failure, findings } = await run('createServerKey', [...fewer, ...permissionsRead], at);
    assert.ok(isArmError(failure) && failure.code === 'OutcomeUnknown');
    assert.deepEqual(
      findings.map(({ outcome, text }) => [outcome, text]),
      [
        ['unknown', 'Could not be checked: permissions of your account in the resource group "rg-orders"'],
        ['unknown', 'Could not be checked: Azure policies for "sql-orders-weu"'],
      ],
    );
  });
});
