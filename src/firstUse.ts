import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Cloud } from './core/clouds';
import type { Accounts, Azure } from './core/ports';
import { remembered, type Remembered } from './core/remembered';
import { configuredCloud, listenToSettings, selectedSubscriptions, signInMethod } from './ui/configuration';
import type { SignInMethod } from './ui/ids';
import { readInventory } from './ui/inventory';
import type { CommandServices } from './ui/commands/handler';
import type { CommandRunner } from './ui/commands/register';
import type { Failures, Services } from './ui/services';
import type { VscodeAccounts } from './ui/signIn/vscodeAccounts';
import { subscriptionFilter } from './ui/subscriptionFilter';
import { ServerKeysTree } from './ui/tree/serverKeysTree';
import { ServerKeysView } from './ui/tree/serverKeysView';
import type { Node } from './ui/tree/nodes';

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
  const azure = remembered(() => connectToAzure(log, accounts));
  const inventory = remembered(async (signal) =>
    readInventory(await azure.get(), subscriptionFilter(selectedSubscriptions()), signal),
  );
  const failures: Failures = { last: undefined };
  const logFailure = async (error: unknown) =>
    (await import('./ui/failures/report')).logFailure({ log, failures }, error);
  const tree = new ServerKeysTree(azure, inventory, logFailure, (text) => {
    view.message = text;
  });
  const services: CommandServices = {
    azure,
    accounts,
    cloud: configuredCloud,
    inventory,
    reconnect,
    tree: new ServerKeysView(tree, view),
    log,
    failures,
    memory: context.globalState,
  };
  context.subscriptions.push(log, tree, followSettings(services, tree));
  return { tree, runCommand: loadCommands(context, services) };
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

function followSettings({ reconnect }: Services, tree: ServerKeysTree): vscode.Disposable {
  return listenToSettings({
    onConnection: reconnect,
    onSubscriptions: () => {
      tree.refresh();
    },
    onGrouping: () => {
      tree.regroup();
    },
  });
}

/** The first command loads the code of all commands. */
function loadCommands(context: vscode.ExtensionContext, services: CommandServices): CommandRunner {
  const runner = remembered(async () => (await import('./ui/commands/register')).prepareCommands(context, services));
  return async (id, args) => (await runner.get())(id, args);
}

/** The source of tokens for each sign-in method; undefined means the credentials of this machine. */
const signIns: Readonly<
  Record<SignInMethod, (accounts: Remembered<VscodeAccounts>, cloud: Cloud) => Promise<Accounts | undefined>>
> = {
  vscode: async (accounts, cloud) => (await accounts.get()).of(cloud),
  azureIdentity: () => Promise.resolve(undefined),
};

async function connectToAzure(log: vscode.LogOutputChannel, accounts: Remembered<VscodeAccounts>): Promise<Azure> {
  const cloud = configuredCloud();
  const signIn = signIns[signInMethod()];
  const { connect } = await import('./azure/connect');
  return connect(cloud, await signIn(accounts, cloud), log);
}
