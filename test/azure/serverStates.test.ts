import assert from 'node:assert/strict';
import type { Inventory } from '../../src/ui/inventory';
import { readInventory } from '../../src/ui/inventory';
import { inventoryNodes, needsAttention, type GroupNode, type ServerNode } from '../../src/ui/tree/nodes';
import { checkVersions } from '../../src/core/serverState/keyVersions';
import { protectorKeys } from '../../src/core/serverState/protectorKey';
import { ServerStates } from '../../src/ui/tree/serverStates';
import type { Azure } from '../../src/core/ports';
import { remembered } from '../../src/core/remembered';
import type { State } from '../emulator/base/state';
import { largeSeed } from '../emulator/seeds/largeSeed';
import { changeState, connectToEmulator, emulator, emulatorCloud, found, resetEmulator } from './connection';

/** Two subscriptions with 25 servers each. */
function smallEstate(): State {
  const state = largeSeed();
  const subscriptions = state.subscriptions.slice(0, 2);
  const isIn = (scope: string) => subscriptions.some(({ subscriptionId }) => scope.includes(subscriptionId));
  return {
    ...state,
    subscriptions,
    resourceGroups: state.resourceGroups.filter(({ id }) => isIn(id)),
    servers: state.servers.filter(({ id }) => isIn(id)),
    vaults: state.vaults.filter(({ id }) => isIn(id)),
    roleAssignments: state.roleAssignments.filter(({ scope }) => isIn(scope)),
  };
}

interface Opened {
  readonly groups: readonly GroupNode[];
  readonly states: ServerStates;
  readonly failures: unknown[];
}

async function open(azure: Azure): Promise<Opened> {
  const inventory: Inventory = await readInventory(azure, undefined);
  const groups = inventoryNodes(inventory, 'subscription');
  const failures: unknown[] = [];
  const states = new ServerStates({
    azure: remembered(() => Promise.resolve(azure)),
    subscriptionIds: inventory.subscriptions.map(({ id }) => id),
    readProtector: async (node) => {
      node.protector = await azure.tdeProtectors.get(node.server);
    },
    onChange: () => undefined,
    onFailure: (error) => failures.push(error),
  });
  return { groups, states, failures };
}

const serverIn = ({ groups }: Opened, name: string): ServerNode =>
  groups.flatMap(({ servers }) => servers).find(({ server }) => server.name === name) ?? assert.fail(name);

/** Reads the states of the demo servers as the open tree does. */
async function readStates(): Promise<Opened> {
  const opened = await open(connectToEmulator());
  await opened.states.readAll(opened.groups);
  await Promise.all(opened.groups.map((group) => opened.states.readGroup(group)));
  return opened;
}

describe('the states of servers', () => {
  beforeEach(() => resetEmulator());

  it('take two requests for a subscription of 25 servers, and two for all of them together', async () => {
    await resetEmulator(smallEstate());
    const { groups, states, failures } = await open(connectToEmulator());
    await emulator.clearRequests();
    const requests = async () => (await emulator.requests()).length;
    await states.readAll(groups);
    for (const [index, group] of groups.entries()) {
      assert.equal(group.servers.length, 25);
      await states.readGroup(group);
      assert.equal(await requests(), 2 + 2 * (index + 1));
    }
    assert.deepEqual(failures, []);
  });

  it('show a disabled key, inaccessible databases, and a lock, also to an account with roles in resource groups alone', async () => {
    const opened = await readStates();
    assert.deepEqual(serverIn(opened, 'sql-archive-neu').state?.errors, ['key disabled', '2 databases inaccessible']);
    assert.deepEqual(serverIn(opened, 'sql-legacy-neu').state?.notes, ['locked']);
    assert.deepEqual(
      opened.groups.flatMap(({ servers }) => servers.filter(needsAttention)).map(({ server }) => server.name),
      ['sql-archive-neu'],
    );
  });

  it('show a key that expires soon or is deleted, in a managed HSM too', async () => {
    await changeState(({ vaults }) => {
      const expiring = found(found(vaults, 'hsm-contoso').keys, 'tde-hr').versions;
      for (const version of expiring) version.exp = Math.floor(Date.now() / 1000) + 13.5 * 86_400;
      const home = found(vaults, 'kv-fabrikam');
      home.keys = [];
    });
    const opened = await readStates();
    assert.deepEqual(serverIn(opened, 'sql-hr-weu').state?.warnings, ['expires in 13 days']);
    assert.deepEqual(serverIn(opened, 'sql-fabrikam-use').state?.errors, ['key deleted']);
  });

  it('show an automatic rotation that is overdue', async () => {
    await changeState((state) => {
      const server = found(state.servers, 'sql-orders-weu');
      server.protector = { ...server.protector, serverKeyName: server.keys[0]?.name ?? '', autoRotationEnabled: true };
      // Without access to the key, Azure can't rotate.
      state.roleAssignments = state.roleAssignments.filter(({ principalId }) => principalId !== server.principalId);
    });
    const opened = await readStates();
    assert.deepEqual(serverIn(opened, 'sql-orders-weu').state?.warnings, ['rotation overdue']);
  });

  it('show replication partners once a server is expanded', async () => {
    const opened = await readStates();
    const node = serverIn(opened, 'sql-orders-weu');
    assert.deepEqual(node.state?.notes ?? [], []);
    await opened.states.readServer(node);
    assert.deepEqual(node.state?.notes, ['primary of sql-orders-neu']);
  });

  it('stay unknown, without a failure row, if the account may not read the keys of a vault', async () => {
    await emulator.addFault({ match: { path: '/keys/tde-hr' }, status: 403, code: 'AuthorizationFailed', message: '' });
    const opened = await readStates();
    const { state } = serverIn(opened, 'sql-hr-weu');
    assert.deepEqual([state?.errors ?? [], state?.warnings ?? []], [[], []]);
    assert.ok(opened.failures.length > 0);
  });

  it('take one request for each TDE protector and each key to compare its versions, and one to list the vaults', async () => {
    await resetEmulator(smallEstate());
    const azure = connectToEmulator();
    const { servers, subscriptions } = await readInventory(azure, undefined);
    const uris = servers.flatMap(({ listedProtector }) =>
      listedProtector && 'uri' in listedProtector ? listedProtector.uri : [],
    );
    await emulator.clearRequests();
    const ids = subscriptions.map(({ id }) => id);
    const keys = protectorKeys(
      azure.keyVaults,
      azure.keyVaults.list(ids).then(({ items }) => items),
    );
    const world = { cloud: emulatorCloud(), now: new Date() };
    const customerManaged = servers.filter(({ listedProtector }) => listedProtector?.type === 'customerManaged');
    const checks = await Promise.all(
      customerManaged.map((server) => checkVersions(azure, keys, server, world, AbortSignal.timeout(10_000))),
    );
    assert.ok(uris.length > 10 && checks.every(({ kind }) => kind === 'read'));
    assert.equal((await emulator.requests()).length, 1 + uris.length + new Set(uris).size);
  });
});
