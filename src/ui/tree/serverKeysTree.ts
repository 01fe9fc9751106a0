import * as vscode from 'vscode';
import type { SqlServer } from '../../core/model';
import type { Azure } from '../../core/ports';
import { logFailure } from '../diagnostics/report';
import type { InventoryCache } from '../inventory';
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

/** The tree "SQL Server Keys": subscriptions and servers from the inventory, keys and protector when a server is opened. */
export class ServerKeysTree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #roots: Promise<readonly SubscriptionNode[]> | undefined;
  #keys = new WeakMap<ServerNode, Promise<readonly Node[]>>();
  #refreshes = 0;

  constructor(
    private readonly azure: () => Promise<Azure>,
    private readonly inventory: InventoryCache,
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
        return this.#upToDate(() => this.#subscriptions()).then(
          (nodes) => [...nodes],
          (error: unknown) => [this.#failure(error)],
        );
      case 'subscription':
        return [...node.servers];
      case 'server':
        return [...(await this.#upToDate(() => this.#keysOf(node)))];
      case 'serverKey':
      case 'failure':
        return [];
    }
  }

  /** Reads again what a server has, or everything. */
  refresh(server?: ServerNode): void {
    this.#refreshes += 1;
    if (server) {
      this.#keys.delete(server);
    } else {
      this.inventory.clear();
      this.#roots = undefined;
      this.#keys = new WeakMap();
    }
    this.#changed.fire(server);
  }

  /** Reads the keys of a server again and returns the node of the one with this name, or the server's node without it. */
  async find(server: SqlServer, keyName: string): Promise<Node | undefined> {
    const nodes = (await this.#subscriptions()).flatMap(({ servers }) => servers);
    const parent = nodes.find((node) => node.server.id === server.id);
    if (!parent) {
      return undefined;
    }
    this.refresh(parent);
    const keys = await this.#keysOf(parent);
    return keys.find((node) => node.kind === 'serverKey' && node.key.name === keyName) ?? parent;
  }

  /** What began to be read before a refresh must not be shown after it. */
  async #upToDate<T>(read: () => Promise<T>): Promise<T> {
    const refreshes = this.#refreshes;
    const reading = read();
    await Promise.allSettled([reading]);
    return refreshes === this.#refreshes ? reading : this.#upToDate(read);
  }

  #subscriptions(): Promise<readonly SubscriptionNode[]> {
    const reading = (this.#roots ??= this.inventory.get().then((inventory) => {
      const time = inventory.asOf.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
      this.setDescription(vscode.l10n.t('{0} · as of {1}', countServers(inventory.servers.length), time));
      return inventoryNodes(inventory);
    }));
    reading.catch(() => {
      this.#roots = this.#roots === reading ? undefined : this.#roots;
    });
    return reading;
  }

  #keysOf(node: ServerNode): Promise<readonly Node[]> {
    const reading = this.#keys.get(node) ?? this.#readKeys(node);
    this.#keys.set(node, reading);
    return reading;
  }

  /** Keys and protector fail apart: each that can't be read is a row with its cause, and the other is shown. */
  async #readKeys(parent: ServerNode): Promise<readonly Node[]> {
    const azure = await this.azure();
    const failures: FailureNode[] = [];
    const failed = (error: unknown): undefined => {
      failures.push(this.#failure(error, parent));
    };
    const [keys, protector] = await Promise.all([
      azure.serverKeys.list(parent.server).catch(failed),
      azure.tdeProtectors.get(parent.server).catch(failed),
    ]);
    const before = describe(parent).description;
    delete parent.protector;
    if (protector) {
      parent.protector = protector;
    }
    if (describe(parent).description !== before) {
      this.#changed.fire(parent);
    }
    return [...failures, ...serverKeyNodes(parent, keys ?? [])];
  }

  #failure(error: unknown, parent?: ServerNode): FailureNode {
    return { kind: 'failure', diagnosis: logFailure(this.log, error), ...(parent && { parent }) };
  }
}
