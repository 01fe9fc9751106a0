import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Journal } from './core/operations/entry';
import type { Azure } from './core/ports';
import { remembered, type Remembered } from './core/remembered';
import { configuredCloud, isReadOnly, listenToSettings, selectedSubscriptions, signInMethod } from './ui/configuration';
import { readInventory, type Inventory } from './ui/inventory';
import type { CommandRunner, prepareCommands } from './ui/commands/register';
import { KeptFailures } from './ui/keptFailures';
import type { CheckSources } from './ui/runChecks';
import type { FirstServices } from './ui/services';
import type { VscodeAccounts } from './ui/signIn/vscodeAccounts';
import { subscriptionFilter } from './ui/subscriptionFilter';
import { followFocus } from './ui/tree/followFocus';
import { ServerKeysTree } from './ui/tree/serverKeysTree';
import { severityDecorations } from './ui/tree/decorations';
import type { Node } from './ui/tree/nodes';
import type { RowParts } from './ui/tree/rowParts';
import type { Surface } from './ui/tree/attention';
import { badgeOf } from './ui/tree/badge';
import { viewLine, type ViewLine } from './ui/tree/viewLine';

/** The rows and commands that activation registers. */
export interface FirstUse {
  readonly tree: ServerKeysTree;
  readonly runCommand: CommandRunner;
}

/** Connects core, azure, and ui with each other. Sends no request and loads no SDK. */
export function start(context: vscode.ExtensionContext, view: vscode.TreeView<Node>): FirstUse {
  if (vscode.l10n.bundle) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const log = vscode.window.createOutputChannel('SQL Server Keys', { log: true });
  const reconnect = (): void => {
    azure.forget();
    tree.refresh();
  };
  const accounts = rememberAccounts(context, reconnect);
  const line = viewLine((text) => {
    view.message = text;
  });
  const azure: Remembered<Azure> = remembered(() => connectToAzure(services, accounts, tree));
  const inventory = rememberInventory(azure);
  const sources = { azure, inventory, cloud: configuredCloud };
  const failures = new KeptFailures((server) => void tree.redrawServer(server));
  const logFailure = async (error: unknown) =>
    (await import('./ui/failures/report')).logFailure({ log, failures }, error);
  const surface = surfaceOf(context, view, { line, log });
  const tree = new ServerKeysTree(azure, inventory, logFailure, surface, rowParts(failures, sources));
  const { version } = context.extension.packageJSON as { readonly version: string };
  const services: FirstServices = {
    ...sources,
    version,
    accounts,
    reconnect,
    journal: rememberJournal(context, log),
    storage: context.globalStorageUri.fsPath,
    setNews: line.setNews,
    setWait: line.setWait,
    waits: new AsyncLocalStorage(),
    log,
    failures,
    memory: context.globalState,
  };
  context.subscriptions.push(log, tree, followSettings(services, tree), followFocus(view, services, tree));
  return { tree, runCommand: loadCommands(context, services, tree, view) };
}

/** The parts of the view that show states, and the code that reads them, which the first rows load. */
function surfaceOf(
  context: vscode.ExtensionContext,
  view: vscode.TreeView<Node>,
  { line, log }: { readonly line: ViewLine; readonly log: vscode.LogOutputChannel },
): Surface {
  context.subscriptions.push(vscode.window.registerFileDecorationProvider(severityDecorations));
  return {
    setMessage: line.setRows,
    setBadge: (count) => {
      view.badge = badgeOf(count);
    },
    openStates: async (host) => new (await import('./ui/tree/serverStates')).ServerStates(host),
    onUnread: (error) => {
      log.info(`A part of the state of the servers can't be read: ${String(error)}`);
    },
  };
}

const rowParts = (failures: KeptFailures, sources: CheckSources): RowParts => ({
  tooltip: async (...args) => (await import('./ui/tree/rowDetails')).serverKeyTooltip(...args),
  overdueReasons: async (...args) => (await import('./ui/tree/overdueReasons')).overdueReasons(sources, ...args),
  openDatabases: async (host) => new (await import('./ui/tree/rowDetails')).DatabaseRows(host),
  unshownRows: async (inventory) =>
    inventory.filter || inventory.disabled.length > 0
      ? (await import('./ui/tree/unshownRows')).unshownRows(inventory)
      : [],
  hasFailed: (server) => failures.shown(server) !== undefined,
});

/** The inventory. A read that fails keeps the rows of the last one. */
function rememberInventory(azure: Remembered<Azure>): Remembered<Inventory> {
  const inventory: Remembered<Inventory> = remembered(async (signal) => {
    const filter = subscriptionFilter(selectedSubscriptions());
    const found = await readInventory(await azure.get(), filter, signal);
    return found.failures.length === 0
      ? found
      : (await import('./ui/keepUnread')).keepUnread(found, inventory.last(), filter);
  });
  return inventory;
}

/** VS Code's accounts. Their code loads on first use. */
function rememberAccounts(context: vscode.ExtensionContext, onDidChange: () => void): Remembered<VscodeAccounts> {
  return remembered(async () => {
    const { vscodeAccounts } = await import('./ui/signIn/vscodeAccounts');
    const accounts = vscodeAccounts();
    context.subscriptions.push(accounts.onDidChange(onDidChange));
    return accounts;
  });
}

function followSettings({ inventory, reconnect }: FirstServices, tree: ServerKeysTree): vscode.Disposable {
  return listenToSettings({
    onConnection: () => {
      // A failed read must not keep rows of another sign-in.
      inventory.reset();
      reconnect();
    },
    onSubscriptions: () => {
      tree.refresh();
    },
    onGrouping: () => {
      tree.regroup();
    },
    onView: () => void tree.redraw(),
  });
}

/** The first command loads the code of all commands. */
function loadCommands(...given: Parameters<typeof prepareCommands>): CommandRunner {
  const runner = remembered(async () => (await import('./ui/commands/register')).prepareCommands(...given));
  return async (id, args) => (await runner.get())(id, args);
}

/** The code of the journal loads with the first connection. */
function rememberJournal({ globalStorageUri }: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
  return remembered(async () => {
    const { openJournal } = await import('./ui/operations/journal');
    return openJournal(join(globalStorageUri.fsPath, 'operations'), log);
  });
}

async function connectToAzure(
  services: FirstServices,
  accounts: Remembered<VscodeAccounts>,
  tree: ServerKeysTree,
): Promise<Azure> {
  const { log, waits, setWait } = services;
  const cloud = configuredCloud();
  // Undefined means the credentials of this machine.
  const signIn = signInMethod() === 'vscode' ? (await accounts.get()).of(cloud) : undefined;
  const [{ connect }, { showWaits }, { createRecorder }, journal] = await Promise.all([
    import('./azure/connect'),
    import('./ui/waits'),
    import('./ui/operations/recorder'),
    services.journal.get(),
  ]);
  const work = () => waits.getStore();
  const onUnsaved = (error: unknown) => void tellUnsaved(log, error);
  const { recorded, onAccepted } = createRecorder(journal, cloud.resourceManager, { onUnsaved, work });
  const givenUp = () => work()?.signal;
  const host = { log, onWait: showWaits(waits, setWait), givenUp, onAccepted, isReadOnly };
  const azure = recorded(connect(cloud, signIn, host));
  await lookBack(services, tree, { azure, journal, cloud: cloud.resourceManager });
  return azure;
}

/** The change is made nevertheless: it may protect data, and a full disk must not prevent that. */
async function tellUnsaved(log: vscode.LogOutputChannel, error: unknown): Promise<void> {
  log.warn(`The change isn't remembered: ${String(error)}`);
  (await import('./ui/failures/report')).warnUnsaved(log);
}

/** Shows the ends that the user doesn't know yet, and starts to find out those of interrupted operations. */
async function lookBack(
  { log, setNews }: FirstServices,
  tree: ServerKeysTree,
  connection: { azure: Azure; journal: Journal; cloud: string },
): Promise<void> {
  const warn = (error: unknown): void => {
    log.warn(`The operations of earlier windows can't be read: ${String(error)}`);
  };
  try {
    const { leftOver } = await import('./ui/operations/recorder');
    const { news, isDue } = await leftOver(connection.journal, connection.cloud);
    setNews(news);
    if (!isDue) return;
    const { settleOperations } = await import('./ui/operations/settle');
    const { end } = await settleOperations({
      ...connection,
      log,
      onEnd: async (servers, count) => {
        setNews(count);
        for (const server of servers) await tree.refreshServer(server);
      },
    });
    void end.catch(warn);
  } catch (error) {
    warn(error);
  }
}
