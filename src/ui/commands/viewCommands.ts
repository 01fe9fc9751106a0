import type { IActionContext } from '@microsoft/vscode-azext-utils';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';

/** Reads everything again. Pressed in the view's title it gets the focused row, which does not matter here. */
export const refresh = (services: Services) => () => {
  services.tree.refresh();
  return Promise.resolve();
};

export const refreshServer = (services: Services) => (_: IActionContext, node?: Node) => {
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
