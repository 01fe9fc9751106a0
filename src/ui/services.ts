import type { LogOutputChannel, Memento, TreeView } from 'vscode';
import type { Cloud } from '../core/clouds';
import type { Azure } from '../core/ports';
import type { Remembered } from '../core/remembered';
import type { Inventory } from './inventory';
import type { VscodeAccounts } from './signIn/vscodeAccounts';
import type { Node } from './tree/nodes';
import type { ServerKeysTree } from './tree/serverKeysTree';

/** What commands work with; made once by extension.ts. */
export interface Services {
  /** Loads the Azure SDKs and connects when first asked for. */
  readonly azure: Remembered<Azure>;
  readonly accounts: Remembered<VscodeAccounts>;
  /** The cloud that VS Code's settings name. Throws an `ArmError` when they name none. */
  readonly cloud: () => Cloud;
  readonly inventory: Remembered<Inventory>;
  readonly tree: ServerKeysTree;
  readonly treeView: TreeView<Node>;
  readonly log: LogOutputChannel;
  /** What is kept from one start of VS Code to the next. */
  readonly memory: Memento;
}
