import {
  callWithTelemetryAndErrorHandling,
  registerErrorHandler,
  registerUIExtensionVariables,
  isUserCancelledError,
} from '@microsoft/vscode-azext-utils';
import { l10n, type ExtensionContext, type TreeView } from 'vscode';
import { knownError } from '../../core/errors/errorCode';
import { redactSecrets } from '../../core/errors/redact';
import { isReadOnly } from '../configuration';
import { changingCommands, commandIds, type CommandId } from '../ids';
import { notify } from '../messages';
import { Questions } from '../questions';
import type { FirstServices } from '../services';
import type { Node } from '../tree/nodes';
import type { ServerKeysTree } from '../tree/serverKeysTree';
import { ServerKeysView } from '../tree/serverKeysView';
import { isRowLost, toArgs, type CommandServices, type Handler } from './handler';
import { selectSubscriptions, signIn, signInWithAzureIdentity } from './signInCommands';
import {
  groupByResourceGroup,
  groupBySubscription,
  refresh,
  refreshNode,
  showAllServers,
  showAttention,
  showLog,
} from './viewCommands';

// Commands of one file load it together.
const protectorCommands = () => import('./protectorCommands');
const databaseCommands = () => import('./databaseCommands');
const rowCommands = () => import('./rowCommands');

const handlers: Readonly<Record<CommandId, Handler>> = {
  // The wizard, the checks, and the explanations of errors load with the commands that need them.
  [commandIds.createServerKey]: loaded(async () => (await import('./createServerKey')).createServerKey),
  [commandIds.checkKey]: loaded(async () => (await import('./createServerKey')).checkKey),
  [commandIds.explainError]: loaded(async () => (await import('./explainError')).explainError),
  [commandIds.planRotation]: loaded(async () => (await import('./planRotation')).planRotation),
  [commandIds.moveToVault]: loaded(async () => (await import('./moveToVault')).moveToVault),
  [commandIds.runPlan]: loaded(async () => (await import('./runPlan')).runPlan),
  [commandIds.checkKeyNeed]: loaded(async () => (await import('./checkKeyNeed')).checkKeyNeed),
  [commandIds.checkKeyVersions]: loaded(async () => (await import('./checkKeyVersions')).checkKeyVersions),
  [commandIds.checkKeyVersionsOfRows]: loaded(async () => (await import('./checkKeyVersions')).checkKeyVersionsOfRows),
  [commandIds.deleteServerKey]: loaded(async () => (await import('./deleteServerKey')).deleteServerKey),
  [commandIds.makeTdeProtector]: loaded(async () => (await protectorCommands()).makeTdeProtector),
  [commandIds.useServiceManagedKey]: loaded(async () => (await protectorCommands()).useServiceManagedKey),
  [commandIds.turnOnRotation]: loaded(async () => (await protectorCommands()).turnOnRotation),
  [commandIds.turnOffRotation]: loaded(async () => (await protectorCommands()).turnOffRotation),
  [commandIds.revalidateProtector]: loaded(async () => (await protectorCommands()).revalidateProtector),
  [commandIds.addDatabaseKey]: loaded(async () => (await databaseCommands()).addDatabaseKey),
  [commandIds.makeDatabaseProtector]: loaded(async () => (await databaseCommands()).makeDatabaseProtector),
  [commandIds.revalidateDatabase]: loaded(async () => (await databaseCommands()).revalidateDatabase),
  [commandIds.useServerProtector]: loaded(async () => (await databaseCommands()).useServerProtector),
  [commandIds.outageGuide]: loaded(async () => (await import('./outageCommands')).outageGuide),
  [commandIds.copyAlertRule]: loaded(async () => (await import('./outageCommands')).copyAlertRule),
  [commandIds.showDiagnostics]: loaded(async () => (await import('./diagnosticsCommands')).showDiagnostics),
  [commandIds.copyDiagnostics]: loaded(async () => (await import('./diagnosticsCommands')).copyDiagnostics),
  [commandIds.showLastFailure]: loaded(async () => (await import('./diagnosticsCommands')).showLastFailure),
  [commandIds.signIn]: signIn,
  [commandIds.signInWithAzureIdentity]: signInWithAzureIdentity,
  [commandIds.selectSubscriptions]: selectSubscriptions,
  [commandIds.findServer]: loaded(async () => (await import('./find')).findServer),
  [commandIds.showVaultServers]: loaded(async () => (await import('./find')).showVaultServers),
  [commandIds.addRestoreKeys]: loaded(async () => (await import('./addRestoreKeys')).addRestoreKeys),
  [commandIds.addStandbyKey]: loaded(async () => (await import('./addStandbyKey')).addStandbyKey),
  [commandIds.showKeyUsers]: loaded(async () => (await import('./showKeyUsers')).showKeyUsers),
  [commandIds.showServer]: loaded(async () => (await rowCommands()).showServer),
  [commandIds.showAttention]: showAttention,
  [commandIds.showAllServers]: showAllServers,
  [commandIds.groupBySubscription]: groupBySubscription,
  [commandIds.groupByResourceGroup]: groupByResourceGroup,
  [commandIds.copyName]: loaded(async () => (await rowCommands()).copyName),
  [commandIds.copyKeyIdentifier]: loaded(async () => (await rowCommands()).copyKeyIdentifier),
  [commandIds.copyResourceId]: loaded(async () => (await rowCommands()).copyResourceId),
  [commandIds.openInPortal]: loaded(async () => (await rowCommands()).openInPortal),
  [commandIds.viewAsJson]: loaded(async () => (await rowCommands()).viewAsJson),
  [commandIds.refresh]: refresh,
  [commandIds.refreshNode]: refreshNode,
  [commandIds.retry]: refreshNode,
  [commandIds.showOperations]: loaded(async () => (await import('./showOperations')).showOperations),
  [commandIds.showLog]: showLog,
};

/** A handler whose code its first use loads. */
function loaded(load: () => Promise<Handler>): Handler {
  return (services) => async (context, args) => (await load())(services)(context, args);
}

async function showFailure(services: CommandServices, error: unknown): Promise<void> {
  await (await import('../fixes/showCommandFailure')).showCommandFailure(services, error);
}

/** @param args what VS Code passes to the command */
export type CommandRunner = (id: CommandId, args: readonly unknown[]) => Promise<void>;

/** Sets up azext-utils, with this extension's messages for failures. Called once, by the first command. */
export function prepareCommands(
  context: ExtensionContext,
  first: FirstServices,
  ...[tree, view]: readonly [ServerKeysTree, TreeView<Node>]
): CommandRunner {
  const questions = new Questions();
  const services: CommandServices = { ...first, questions, tree: new ServerKeysView(tree, view, questions) };
  const { log } = services;
  const appendLog = (line: string) => {
    log.info(redactSecrets(line));
  };
  registerUIExtensionVariables({ context, outputChannel: Object.assign(log, { appendLog }) });
  const handler = registerErrorHandler((failed) => {
    if (!isUserCancelledError(failed.error)) {
      failed.errorHandling.suppressDisplay = true;
      void showFailure(services, failed.error);
    }
  });
  context.subscriptions.push(handler);
  return async (id, given) => {
    if (isRowLost(id, given)) {
      void tree.redraw();
      void notify('info', l10n.t('The view is reading this row again. Open its menu again in a moment.'));
      return;
    }
    const args = toArgs(services.tree, given);
    await callWithTelemetryAndErrorHandling(id, (action) => {
      if (changingCommands.includes(id) && isReadOnly()) throw knownError({ code: 'ExtensionReadOnly', message: '' });
      Object.assign(action.ui, { questions });
      return handlers[id](services)(action, args);
    });
  };
}
