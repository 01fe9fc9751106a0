import { workspace } from 'vscode';
import { settings, settingsSection } from '../ids';
import type { Grouping } from '../tree/nodes';
import type { Handler } from './handler';

/** Reads everything again, with a connection of its own: a sign-in that has changed meanwhile counts. */
export const refresh: Handler = (services) => () => {
  services.reconnect();
  return Promise.resolve();
};

/** Reads a row again: the one it was called on, or the selected one. */
export const refreshNode: Handler = (services) => (_, args) => {
  const row = args.row ?? services.tree.selected;
  services.tree.refresh(row?.kind === 'serverKey' || row?.kind === 'failure' ? row.parent : row);
  return Promise.resolve();
};

/** Reads again what a failure row stands in for. */
export const retry = refreshNode;

export const showLog: Handler = (services) => () => {
  services.log.show();
  return Promise.resolve();
};

const groupBy =
  (grouping: Grouping): Handler =>
  () =>
  async () => {
    await workspace.getConfiguration(settingsSection).update(settings.groupBy, grouping, true);
  };
export const groupBySubscription = groupBy('subscription');
export const groupByResourceGroup = groupBy('resourceGroup');
