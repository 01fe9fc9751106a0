/** Ids that package.json and the code share; a test holds the two together. */

export const viewContainerId = 'azure';
export const viewId = 'sqlServerKeys.servers';
export const settingsSection = 'sqlServerKeys';
/** VS Code's own settings for the Azure cloud. */
export const cloudSettingsSection = 'microsoft-sovereign-cloud';

export const commandIds = {
  createServerKey: 'sqlServerKeys.createServerKey',
  refresh: 'sqlServerKeys.refresh',
  refreshServer: 'sqlServerKeys.refreshServer',
  retry: 'sqlServerKeys.retry',
  showLog: 'sqlServerKeys.showLog',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Words of a tree row's context value, matched by the menus' when clauses. */
export const contextValues = {
  subscription: 'subscription',
  server: 'server',
  serverKey: 'serverKey',
  failure: 'failure',
} as const;
