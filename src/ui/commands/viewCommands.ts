import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { workspace } from 'vscode';
import { settings, settingsSection } from '../ids';
import type { Services } from '../services';
import type { Grouping } from '../tree/nodes';
import { nodeOf, type Args } from './targets';

/** Reads everything again, with a connection of its own: a sign-in that has changed meanwhile counts. */
export const refresh = (services: Services) => () => {
  services.azure.forget();
  services.tree.refresh();
  return Promise.resolve();
};

/** Reads a row again: the one it was called on, or the selected one. */
export const refreshNode = (services: Services) => (_: IActionContext, args: Args) => {
  const node = nodeOf(args) ?? services.treeView.selection[0];
  services.tree.refresh(node?.kind === 'serverKey' || node?.kind === 'failure' ? node.parent : node);
  return Promise.resolve();
};

/** Reads again what a failure row stands in for. */
export const retry = refreshNode;

export const showLog = (services: Services) => () => {
  services.log.show();
  return Promise.resolve();
};

const groupBy = (grouping: Grouping) => () => async () => {
  await workspace.getConfiguration(settingsSection).update(settings.groupBy, grouping, true);
};
export const groupBySubscription = groupBy('subscription');
export const groupByResourceGroup = groupBy('resourceGroup');
