import { databaseActions } from './databaseActions';
import { authorization, distinct, keyChecks, needed, rights, sql, vaults, type NeededAction } from './neededAction';

export type { NeededAction } from './neededAction';

const activityLog = 'Microsoft.Insights/eventtypes/values/read';

/** The facts that tell whether a server can use a key as its TDE protector. */
const protectorChecks = distinct(
  [
    ...sql('servers/read', 'servers/keys/read', 'servers/encryptionProtector/read', 'servers/failoverGroups/read'),
    ...sql('servers/inaccessibleDatabases/read', 'servers/replicationLinks/read', 'servers/operations/read'),
    ...authorization('locks'),
  ].map(needed('check', 'server')),
  sql('servers/keys/read', 'servers/encryptionProtector/read').map(needed('check', 'replica')),
  keyChecks,
);

/** The facts that the checks read. */
const checks = distinct(
  protectorChecks,
  authorization('denyAssignments').map(needed('check', 'server')),
  rights('serverGroup'),
  [needed('check', 'serverGroup')('Microsoft.PolicyInsights/checkPolicyRestrictions/read')],
);

/** The same facts of a server and its replica. */
const pairChecks = [
  ...checks,
  ...[
    ...sql('servers/inaccessibleDatabases/read', 'servers/operations/read'),
    ...authorization('locks', 'denyAssignments'),
  ].map(needed('check', 'replica')),
  ...rights('replicaGroup'),
  needed('check', 'replicaGroup')('Microsoft.PolicyInsights/checkPolicyRestrictions/read'),
];

/** The choices that Create Server Key and Check Key offer. */
const choices = [
  ...sql('servers/read').map(needed('show', 'server')),
  ...vaults('read', 'keys/read', 'keys/versions/read').map(needed('show', 'vault')),
];

/** The creation of a server key, which the extension follows and reads back. */
const creation = (server: 'server' | 'replica'): readonly NeededAction[] => [
  ...sql('servers/keys/write').map(needed('change', server)),
  ...sql('servers/keys/read').map(needed('follow', server)),
  ...sql('locations/serverKeyAzureAsyncOperation/read').map(needed('follow', `${server}Group`)),
];

/** A change of the TDE protector. */
const protectorChange = (action: string, server: 'server' | 'replica' = 'server'): readonly NeededAction[] => [
  ...sql(action).map(needed('change', server)),
  ...sql('locations/encryptionProtectorAzureAsyncOperation/read').map(needed('follow', `${server}Group`)),
];

/** An update of a vault. Only that of a managed HSM is a long-running operation. */
const vaultUpdate = distinct(vaults('write').map(needed('change', 'vault')), [
  {
    ...needed('follow', 'vaultGroup')('Microsoft.KeyVault/locations/managedHsmOperationResults/read'),
    only: 'managedHsm',
  },
]);

const rotationReads = [
  ...sql('servers/read', 'servers/keys/read', 'servers/encryptionProtector/read'),
  ...sql('servers/failoverGroups/read', 'servers/replicationLinks/read'),
];

/** What a plan for several servers is made from. */
const rotationGroup = [...rotationReads.map(needed('show', 'server')), ...rotationReads.map(needed('show', 'replica'))];

/** What may still need a server key. */
const keyUseReads = distinct(
  [
    ...sql('servers/encryptionProtector/read', 'servers/failoverGroups/read', 'servers/replicationLinks/read'),
    ...sql('servers/databases/read', 'servers/databases/backupShortTermRetentionPolicies/read'),
    ...sql('servers/restorableDroppedDatabases/read'),
    activityLog,
  ].map(needed('check', 'server')),
  sql('locations/longTermRetentionServers/longTermRetentionBackups/read').map(needed('check', 'serverGroup')),
  [...sql('servers/encryptionProtector/read'), activityLog].map(needed('check', 'replica')),
);

/** The same, with the reads that tell whether the account sees the activity log. */
const keyUses = distinct(keyUseReads, rights('server'), rights('replica'));

/**
 * The actions for each command and each fix. Source: Azure permissions reference, "Databases" (of 2026-02-23, which lists every
 * action of Microsoft.Sql here), "Security", and "Management and governance". To list tenants, subscriptions, and rows of Resource Graph, any role is enough; Resource Graph returns the
 * resources that the account may read.
 */
export const neededActions = {
  showServers: sql(
    'servers/read',
    'servers/keys/read',
    'servers/encryptionProtector/read',
    'servers/databases/read',
  ).map(needed('show', 'server')),
  viewAsJson: [
    ...sql('servers/read', 'servers/keys/read').map(needed('show', 'server')),
    needed('show', 'serverGroup')('Microsoft.Resources/subscriptions/resourceGroups/read'),
  ],
  createServerKey: distinct(creation('server'), choices, checks),
  addRestoreKeys: [
    ...sql('servers/read', 'servers/keys/read').map(needed('show', 'server')),
    ...sql('servers/keys/read').map(needed('show', 'replica')),
    needed('show', 'serverGroup')('Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionBackups/read'),
  ],
  addStandbyKey: distinct(
    creation('server'),
    sql('servers/encryptionProtector/read').map(needed('show', 'server')),
    choices,
    checks,
    [needed('check', 'subscription')('Microsoft.Resources/subscriptions/locations/read')],
  ),
  checkKey: distinct(choices, checks),
  showDiagnostics: distinct(
    sql('servers/read', 'servers/keys/read', 'servers/encryptionProtector/read').map(needed('show', 'server')),
    checks,
    keyUseReads,
  ),
  explainError: distinct(sql('servers/read').map(needed('show', 'server')), checks),
  planRotation: distinct(rotationGroup, vaults('read', 'keys/read').map(needed('show', 'vault')), pairChecks),
  runPlan: distinct(
    rotationGroup,
    creation('server'),
    creation('replica'),
    protectorChange('servers/encryptionProtector/write'),
    protectorChange('servers/encryptionProtector/write', 'replica'),
    pairChecks,
  ),
  checkKeyVersions: [
    ...sql('servers/read').map(needed('show', 'server')),
    ...sql('servers/encryptionProtector/read').map(needed('check', 'server')),
    ...vaults('read', 'keys/read', 'keys/versions/read').map(needed('check', 'vault')),
  ],
  checkKeyNeed: [...sql('servers/read', 'servers/keys/read').map(needed('show', 'server')), ...keyUses],
  showKeyUsers: [
    ...sql('servers/read').map(needed('show', 'server')),
    ...sql('servers/keys/read', 'servers/encryptionProtector/read').map(needed('check', 'server')),
    ...[...vaults('read'), ...authorization('roleAssignments', 'roleDefinitions')].map(needed('check', 'vault')),
  ],
  deleteServerKey: distinct(
    sql('servers/keys/delete').map(needed('change', 'server')),
    sql('locations/serverKeyAzureAsyncOperation/read').map(needed('follow', 'serverGroup')),
    sql('servers/read', 'servers/keys/read', 'servers/encryptionProtector/read').map(needed('show', 'server')),
    keyUses,
  ),
  setProtector: distinct(
    protectorChange('servers/encryptionProtector/write'),
    sql('servers/keys/read', 'servers/encryptionProtector/read').map(needed('show', 'server')),
    protectorChecks,
    rights('server'),
  ),
  outageGuide: distinct(sql('servers/read').map(needed('show', 'server')), checks, [
    needed('check', 'server')(activityLog),
  ]),
  revalidateProtector: distinct(
    protectorChange('servers/encryptionProtector/revalidate/action'),
    sql('servers/inaccessibleDatabases/read').map(needed('follow', 'server')),
    sql('servers/keys/read', 'servers/encryptionProtector/read').map(needed('show', 'server')),
    protectorChecks,
    rights('server'),
  ),
  ...databaseActions,
  createVaultKey: [
    ...vaults('keys/write').map(needed('change', 'vault')),
    ...vaults('read', 'keys/read').map(needed('show', 'vault')),
    ...rights('vault'),
  ],
  assignIdentity: [
    ...sql('servers/write').map(needed('change', 'server')),
    // Azure doesn't list the actions for operations on servers, so that a role can include them only with a wildcard.
    ...sql('locations/*/read').map(needed('follow', 'serverGroup')),
    ...sql('servers/read').map(needed('show', 'server')),
    ...rights('server'),
  ],
  setPrimaryIdentity: [
    ...sql('servers/write').map(needed('change', 'server')),
    ...sql('locations/*/read').map(needed('follow', 'serverGroup')),
    ...sql('servers/read').map(needed('show', 'server')),
    ...sql('servers/encryptionProtector/read').map(needed('check', 'server')),
    ...vaults('read').map(needed('check', 'vault')),
    ...authorization('roleAssignments', 'roleDefinitions').map(needed('check', 'vault')),
    ...rights('server'),
  ],
  registerProvider: [needed('change', 'subscription')('Microsoft.Sql/register/action'), ...rights('subscription')],
  grantRole: [
    needed('change', 'vault')('Microsoft.Authorization/roleAssignments/write'),
    ...rights('vault'),
    ...authorization('roleAssignments', 'roleDefinitions').map(needed('check', 'vault')),
  ],
  addAccessPolicy: [
    ...vaults('accessPolicies/write').map(needed('change', 'vault')),
    ...vaults('read').map(needed('follow', 'vault')),
    ...rights('vault'),
  ],
  enablePurgeProtection: [...vaultUpdate, ...vaults('read').map(needed('follow', 'vault')), ...rights('vault')],
  allowTrustedServices: [...vaultUpdate, ...vaults('read').map(needed('show', 'vault')), ...rights('vault')],
  createOnReplicas: [
    ...creation('replica'),
    ...sql('servers/read').map(needed('show', 'replica')),
    ...rights('replica'),
  ],
  waitForOperation: sql('servers/operations/read').map(needed('show', 'server')),
} as const satisfies Readonly<Record<string, readonly NeededAction[]>>;
