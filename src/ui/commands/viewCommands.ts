import { saveGrouping } from '../configuration';
import type { Grouping } from '../ids';
import type { Handler } from './handler';

/** Reads everything again with a new connection, so that a sign-in outside VS Code takes effect. */
export const refresh: Handler = (services) => () => {
  services.reconnect();
  return Promise.resolve();
};

/** Refreshes the row the command was invoked on, or else the selected one. For a server key or a failure, refreshes its server. */
export const refreshNode: Handler =
  (services) =>
  (_, { row }) => {
    services.tree.refresh(row?.kind === 'serverKey' || row?.kind === 'failure' ? row.parent : row);
    return Promise.resolve();
  };

const showOnlyAttention =
  (isOnly: boolean): Handler =>
  (services) =>
  () =>
    services.tree.showOnlyAttention(isOnly);
export const showAttention = showOnlyAttention(true);
export const showAllServers = showOnlyAttention(false);

export const showLog: Handler = (services) => () => {
  services.log.show();
  return Promise.resolve();
};

const groupBy =
  (grouping: Grouping): Handler =>
  () =>
  async () => {
    await saveGrouping(grouping);
  };
export const groupBySubscription = groupBy('subscription');
export const groupByResourceGroup = groupBy('resourceGroup');
