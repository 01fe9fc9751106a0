import {
  callWithTelemetryAndErrorHandling,
  registerErrorHandler,
  registerUIExtensionVariables,
  isUserCancelledError,
  type IActionContext,
} from '@microsoft/vscode-azext-utils';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { logFailure, notifyFailure } from '../diagnostics/report';
import { commandIds, type CommandId } from '../ids';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';
import { createServerKey } from './createServerKey';
import { refresh, refreshServer, retry, showLog } from './viewCommands';

/** A command started from the palette gets no node. */
type Handler = (services: Services) => (context: IActionContext, node?: Node) => Promise<void>;

const handlers: Readonly<Record<CommandId, Handler>> = {
  [commandIds.createServerKey]: createServerKey,
  [commandIds.refresh]: refresh,
  [commandIds.refreshServer]: refreshServer,
  [commandIds.retry]: retry,
  [commandIds.showLog]: showLog,
};

export type CommandRunner = (id: CommandId, node: Node | undefined) => Promise<void>;

/** Bundle entry of dist/commands.js, called once: sets azext-utils up, with our words for every failure. */
export function prepareCommands(context: vscode.ExtensionContext, services: Services): CommandRunner {
  if (vscode.l10n.bundle) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const { log } = services;
  const appendLog = (line: string) => {
    log.info(line);
  };
  registerUIExtensionVariables({ context, outputChannel: Object.assign(log, { appendLog }) });
  registerErrorHandler((failed) => {
    if (!isUserCancelledError(failed.error)) {
      failed.errorHandling.suppressDisplay = true;
      void notifyFailure(log, logFailure(log, failed.error));
    }
  });
  return (id, node) => callWithTelemetryAndErrorHandling(id, (action) => handlers[id](services)(action, node));
}
