/** IDs that package.json and the code share. A test compares the two. */

export const viewId = 'sqlServerKeys.servers';
export const settingsSection = 'sqlServerKeys';
/** VS Code's own settings for the Azure cloud. */
export const cloudSettingsSection = 'microsoft-sovereign-cloud';
/** The Azure Resources extension. Its subscription filter applies here too, and these views of it show servers. */
export const azureResources = {
  settingsSection: 'azureResourceGroups',
  viewIds: ['azureResourceGroups', 'azureFocusView'],
} as const;

const commandNames = [
  'createServerKey',
  'checkKey',
  'planRotation',
  'moveToVault',
  'runPlan',
  'checkKeyNeed',
  'checkKeyVersions',
  'checkKeyVersionsOfRows',
  'deleteServerKey',
  'makeTdeProtector',
  'useServiceManagedKey',
  'turnOnRotation',
  'turnOffRotation',
  'revalidateProtector',
  'addDatabaseKey',
  'makeDatabaseProtector',
  'revalidateDatabase',
  'useServerProtector',
  'outageGuide',
  'copyAlertRule',
  'showDiagnostics',
  'copyDiagnostics',
  'showLastFailure',
  'explainError',
  'signIn',
  'signInWithAzureIdentity',
  'selectSubscriptions',
  'findServer',
  'showAttention',
  'showAllServers',
  'showServer',
  'showVaultServers',
  'addRestoreKeys',
  'addStandbyKey',
  'showKeyUsers',
  'groupBySubscription',
  'groupByResourceGroup',
  'copyName',
  'copyKeyIdentifier',
  'copyResourceId',
  'openInPortal',
  'viewAsJson',
  'refresh',
  'refreshNode',
  'retry',
  'showOperations',
  'showLog',
] as const;

type CommandIds = { readonly [Name in (typeof commandNames)[number]]: `sqlServerKeys.${Name}` };

export const commandIds = Object.fromEntries(commandNames.map((name) => [name, `sqlServerKeys.${name}`])) as CommandIds;

/** The commands that change something in Azure. */
export const changingCommands: readonly string[] = [
  commandIds.createServerKey,
  commandIds.addStandbyKey,
  commandIds.deleteServerKey,
  commandIds.makeTdeProtector,
  commandIds.useServiceManagedKey,
  commandIds.turnOnRotation,
  commandIds.turnOffRotation,
  commandIds.revalidateProtector,
  commandIds.addDatabaseKey,
  commandIds.makeDatabaseProtector,
  commandIds.revalidateDatabase,
  commandIds.useServerProtector,
  commandIds.runPlan,
];

/** The end of the name of a saved plan. */
export const planFileEnd = 'tde-plan.json';

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Settings of this extension, without their section. */
export const settings = {
  signIn: 'signIn',
  groupBy: 'groupBy',
  selectedSubscriptions: 'selectedSubscriptions',
  preflight: 'preflight',
  readOnly: 'readOnly',
  badge: 'badge',
  productionTag: 'productionTag',
  deleteConfirmation: 'deleteConfirmation',
} as const;

/** Values of the settings. */
export const signInMethods = ['vscode', 'azureIdentity'] as const;
export type SignInMethod = (typeof signInMethods)[number];
export type Grouping = 'subscription' | 'resourceGroup';

/** Context keys in the when clauses of the view's welcome texts. */
export const emptyViewContext = 'sqlServerKeys.empty';
export const ignoredSettingsContext = 'sqlServerKeys.ignoresSettings';
/** Context keys that complete the steps of the walkthrough. */
export const signedInContext = 'sqlServerKeys.signedIn';
export const showsServersContext = 'sqlServerKeys.showsServers';
/** Context keys of the commands that show what needs attention. */
export const attentionContext = 'sqlServerKeys.attention';
export const onlyAttentionContext = 'sqlServerKeys.onlyAttention';
export type EmptyView = 'notSignedIn' | 'noCredential' | 'noSubscription' | 'allFiltered' | 'noServer';

/** The colors of the rows of urgent servers. VS Code dims the description of a row, so the theme's own colors lack contrast. */
export const stateColors = {
  error: 'sqlServerKeys.errorForeground',
  warning: 'sqlServerKeys.warningForeground',
} as const;

/** Words of a tree row's context value, matched by the menus' when clauses. */
export const contextValues = {
  group: 'group',
  subscription: 'subscription',
  server: 'server',
  instance: 'instance',
  serverKey: 'serverKey',
  customerManaged: 'customerManaged',
  database: 'database',
  databaseKey: 'databaseKey',
  autoRotation: 'autoRotation',
  noAutoRotation: 'noAutoRotation',
  failure: 'failure',
  failed: 'failed',
  signIn: 'signIn',
  unshown: 'unshown',
  unshownOne: 'unshownOne',
} as const;
