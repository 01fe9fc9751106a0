import * as vscode from 'vscode';
import { idKey } from '../../core/armId';
import type { Subscription } from '../../core/model';
import type { Azure } from '../../core/ports';
import type { Remembered } from '../../core/remembered';
import { attentionContext, onlyAttentionContext } from '../ids';
import { needsAttention, type GroupNode, type Node, type ServerNode } from './nodes';
import type { ServerStates, StateHost } from './serverStates';

/** Where the view shows what needs attention. */
export interface Surface {
  /** Shows a line above the rows. VS Code hides the description of a view that is alone in its container. */
  readonly setMessage: (text: string) => void;
  /** Shows how many servers are urgent. */
  readonly setBadge: (count: number) => void;
  /** Loads the code that reads states. */
  readonly openStates: (host: StateHost) => Promise<ServerStates>;
  /** Logs why a state couldn't be read. */
  readonly onUnread: (error: unknown) => void;
}

interface Host {
  readonly azure: Remembered<Azure>;
  readonly surface: Surface;
  readonly readProtector: (node: ServerNode) => Promise<unknown>;
  /** Makes VS Code request a row again, or all rows. */
  readonly redraw: (row: Node | undefined) => void;
}

/** The states of the servers that the tree shows, and the filter for those that need attention. */
export class Attention {
  #groups: readonly GroupNode[] = [];
  #states: Promise<ServerStates> | undefined;
  #isOnly = false;
  #line: (count: number) => string = () => '';

  constructor(private readonly host: Host) {}

  dispose(): void {
    void this.#states?.then((states) => {
      states.dispose();
    });
  }

  /** Starts to read the states of new rows, and forgets the old ones. */
  begin(groups: readonly GroupNode[], subscriptions: readonly Subscription[]): void {
    this.dispose();
    this.#states = undefined;
    const { azure, surface, readProtector } = this.host;
    const subscriptionIds = subscriptions.map(({ id }) => id);
    this.#groups = groups;
    if (this.#servers.length === 0) return;
    const onChange = (node: ServerNode) => {
      this.#onChange(node);
    };
    this.#states = surface.openStates({ azure, subscriptionIds, readProtector, onChange, onFailure: surface.onUnread });
    void this.#with((states) => states.readAll(groups));
    if (this.#isOnly) void this.#with((states) => states.readKeys(this.#servers));
  }

  /** Keeps what is known about the servers, for new rows of an inventory that was kept because it couldn't be read again. */
  keep(groups: readonly GroupNode[]): void {
    const known = new Map(this.#servers.map((node) => [idKey(node.server.id), node]));
    this.#groups = groups;
    for (const node of this.#servers) {
      const before = known.get(idKey(node.server.id));
      node.protector = before?.protector;
      if (before?.state) node.state = before.state;
    }
  }

  /** Reads the state of the servers in a group, unless that has been done. */
  readGroup(group: GroupNode): void {
    void this.#with((states) => states.readGroup(group));
  }

  /** Reads the state of one server in full. */
  readServer(node: ServerNode): void {
    void this.#with((states) => states.readServer(node));
  }

  /** Takes over which databases of a server are inaccessible. */
  setInaccessible(node: ServerNode, names: readonly string[]): void {
    void this.#with((states) => {
      states.setInaccessible(node, names);
    });
  }

  /** Reads the state of servers again. */
  readAgain(servers: readonly ServerNode[]): void {
    void this.#with(async (states) => {
      states.forget();
      await Promise.all(servers.map((node) => states.readServer(node)));
    });
  }

  /** @param line what to show above the rows, for a number of servers that need attention */
  setLine(line: (count: number) => string): void {
    this.#line = line;
    this.#update();
  }

  get isOnly(): boolean {
    return this.#isOnly;
  }

  /** Shows only the servers that need attention, or all. Looks at all servers first, also in collapsed groups. */
  async showOnly(isOnly: boolean): Promise<void> {
    this.#isOnly = isOnly;
    void vscode.commands.executeCommand('setContext', onlyAttentionContext, isOnly);
    this.host.redraw(undefined);
    this.#update();
    if (isOnly) await this.#with((states) => states.readKeys(this.#servers));
  }

  /** The groups or servers that the filter shows. */
  shown<T extends GroupNode | ServerNode>(rows: readonly T[]): T[] {
    const isShown = (row: GroupNode | ServerNode): boolean =>
      row.kind === 'group' ? row.servers.some(needsAttention) : needsAttention(row);
    return rows.filter((row) => !this.#isOnly || isShown(row));
  }

  get #servers(): readonly ServerNode[] {
    return this.#groups.flatMap(({ servers }) => servers);
  }

  #onChange(node: ServerNode): void {
    this.host.redraw(this.#isOnly ? undefined : node);
    this.#update();
  }

  #update(): void {
    const states = this.#servers;
    const count = states.filter(needsAttention).length;
    this.host.surface.setMessage(this.#line(count));
    this.host.surface.setBadge(states.filter(({ state }) => state?.isUrgent).length);
    void vscode.commands.executeCommand('setContext', attentionContext, count > 0);
  }

  async #with(read: (states: ServerStates) => void | Promise<void>): Promise<void> {
    const states = await this.#states;
    if (states) await read(states);
  }
}
