import * as vscode from 'vscode';
import { sameId } from '../../core/armId';
import { isArmError } from '../../core/armError';
import type { Diagnosis } from '../../core/errors/diagnose';
import { hasCode } from '../../core/errors/errorCode';
import type { SqlServer, Tenant } from '../../core/model';
import type { Azure } from '../../core/ports';
import { remembered, type Remembered } from '../../core/remembered';
import { grouping } from '../configuration';
import { emptyView, type Inventory } from '../inventory';
import { describe } from './describe';
import { Attention, type Surface } from './attention';
import {
  failureNodes,
  inventoryNodes,
  serverKeyNodes,
  withProblemsFirst,
  type FailureNode,
  type GroupNode,
  type Node,
  type ServerNode,
} from './nodes';
import { ReadAhead } from './readAhead';
import type { DatabaseHost, DatabaseRows } from './databaseRows';
import { Redraws } from './redraws';
import type { RowParts } from './rowParts';
import { ServerKeysReader, type ServerKeys } from './serverKeysReader';
import { resolveTooltip, treeItemOf } from './treeItem';
import { showView } from './viewContexts';

/** The rows of the view: groups and servers from the inventory; keys and protector when a group or server is expanded. */
export class ServerKeysTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly getTreeItem = (node: Node): vscode.TreeItem => treeItemOf(node, this.parts);
  /** VS Code refreshes only the objects that it received, so these stay the same while an inventory is shown. */
  #roots = new WeakMap<Inventory, readonly GroupNode[]>();
  /** Commands accept only these rows, not objects that another extension or a keybinding passes. */
  readonly #made = new WeakSet();
  readonly #reader: ServerKeysReader;
  readonly #readAhead = new ReadAhead((node) => this.#readProtector(node));
  readonly #onRootsAsked: (() => void)[] = [];
  readonly #redraws = new Redraws(this.#changed.fire.bind(this.#changed));
  readonly #attention: Attention;
  readonly #databases: Remembered<DatabaseRows>;

  constructor(
    azure: Remembered<Azure>,
    private readonly inventory: Remembered<Inventory>,
    /** Diagnoses and logs a failure. */
    private readonly logFailure: (error: unknown) => Promise<Diagnosis>,
    surface: Surface,
    private readonly parts: RowParts,
  ) {
    this.#reader = new ServerKeysReader(azure, logFailure);
    const { redraw } = this.#redraws;
    const onInaccessible: DatabaseHost['onInaccessible'] = (node, names) => {
      this.#attention.setInaccessible(node, names);
    };
    this.#databases = remembered(() => parts.openDatabases({ azure, logFailure, onInaccessible, redraw }));
    const readProtector = (node: ServerNode) => this.#readProtector(node);
    this.#attention = new Attention({ azure, surface, readProtector, redraw });
  }

  dispose(): void {
    this.#redraws.dispose();
    this.#readAhead.clear();
    this.#attention.dispose();
    this.#changed.dispose();
  }

  /** Whether this tree has made the row. */
  readonly isRow = (value: unknown): value is Node =>
    typeof value === 'object' && value !== null && this.#made.has(value);

  /** The keys of the servers that were read since the last refresh. */
  get keysRead(): readonly ServerKeys[] {
    return this.#reader.all;
  }

  readonly resolveTreeItem = (item: vscode.TreeItem, node: Node, token?: vscode.CancellationToken) =>
    resolveTooltip(item, node, { ...this.parts, useOf: (key) => this.#reader.useOf(key) }, token);

  readonly getParent = (node: Node): Node | undefined => (node.kind === 'group' ? undefined : node.parent);

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#rootNodes().finally(() => {
          for (const resolve of this.#onRootsAsked.splice(0)) resolve();
        });
      case 'group':
        this.#addToReadAhead(node);
        return this.#attention.shown(node.servers);
      case 'server':
        return this.#redraws.deliver(node, () => this.#keyNodes(node));
      case 'unshown':
        return [...this.#asMade(node.children)];
      case 'database':
        return [...this.#asMade(await (await this.#databases.get()).keysOf(node))];
      case 'serverKey':
      case 'databaseKey':
      case 'failure':
        return [];
    }
  }

  /** Reads the keys of a server, the keys of all servers in a group, or everything again. */
  refresh(node?: GroupNode | ServerNode): void {
    const servers = node?.kind === 'group' ? node.servers : node ? [node] : [];
    for (const row of servers) {
      this.#reader.forget(row.server);
      this.#databases.last()?.forget(row);
    }
    if (node) this.#attention.readAgain(servers);
    if (!node) {
      this.#readAhead.clear();
      this.#reader.forgetAll(this.inventory.last() !== undefined);
      this.inventory.forget();
    }
    this.#changed.fire(node);
  }

  /** Reads the keys of a server again, if it is shown. */
  async refreshServer(server: Pick<SqlServer, 'id'>): Promise<void> {
    const row = await this.findServer(server);
    if (row) this.refresh(row);
  }

  /** Makes VS Code request the row of a server again, if it is shown. */
  async redrawServer(server: Pick<SqlServer, 'id'>): Promise<void> {
    const row = await this.findServer(server);
    if (row) this.#redraws.redraw(row);
  }

  /** Regroups the servers according to the settings, without reading them again. */
  regroup(): void {
    this.#roots = new WeakMap();
    this.#changed.fire(undefined);
  }

  /** Makes VS Code request all rows again, though nothing has changed. Resolves when it requests the root rows. */
  redraw(): Promise<void> {
    const asked = new Promise<void>((resolve) => this.#onRootsAsked.push(resolve));
    this.#changed.fire(undefined);
    return asked;
  }

  /** The row of a server; undefined if it isn't shown. */
  async findServer(server: Pick<SqlServer, 'id'>): Promise<ServerNode | undefined> {
    const groups = this.#nodesOf(await this.inventory.get());
    return groups.flatMap(({ servers }) => servers).find((node) => sameId(node.server.id, server.id));
  }

  /** Reads the keys of a server again and finds the row of the one with this name; undefined if it isn't shown. */
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
      const rows = await Promise.all(found.failures.map(({ error, tenant }) => this.#failure(error, tenant)));
      const reason = rows[found.failures.findIndex((failure) => failure === found.keptBecause)]?.diagnosis.title;
      const groups = this.#nodesOf(found);
      showView(this.#attention, empty, found, reason);
      if (empty) return [];
      const unshown = this.#asMade(await this.parts.unshownRows(found));
      return [...withProblemsFirst(this.#attention.shown(groups), rows), ...unshown];
    } catch (error) {
      const signedOut = isArmError(error) && hasCode(error, 'NotSignedIn');
      this.#attention.begin([], []);
      showView(this.#attention, signedOut ? 'notSignedIn' : undefined);
      return signedOut ? [] : [await this.#failure(error)];
    }
  }

  /** Shows only the servers that need attention, or all. */
  readonly showOnlyAttention = (isOnly: boolean): Promise<void> => this.#attention.showOnly(isOnly);

  /** Shows all servers again if the filter hides this one. */
  async unhide(server: Pick<SqlServer, 'id'>): Promise<void> {
    const row = await this.findServer(server);
    if (row && this.#attention.shown([row]).length === 0) await this.showOnlyAttention(false);
  }

  /** Reads the state of the servers, so that their rows show it before they are expanded. */
  #addToReadAhead(group: GroupNode): void {
    const last = this.inventory.last();
    // After a failed refresh, more requests would most likely fail too.
    if (last?.keptBecause) return;
    this.#attention.readGroup(group);
    this.#readAhead.add(group, last?.servers.length ?? 0);
  }

  async #readProtector(node: ServerNode): Promise<void> {
    this.#setProtector(node, await this.#reader.protector(node.server).catch(() => 'unreadable' as const));
  }

  #setProtector(node: ServerNode, protector: ServerNode['protector']): void {
    const before = describe(node).description;
    node.protector = protector;
    if (describe(node).description !== before) this.#redraws.redraw(node);
  }

  #nodesOf(inventory: Inventory): readonly GroupNode[] {
    const known = this.#roots.get(inventory);
    if (known) return known;
    const nodes = this.#asMade(inventoryNodes(inventory, grouping()));
    for (const { servers } of nodes) this.#asMade(servers);
    this.#roots.set(inventory, nodes);
    if (inventory.keptBecause) this.#attention.keep(nodes);
    else this.#attention.begin(nodes, inventory.subscriptions);
    return nodes;
  }

  async #keyNodes(node: ServerNode): Promise<Node[]> {
    const { keys, protector, failures, asOf, isKept } = await this.#reader.get(node.server);
    this.#setProtector(node, protector ?? 'unreadable');
    this.#attention.readServer(node);
    const databases = (await this.#databases.get()).below(node, failures);
    return [
      ...this.#asMade(failureNodes(node, failures, isKept ? asOf : undefined)),
      ...this.#asMade(serverKeyNodes(node, keys)),
      ...this.#asMade(databases),
    ];
  }

  #asMade<T extends readonly Node[]>(nodes: T): T {
    for (const node of nodes) this.#made.add(node);
    return nodes;
  }

  async #failure(error: unknown, tenant?: Tenant): Promise<FailureNode> {
    const diagnosis = await this.logFailure(error);
    return this.#asMade([{ kind: 'failure', diagnosis, others: [], ...(tenant && { tenant }) }] as const)[0];
  }
}
