import * as vscode from 'vscode';
import type { ServerKey, SqlServer, TdeProtector } from '../../core/model';
import type { Azure } from '../../core/ports';
import { remembered, type Remembered } from '../../core/remembered';
import { logFailure } from '../diagnostics/report';
import type { Inventory } from '../inventory';
import {
  accessibleLabel,
  countServers,
  describe,
  inventoryNodes,
  serverKeyNodes,
  type FailureNode,
  type Node,
  type ServerNode,
  type SubscriptionNode,
} from './nodes';

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

/** What was read of a server. Keys and protector fail apart, and the one that could be read is shown. */
interface ServerKeys {
  readonly keys: readonly ServerKey[];
  readonly protector: TdeProtector | undefined;
  readonly failures: readonly FailureNode[];
}

/** The tree "SQL Server Keys": subscriptions and servers from the inventory, keys and protector when a server is opened. */
export class ServerKeysTree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The nodes of an inventory, which have to stay the same objects as long as it is shown. */
  readonly #roots = new WeakMap<Inventory, readonly SubscriptionNode[]>();
  readonly #keys = new WeakMap<ServerNode, Remembered<ServerKeys>>();

  constructor(
    private readonly azure: Remembered<Azure>,
    private readonly inventory: Remembered<Inventory>,
    private readonly log: vscode.LogOutputChannel,
    /** Shows a line beside the view's title. */
    private readonly setDescription: (text: string) => void,
  ) {}

  getTreeItem(node: Node): vscode.TreeItem {
    const described = describe(node);
    const item = new vscode.TreeItem(described.label, collapsible[described.children]);
    item.id = described.id;
    item.description = described.description;
    item.tooltip = described.tooltip;
    item.iconPath = new vscode.ThemeIcon(described.icon);
    item.contextValue = described.contextValue;
    item.accessibilityInformation = { label: accessibleLabel(described) };
    return item;
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'subscription' ? undefined : node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#rootsOrFailure();
      case 'subscription':
        return [...node.servers];
      case 'server':
        return this.#keyNodes(node);
      case 'serverKey':
      case 'failure':
        return [];
    }
  }

  /** Reads again what a server has, or everything. */
  refresh(server?: ServerNode): void {
    (server ? this.#keysOf(server) : this.inventory).forget();
    this.#changed.fire(server);
  }

  /** Reads the keys of a server again and returns the node of the one with this name; undefined where it is not shown. */
  async find(server: SqlServer, keyName: string): Promise<Node | undefined> {
    const roots = this.#nodesOf(await this.inventory.get());
    const parent = roots.flatMap(({ servers }) => servers).find((node) => node.server.id === server.id);
    if (!parent) {
      return undefined;
    }
    this.refresh(parent);
    return (await this.#keyNodes(parent)).find((node) => node.kind === 'serverKey' && node.key.name === keyName);
  }

  async #rootsOrFailure(): Promise<Node[]> {
    try {
      const found = await this.inventory.get();
      const time = found.asOf.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
      this.setDescription(vscode.l10n.t('{0} · as of {1}', countServers(found.servers.length), time));
      return [...this.#nodesOf(found)];
    } catch (error) {
      this.setDescription('');
      return [this.#failure(error)];
    }
  }

  #nodesOf(inventory: Inventory): readonly SubscriptionNode[] {
    const nodes = this.#roots.get(inventory) ?? inventoryNodes(inventory);
    this.#roots.set(inventory, nodes);
    return nodes;
  }

  #keysOf(node: ServerNode): Remembered<ServerKeys> {
    const keys = this.#keys.get(node) ?? remembered(() => this.#readKeys(node));
    this.#keys.set(node, keys);
    return keys;
  }

  async #keyNodes(node: ServerNode): Promise<Node[]> {
    const { keys, protector, failures } = await this.#keysOf(node).get();
    const before = describe(node).description;
    node.protector = protector;
    if (describe(node).description !== before) {
      this.#changed.fire(node);
    }
    return [...failures, ...serverKeyNodes(node, keys)];
  }

  async #readKeys(parent: ServerNode): Promise<ServerKeys> {
    const failures: FailureNode[] = [];
    const failed = (error: unknown): undefined => {
      failures.push(this.#failure(error, parent));
    };
    const azure = await this.azure.get().catch(failed);
    const [keys = [], protector] = await Promise.all([
      azure?.serverKeys.list(parent.server).catch(failed),
      azure?.tdeProtectors.get(parent.server).catch(failed),
    ]);
    return { keys, protector, failures };
  }

  #failure(error: unknown, parent?: ServerNode): FailureNode {
    return { kind: 'failure', diagnosis: logFailure(this.log, error), ...(parent && { parent }) };
  }
}
