import { saveGrouping } from '../configuration';
import type { Grouping } from '../ids';
import { serverRowOf, type GroupNode, type Node, type ServerNode } from '../tree/nodes';
import type { Handler } from './handler';

/** Reads everything again with a new connection, so that a sign-in outside VS Code takes effect. */
export const refresh: Handler = (services) => () => {
  services.reconnect();
  return Promise.resolve();
};

/** Refreshes the row the command was invoked on, or else the selected one; for a row below a server, the server. */
export const refreshNode: Handler =
  (services) =>
  (_, { row }) => {
    services.tree.refresh(row && toRead(row));
    return Promise.resolve();
  };

function toRead(row: Node): GroupNode | ServerNode | undefined {
  if (row.kind === 'group') return row;
  return row.kind === 'failure' ? row.parent && serverRowOf(row.parent) : serverRowOf(row);
}

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
