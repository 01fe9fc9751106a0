import type { IActionContext } from '@microsoft/vscode-azext-utils';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';

/** Reads again what the node stands for: a server's keys, or everything. */
export const refresh = (services: Services) => (_: IActionContext, node?: Node) => {
  services.tree.refresh(node?.kind === 'server' ? node : undefined);
  return Promise.resolve();
};

/** Reads again what a failure row stands in for. */
export const retry = (services: Services) => (_: IActionContext, node?: Node) => {
  services.tree.refresh(node?.kind === 'failure' ? node.parent : undefined);
  return Promise.resolve();
};

export const showLog = (services: Services) => () => {
  services.log.show();
  return Promise.resolve();
};
