import type { TreeView } from 'vscode';
import type { SqlServer } from '../../core/model';
import type { Questions } from '../questions';
import type { ServerTree } from '../services';
import type { GroupNode, Node, ServerNode } from './nodes';
import { revealRow } from './revealRow';
import type { ServerKeys } from './serverKeysReader';
import type { ServerKeysTree } from './serverKeysTree';

/** The view and its rows, for commands that work on rows. */
export class ServerKeysView implements ServerTree {
  constructor(
    private readonly tree: ServerKeysTree,
    private readonly view: TreeView<Node>,
    private readonly questions: Pick<Questions, 'isAnyOpen'>,
  ) {}

  /** The selected rows. None if the user doesn't see them. */
  get selection(): readonly Node[] {
    return this.view.visible ? this.view.selection : [];
  }

  /** Whether the value is a row of the view. */
  readonly isRow = (value: unknown): value is Node => this.tree.isRow(value);

  /** The keys of the servers that were read since the last refresh. */
  get keysRead(): readonly ServerKeys[] {
    return this.tree.keysRead;
  }

  /** The row of a server, if the view shows it. */
  findServer(server: Pick<SqlServer, 'id'>): Promise<ServerNode | undefined> {
    return this.tree.findServer(server);
  }

  /** The rows below a server. */
  rowsBelow(server: ServerNode): Promise<readonly Node[]> {
    return this.tree.getChildren(server);
  }

  /** Refreshes the rows below a row, or everything. */
  refresh(row?: GroupNode | ServerNode): void {
    this.tree.refresh(row);
  }

  /** Shows only the servers that need attention, or all. */
  showOnlyAttention(isOnly: boolean): Promise<void> {
    return this.tree.showOnlyAttention(isOnly);
  }

  async refreshServer(server: Pick<SqlServer, 'id'>): Promise<void> {
    await this.tree.refreshServer(server);
  }

  async showServer(server: Pick<SqlServer, 'id'>): Promise<void> {
    await this.tree.unhide(server);
    await this.#reveal(() => this.tree.findServer(server), { expand: true, focus: !this.questions.isAnyOpen });
  }

  async showServerKey(server: SqlServer, keyName: string): Promise<void> {
    await this.tree.unhide(server);
    await this.#reveal(() => this.tree.findKey(server, keyName), { focus: false });
  }

  async #reveal(find: () => Promise<Node | undefined>, options: Parameters<typeof revealRow>[3]): Promise<void> {
    await revealRow(this.view, () => this.tree.redraw(), find, options);
  }
}
