import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ArmError } from '../../src/core/armError';
import type { Azure } from '../../src/core/ports';
import type { Node, ServerKeyNode, ServerNode } from '../../src/ui/tree/nodes';
import type { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { until } from '../vscode-host/driver/until';
import { emulator, makeTree } from './makeTree';

async function findServer(tree: ServerKeysTree, name: string): Promise<ServerNode> {
  for (const group of await tree.getChildren()) {
    const row = group.kind === 'group' ? group.servers.find(({ server }) => server.name === name) : undefined;
    if (row) return row;
  }
  throw new Error(`The tree does not show the server "${name}".`);
}

const labels = (tree: ServerKeysTree, rows: readonly Node[]) => rows.map((row) => tree.getTreeItem(row).label);
const descriptions = (tree: ServerKeysTree, rows: readonly Node[]) =>
  rows.map((row) => tree.getTreeItem(row).description);

/** The tooltip of the first server key of a server. */
async function keyTooltip(tree: ServerKeysTree): Promise<string> {
  const rows = await tree.getChildren(await findServer(tree, 'sql-orders-weu'));
  const key = rows.find((row): row is ServerKeyNode => row.kind === 'serverKey');
  assert.ok(key);
  const item = await tree.resolveTreeItem(tree.getTreeItem(key), key);
  assert.ok(item.tooltip instanceof vscode.MarkdownString);
  return item.tooltip.value;
}

const failWith = async (code: string, name: string, { id }: { id: string }, after: number): Promise<never> => {
  for (let i = 0; i < after; i += 1) await Promise.resolve();
  throw new ArmError({ code, message: '', operation: { name, resource: id } });
};

/** Replaces Azure by one where reading the protector fails first, and listing the keys fails after that. */
const failing = (keysCode: string, protectorCode: string) => (real: Azure) => ({
  ...real,
  serverKeys: {
    ...real.serverKeys,
    list: (server: { id: string }) => failWith(keysCode, 'list server keys', server, 50),
  },
  tdeProtectors: {
    ...real.tdeProtectors,
    get: (server: { id: string }) => failWith(protectorCode, 'read TDE protector', server, 0),
  },
});

describe('reading the tree', () => {
  beforeEach(() => emulator.reset());

  it('shows the failure of the keys before that of the protector, whichever happens first', async () => {
    const tree = makeTree({ azure: failing('AuthorizationFailed', 'ConnectionFailed') });
    const rows = await tree.getChildren(await findServer(tree, 'sql-dev-neu'));
    assert.deepEqual(descriptions(tree, rows), ["Can't list the server keys", "Can't read the TDE protector"]);
  });

  it('shows one row if keys and protector fail for the same reason', async () => {
    const tree = makeTree({ azure: failing('ConnectionFailed', 'ConnectionFailed') });
    const rows = await tree.getChildren(await findServer(tree, 'sql-dev-neu'));
    assert.deepEqual(descriptions(tree, rows), ["Can't read the server keys and the TDE protector"]);
  });

  it('reads at most four TDE protectors at a time ahead, and only those that the list does not show completely', async () => {
    const running = { now: 0, most: 0, all: 0 };
    const counted = (real: Azure): Azure['tdeProtectors']['get'] => {
      return async (server, signal) => {
        running.now += 1;
        running.all += 1;
        running.most = Math.max(running.most, running.now);
        return real.tdeProtectors.get(server, signal).finally(() => (running.now -= 1));
      };
    };
    const tree = makeTree({
      azure: (real) => ({ ...real, tdeProtectors: { ...real.tdeProtectors, get: counted(real) } }),
    });
    const groups = await tree.getChildren();
    await Promise.all(groups.map((group) => tree.getChildren(group)));
    await until('the end of the reads', () => Promise.resolve(running.all >= 8 && running.now === 0));
    assert.deepEqual([running.all, running.most], [8, 4]);
  });

  it('forgets which other servers have a key when everything is refreshed', async () => {
    let hidden = '';
    const tree = makeTree({
      inventory: (real) => ({ ...real, servers: real.servers.filter(({ name }) => name !== hidden) }),
    });
    await tree.getChildren(await findServer(tree, 'sql-orders-neu'));
    assert.match(await keyTooltip(tree), /Also on/);
    hidden = 'sql-orders-neu';
    tree.refresh();
    assert.doesNotMatch(await keyTooltip(tree), /Also on/);
  });

  it('shows the region, subregion, and kind of a TDE protector in the tooltip of its key', async () => {
    const place = { location: 'West Europe', subregion: 'Amsterdam', kind: 'azurekeyvault' };
    const get = (real: Azure): Azure['tdeProtectors']['get'] => {
      return async (server, signal) => ({ ...(await real.tdeProtectors.get(server, signal)), ...place });
    };
    const tree = makeTree({ azure: (real) => ({ ...real, tdeProtectors: { ...real.tdeProtectors, get: get(real) } }) });
    const lines = (await keyTooltip(tree)).replaceAll('&nbsp;', ' ').split('\n');
    assert.equal(lines[lines.findIndex((line) => line.startsWith('**Region**')) + 1], 'West Europe, Amsterdam');
    assert.equal(lines[lines.findIndex((line) => line.startsWith('**Kind**')) + 1], 'azurekeyvault');
  });

  it('reads the TDE protector of a server for which the list names none', async () => {
    const tree = makeTree({
      inventory: (real) => ({
        ...real,
        servers: real.servers.map(({ listedProtector: _listed, ...unknown }) => unknown),
      }),
    });
    const server = await findServer(tree, 'sql-orders-weu');
    await tree.getChildren(tree.getParent(server));
    await until('its TDE protector', () =>
      Promise.resolve(String(tree.getTreeItem(server).description).includes('CMK')),
    );
  });

  it('aborts the requests for the keys of a server when they are read again', async () => {
    const signals: AbortSignal[] = [];
    let started = (): void => undefined;
    const start = new Promise<void>((resolve) => (started = resolve));
    const tree = makeTree({
      azure: (real) => ({
        ...real,
        serverKeys: {
          ...real.serverKeys,
          list: async (server, signal) => {
            assert.ok(signal);
            signals.push(signal);
            if (signals.length > 1) return real.serverKeys.list(server, signal);
            started();
            return new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                reject(signal.reason as Error);
              });
            });
          },
        },
      }),
    });
    const server = await findServer(tree, 'sql-dev-neu');
    const rows = tree.getChildren(server);
    await start;
    tree.refresh(server);
    assert.deepEqual(labels(tree, await rows), ['Service-managed key']);
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
  });
});
