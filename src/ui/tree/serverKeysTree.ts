import pMap from 'p-map';
import * as vscode from 'vscode';
import { sameId } from '../../core/armId';
import { isArmError } from '../../core/armError';
import type { Diagnosis } from '../../core/errors/diagnose';
import { hasCode } from '../../core/errors/errorCode';
import type { ServerKey, SqlServer, TdeProtector, Tenant } from '../../core/model';
import type { Azure } from '../../core/ports';
import { remembered, type Remembered } from '../../core/remembered';
import { emptyViewContext, settings, settingsSection, type EmptyView } from '../ids';
import { emptyView, type Inventory } from '../inventory';
import { accessibleLabel, countServers, describe } from './describe';
import {
  inventoryNodes,
  serverKeyNodes,
  type FailureNode,
  type GroupNode,
  type Grouping,
  type Node,
  type ServerKeyNode,
  type ServerNode,
} from './nodes';
import { serverKeyTooltip, type KeyUse } from './tooltip';

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

/** The keys of a group's servers are read ahead when it is opened: of groups up to this size, this many servers at once. */
const readAhead = { servers: 50, parallel: 4 };

/** What was read of a server. Keys and protector fail apart, and the one that could be read is shown. */
interface ServerKeys {
  readonly keys: readonly ServerKey[];
  readonly protector: TdeProtector | undefined;
  readonly failures: readonly FailureNode[];
}

/** The tree "SQL Server Keys": groups and servers from the inventory, keys and protector when a group or server is opened. */
export class ServerKeysTree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The nodes of an inventory, which have to stay the same objects as long as it is shown. */
  #roots = new WeakMap<Inventory, readonly GroupNode[]>();
  readonly #keys = new WeakMap<ServerNode, Remembered<ServerKeys>>();
  /** What was last read of each server, to tell who else has a key. */
  readonly #lastRead = new Map<string, { readonly server: SqlServer; readonly keys: readonly ServerKey[] }>();

  constructor(
    private readonly azure: Remembered<Azure>,
    private readonly inventory: Remembered<Inventory>,
    /** Says what a failure is and writes it to the log. */
    private readonly logFailure: (error: unknown) => Promise<Diagnosis>,
    /** Shows a line above the rows. The description of a view is not shown where the view is the only one in its container. */
    private readonly setMessage: (text: string) => void,
  ) {}

  getTreeItem(node: Node): vscode.TreeItem {
    const described = describe(node);
    const { id, tooltip, command } = described;
    const item = new vscode.TreeItem(described.label, collapsible[described.children]);
    item.description = described.description;
    item.iconPath = new vscode.ThemeIcon(described.icon);
    item.contextValue = described.contextValue;
    item.accessibilityInformation = { label: accessibleLabel(described) };
    return Object.assign(item, {
      id,
      ...(tooltip && { tooltip }),
      ...(command && { command: { command, title: described.label, arguments: [node] } }),
    });
  }

  /** The tooltip of a server key: made when somebody points at it, because who uses it has to be asked. */
  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    return node.kind === 'serverKey'
      ? Object.assign(item, { tooltip: serverKeyTooltip(node, await this.#useOf(node)) })
      : item;
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'group' ? undefined : node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#rootNodes();
      case 'group':
        void this.#readAhead(node);
        return [...node.servers];
      case 'server':
        return this.#keyNodes(node);
      case 'serverKey':
      case 'failure':
        return [];
    }
  }

  /** Reads again what a server or the servers of a group have, or everything. */
  refresh(node?: GroupNode | ServerNode): void {
    const servers = node?.kind === 'group' ? node.servers : node ? [node] : [];
    for (const server of servers) this.#keysOf(server).forget();
    if (!node) this.inventory.forget();
    this.#changed.fire(node);
  }

  /** Shows the same servers in the order that the settings now ask for. */
  regroup(): void {
    this.#roots = new WeakMap();
    this.#changed.fire(undefined);
  }

  /** Has VS Code ask for all rows again, though nothing has changed. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  /** The row of a server; undefined where it is not shown. */
  async findServer(server: SqlServer): Promise<ServerNode | undefined> {
    const groups = this.#nodesOf(await this.inventory.get());
    return groups.flatMap(({ servers }) => servers).find((node) => sameId(node.server.id, server.id));
  }

  /** Reads the keys of a server again and returns the row of the one with this name; undefined where it is not shown. */
  async findKey(server: SqlServer, keyName: string): Promise<Node | undefined> {
    const parent = await this.findServer(server);
    if (!parent) return undefined;
    this.refresh(parent);
    return (await this.#keyNodes(parent)).find((node) => node.kind === 'serverKey' && node.key.name === keyName);
  }

  async #rootNodes(): Promise<Node[]> {
    try {
      const found = await this.inventory.get();
      const empty = emptyView(found);
      const time = found.asOf.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
      const filtered = found.filtered ? vscode.l10n.t('filtered') : '';
      const asOf = vscode.l10n.t('as of {0}', time);
      this.#show(empty, [countServers(found.servers.length), filtered, asOf].filter(Boolean).join(' · '));
      if (empty) return [];
      const failures = found.failures.map(({ error, tenant }) => this.#failure(error, { tenant }));
      return [...this.#nodesOf(found), ...(await Promise.all(failures))];
    } catch (error) {
      const signedOut = isArmError(error) && hasCode(error, 'NotSignedIn');
      this.#show(signedOut ? 'notSignedIn' : undefined, '');
      return signedOut ? [] : [await this.#failure(error)];
    }
  }

  #show(empty: EmptyView | undefined, message: string): void {
    void vscode.commands.executeCommand('setContext', emptyViewContext, empty);
    // A message would keep the welcome text from being shown.
    this.setMessage(empty ? '' : message);
  }

  #nodesOf(inventory: Inventory): readonly GroupNode[] {
    const grouping = vscode.workspace.getConfiguration(settingsSection).get<Grouping>(settings.groupBy, 'subscription');
    const nodes = this.#roots.get(inventory) ?? inventoryNodes(inventory, grouping);
    this.#roots.set(inventory, nodes);
    return nodes;
  }

  #keysOf(node: ServerNode): Remembered<ServerKeys> {
    const keys = this.#keys.get(node) ?? remembered(() => this.#readKeys(node));
    this.#keys.set(node, keys);
    return keys;
  }

  /** So that a server tells its state before it is opened. */
  async #readAhead({ servers }: GroupNode): Promise<void> {
    if (servers.length > readAhead.servers) return;
    await pMap(servers, (server) => this.#keyNodes(server), { concurrency: readAhead.parallel });
  }

  async #keyNodes(node: ServerNode): Promise<Node[]> {
    const { keys, protector, failures } = await this.#keysOf(node).get();
    const before = describe(node).description;
    node.protector = protector ?? 'unreadable';
    if (describe(node).description !== before) {
      this.#changed.fire(node);
    }
    return [...failures, ...serverKeyNodes(node, keys)];
  }

  async #readKeys(parent: ServerNode): Promise<ServerKeys> {
    const failures: FailureNode[] = [];
    const failed = async (error: unknown): Promise<undefined> => {
      failures.push(await this.#failure(error, { parent }));
    };
    const azure = await this.azure.get().catch(failed);
    const [keys = [], protector] = await Promise.all([
      azure?.serverKeys.list(parent.server).catch(failed),
      azure?.tdeProtectors.get(parent.server).catch(failed),
    ]);
    this.#lastRead.set(parent.server.id, { server: parent.server, keys });
    return { keys, protector, failures };
  }

  async #useOf({ key, parent }: ServerKeyNode): Promise<KeyUse> {
    const azure = await this.azure.get();
    const databases = await azure.sqlServers.listDatabases(parent.server).catch(async (error: unknown) => {
      await this.logFailure(error);
      return undefined;
    });
    const same = ({ uri }: ServerKey): boolean => sameId(key.uri, uri);
    const others = [...this.#lastRead.values()].filter(
      ({ server, keys }) => !sameId(server.id, parent.server.id) && keys.some(same),
    );
    return { databases, otherServers: others.map(({ server }) => server.name) };
  }

  async #failure(error: unknown, of: { parent?: ServerNode; tenant?: Tenant } = {}): Promise<FailureNode> {
    return { kind: 'failure', diagnosis: await this.logFailure(error), ...of };
  }
}
