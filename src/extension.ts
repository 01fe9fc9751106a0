import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ArmError } from './core/armError';
import { resolveCloud, type Cloud } from './core/clouds';
import type { Azure } from './core/ports';
import { remembered } from './core/remembered';
import { cloudSettingsSection, commandIds, settingsSection, viewId } from './ui/ids';
import { readInventory } from './ui/inventory';
import type { Services } from './ui/services';
import { ServerKeysTree } from './ui/tree/serverKeysTree';
import type { Node } from './ui/tree/nodes';

/** Introduces core, azure and ui to each other. Nothing is loaded and nothing is asked of Azure before the first use. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const log = vscode.window.createOutputChannel('SQL Server Keys', { log: true });
  const azure = remembered(() => connectToAzure(log));
  const inventory = remembered(async () => readInventory(await azure.get()));
  const tree = new ServerKeysTree(azure, inventory, log, (text) => {
    treeView.description = text;
  });
  const treeView = vscode.window.createTreeView<Node>(viewId, { treeDataProvider: tree, showCollapseAll: true });
  const services: Services = { azure, cloud: configuredCloud, inventory, tree, treeView, log };

  context.subscriptions.push(
    log,
    treeView,
    ...registerCommands(context, services),
    onOtherAzure(() => {
      azure.forget();
      tree.refresh();
    }),
  );
}

/** Commands stand in the palette at once; their bundle is loaded by the first one used. */
function registerCommands(context: vscode.ExtensionContext, services: Services): vscode.Disposable[] {
  const runner = remembered(async () => (await import('./ui/commands/register')).prepareCommands(context, services));
  return Object.values(commandIds).map((id) =>
    vscode.commands.registerCommand(id, async (node?: Node) => (await runner.get())(id, node)),
  );
}

async function connectToAzure(log: vscode.LogOutputChannel): Promise<Azure> {
  const cloud = configuredCloud();
  const { connect } = await import('./azure/connect');
  const signIn = vscode.workspace.getConfiguration(settingsSection).get('signIn', 'azureIdentity');
  return connect(cloud, signIn, (line) => {
    log.trace(line);
  });
}

function configuredCloud(): Cloud {
  // Only the user's own settings: a workspace must not choose where tokens go.
  const setting = (name: string) => vscode.workspace.getConfiguration(cloudSettingsSection).inspect(name)?.globalValue;
  const resolution = resolveCloud(setting('environment'), setting('customEnvironment'));
  if ('problem' in resolution) {
    throw new ArmError({ code: 'InvalidSettings', message: resolution.problem });
  }
  return resolution.cloud;
}

/** Another cloud or another way to sign in: what was read until now is of the past. */
function onOtherAzure(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(cloudSettingsSection) || event.affectsConfiguration(settingsSection)) {
      changed();
    }
  });
}
