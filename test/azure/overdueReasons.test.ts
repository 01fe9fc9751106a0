import assert from 'node:assert/strict';
import type { Azure } from '../../src/core/ports';
import { remembered } from '../../src/core/remembered';
import { readInventory } from '../../src/ui/inventory';
import { inventoryNodes } from '../../src/ui/tree/nodes';
import { overdueReasons } from '../../src/ui/tree/overdueReasons';
import { changeState, connectToEmulator, emulator, emulatorCloud, found, resetEmulator } from './connection';

/** What the tooltip of a server says about the reason. */
async function reasonsFor(name: string, change: (real: Azure) => Azure = (real) => real): Promise<readonly string[]> {
  const azure = connectToEmulator({ limits: { retryMs: 10 } });
  const inventory = await readInventory(azure, undefined);
  const rows = inventoryNodes(inventory, 'subscription').flatMap(({ servers }) => servers);
  const node = rows.find(({ server }) => server.name === name) ?? assert.fail(name);
  node.protector = await azure.tdeProtectors.get(node.server);
  const sources = {
    azure: remembered(() => Promise.resolve(change(azure))),
    inventory: remembered(() => Promise.resolve(inventory)),
    cloud: emulatorCloud,
  };
  return overdueReasons(sources, node, AbortSignal.timeout(30_000));
}

describe('the tooltip of a server whose automatic rotation is overdue', () => {
  beforeEach(() => resetEmulator());

  it('says why the server cannot use the newest version of its key', async () => {
    await changeState((state) => {
      const { principalId } = found(state.servers, 'sql-orders-weu');
      state.roleAssignments = state.roleAssignments.filter((role) => role.principalId !== principalId);
    });
    const [reason, ...others] = await reasonsFor('sql-orders-weu');
    assert.match(reason ?? '', /^The checks find a reason: .*sql-orders-weu.*\.$/);
    assert.deepEqual(others, []);
  });

  it('says that the checks find no reason, although replicas do not have the version yet', async () => {
    assert.deepEqual(await reasonsFor('sql-orders-weu'), ['The checks find no reason.']);
  });

  it('says what the checks do not know', async () => {
    await emulator.addFault({ match: { path: '/keys/' }, status: 403, code: 'AuthorizationFailed', message: '' });
    const [reason] = await reasonsFor('sql-orders-weu');
    assert.match(reason ?? '', /^The checks find no reason, but something is unknown. Could not be checked: .*\.$/);
  });

  it('says that the checks cannot run', async () => {
    const broken = (real: Azure): Azure => ({
      ...real,
      get sqlServers(): never {
        throw new Error('no connection');
      },
    });
    assert.deepEqual(await reasonsFor('sql-orders-weu', broken), ["The checks couldn't be run."]);
  });
});
