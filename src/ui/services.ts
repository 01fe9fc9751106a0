import type { AsyncLocalStorage } from 'node:async_hooks';
import type { LogOutputChannel, Memento } from 'vscode';
import type { Cloud } from '../core/clouds';
import type { SqlServer, Tenant } from '../core/model';
import type { Azure } from '../core/ports';
import type { Remembered } from '../core/remembered';
import type { Inventory } from './inventory';
import type { KeptFailures } from './keptFailures';
import type { Journal } from '../core/operations/entry';
import type { Questions } from './questions';
import type { ShowWait, WaitingWork } from './waits';

/** What command handlers use. */
export interface Services extends FirstServices {
  readonly tree: ServerTree;
  /** What the user is being asked. */
  readonly questions: Questions;
}

/** The services that exist before the first command. firstUse.ts creates them once. */
export interface FirstServices {
  /** The version of this extension. */
  readonly version: string;
  /** Loads the Azure SDKs and connects on first use. */
  readonly azure: Remembered<Azure>;
  readonly accounts: Remembered<SignIn>;
  /** The cloud that the user's settings choose. Throws an `ArmError` if they are invalid. */
  readonly cloud: () => Cloud;
  readonly inventory: Remembered<Inventory>;
  /** Drops the connection to Azure and reads everything again with a new one. */
  readonly reconnect: () => void;
  /** The operations of all windows. Its code loads on first use. */
  readonly journal: Remembered<Journal>;
  /** The folder where VS Code keeps the extension's files for all windows. */
  readonly storage: string;
  /** Shows in the view how many operations ended while the user was away. */
  readonly setNews: (count: number) => void;
  /** Shows in the view that a request waits before it is sent again. */
  readonly setWait: ShowWait;
  /** Where running work shows its own waits. */
  readonly waits: AsyncLocalStorage<WaitingWork>;
  readonly log: LogOutputChannel;
  readonly failures: KeptFailures;
  /** Values that VS Code keeps between sessions. */
  readonly memory: Memento;
}

/** The part of VS Code's Microsoft accounts that handlers need. */
export interface SignIn {
  /**
   * Prompts for the sign-in that a tenant of a cloud requires. Without a tenant, prompts for the sign-in that was most
   * recently found missing, or else for an account.
   * @returns false if the user cancels
   */
  signIn(cloud: Cloud, tenant?: Tenant): Promise<boolean>;
}

/** The part of the view that handlers need. Ignores a server that the view doesn't show. */
export interface ServerTree {
  /** Lists subscriptions and servers again. */
  refresh(): void;
  /** Reads the keys of a server again. */
  refreshServer(server: Pick<SqlServer, 'id'>): Promise<void>;
  /** Selects and expands the row of a server, and moves the focus to it unless a question has it. */
  showServer(server: Pick<SqlServer, 'id'>): Promise<void>;
  /** Reads the keys of a server again and selects the row of the one with this name. The focus stays where the user is by then. */
  showServerKey(server: SqlServer, keyName: string): Promise<void>;
}
