import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { knownError } from './core/errors/errorCode';
import { resolveCloud, type Cloud } from './core/clouds';
import type { Accounts, Azure } from './core/ports';
import { remembered, type Remembered } from './core/remembered';
import { cloudSettingsSection, commandIds, settings, settingsSection, viewId } from './ui/ids';
import { readInventory } from './ui/inventory';
import type { CommandServices } from './ui/commands/handler';
import type { Failures } from './ui/services';
import type { VscodeAccounts } from './ui/signIn/vscodeAccounts';
import { affectsSubscriptionFilter, subscriptionFilter } from './ui/subscriptionFilter';
import { ServerKeysTree } from './ui/tree/serverKeysTree';
import { ServerKeysView } from './ui/tree/serverKeysView';
import type { Node } from './ui/tree/nodes';

/** Introduces core, azure and ui to each other. Nothing is loaded and nothing is asked of Azure before the first use. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const log = vscode.window.createOutputChannel('SQL Server Keys', { log: true });
  const accounts = remembered(async () => {
    const { vscodeAccounts } = await import('./ui/signIn/vscodeAccounts');
    const made = vscodeAccounts();
    context.subscriptions.push(made.onDidChange(reconnect));
    return made;
  });
  const azure = remembered(() => connectToAzure(log, accounts));
  const inventory = remembered(async () => readInventory(await azure.get(), subscriptionFilter()));
  const failures: Failures = { last: undefined };
  const logFailure = async (error: unknown) =>
    (await import('./ui/failures/report')).logFailure({ log, failures }, error);
  const tree = new ServerKeysTree(azure, inventory, logFailure, (text) => {
    treeView.message = text;
  });
  const options = { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true };
  const treeView = vscode.window.createTreeView<Node>(viewId, options);
  const reconnect = (): void => {
    azure.forget();
    tree.refresh();
  };
  const services: CommandServices = {
    azure,
    accounts,
    cloud: configuredCloud,
    inventory,
    reconnect,
    tree: new ServerKeysView(tree, treeView),
    log,
    failures,
    memory: context.globalState,
  };
  context.subscriptions.push(log, treeView, ...registerCommands(context, services), followSettings(tree, reconnect));
}

/** Commands stand in the palette at once; their bundle is loaded by the first one used. */
function registerCommands(context: vscode.ExtensionContext, services: CommandServices): vscode.Disposable[] {
  const runner = remembered(async () => (await import('./ui/commands/register')).prepareCommands(context, services));
  return Object.values(commandIds).map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => (await runner.get())(id, args)),
  );
}

/** Whom to ask for tokens, by the values of the setting sqlServerKeys.signIn. */
const signIns: Readonly<
  Partial<Record<string, (accounts: Remembered<VscodeAccounts>, cloud: Cloud) => Promise<Accounts | undefined>>>
> = {
  vscode: async (accounts, cloud) => (await accounts.get()).of(cloud),
  azureIdentity: () => Promise.resolve(undefined),
};

async function connectToAzure(log: vscode.LogOutputChannel, accounts: Remembered<VscodeAccounts>): Promise<Azure> {
  const cloud = configuredCloud();
  const name = vscode.workspace.getConfiguration(settingsSection).get(settings.signIn, 'vscode');
  const signIn = signIns[name];
  if (!signIn) {
    const known = Object.keys(signIns).join(', ');
    const message = vscode.l10n.t(
      'The setting {0} must be one of {1}; it is "{2}".',
      'sqlServerKeys.signIn',
      known,
      name,
    );
    throw knownError({ code: 'InvalidSettings', message });
  }
  const { connect } = await import('./azure/connect');
  return connect(cloud, await signIn(accounts, cloud), (line) => {
    log.trace(line);
  });
}

function configuredCloud(): Cloud {
  // Only the user's own settings: a workspace must not choose where tokens go.
  const setting = (name: string) => vscode.workspace.getConfiguration(cloudSettingsSection).inspect(name)?.globalValue;
  const resolution = resolveCloud(setting('environment'), setting('customEnvironment'));
  if ('problem' in resolution) {
    throw knownError({ code: 'InvalidSettings', message: resolution.problem });
  }
  return resolution.cloud;
}

/** Another cloud or another way to sign in: what was read until now is of the past. */
function followSettings(tree: ServerKeysTree, reconnect: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const affects = (section: string) => event.affectsConfiguration(section);
    if (affects(cloudSettingsSection) || affects(`${settingsSection}.${settings.signIn}`)) {
      reconnect();
    } else if (affectsSubscriptionFilter(affects)) {
      tree.refresh();
    } else if (affects(`${settingsSection}.${settings.groupBy}`)) {
      tree.regroup();
    }
  });
}
