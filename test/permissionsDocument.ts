import { writeFileSync } from 'node:fs';
import { includesAction } from '../src/core/checks/check';
import { neededActions, type NeededAction } from '../src/core/neededActions';
import { roleDefinitions } from './emulator/seeds/roleDefinitions';

export const file = 'docs/permissions.md';

type Command = keyof typeof neededActions;

const titles: Readonly<Record<Command, string>> = {
  showServers: 'See servers and server keys',
  viewAsJson: 'View as JSON',
  createServerKey: 'Create Server Key…',
  addRestoreKeys: 'Find Keys for a Restore…',
  addStandbyKey: 'Add Standby Key…',
  checkKey: 'Check Key for Server…',
  showDiagnostics: 'Show All Diagnostics of Server',
  explainError: 'Explain Error…',
  planRotation: 'Plan Key Rotation…',
  runPlan: 'Run Plan…',
  checkKeyNeed: 'Check Whether Key Is Still Needed',
  checkKeyVersions: 'Check for New Key Versions',
  showKeyUsers: 'Which Servers Use This Key or Vault…',
  deleteServerKey: 'Delete Server Key…',
  setProtector: 'Make TDE Protector…',
  outageGuide: 'Outage Guide',
  revalidateProtector: 'Revalidate Protector…',
  assignDatabaseIdentity: 'Assign Identity to Database…',
  addDatabaseKey: 'Add Key to Database…',
  setDatabaseProtector: 'Make TDE Protector of Database…',
  revalidateDatabase: 'Revalidate Database Key…',
  revertDatabase: "Use Server's TDE Protector…",
  createVaultKey: 'Create Server Key… with a new key',
  assignIdentity: 'Assign Identity…',
  setPrimaryIdentity: 'Set Primary Identity…',
  registerProvider: 'Register Resource Provider…',
  grantRole: 'Grant Access… (Azure RBAC)',
  addAccessPolicy: 'Grant Access… (access policies)',
  enablePurgeProtection: 'Turn On Purge Protection…',
  allowTrustedServices: 'Allow Trusted Services…',
  createOnReplicas: 'Create on Replicas First…',
  waitForOperation: 'Wait for the Operation',
};

const notes: Readonly<Partial<Record<Command, string>>> = {
  viewAsJson: 'For a subscription, any role in it is enough.',
  planRotation: 'Also for **Move to Another Vault…**. A plan for one server needs no actions on replicas.',
  runPlan:
    'Here, the vault is each vault that holds a key of the plan. A plan for one server needs no actions on replicas.',
  showDiagnostics: 'On a replica in another resource group, it also reads `Microsoft.Authorization/permissions/read`.',
  addRestoreKeys:
    'Here, the replica is the server that gets the keys. To create them, the account also needs the actions of **Create Server Key…** on it.',
  addStandbyKey:
    'To copy the key, whoever runs the command needs the data actions `Microsoft.KeyVault/vaults/keys/backup/action` on the first vault and `Microsoft.KeyVault/vaults/keys/restore/action` on the second.',
  explainError:
    'Without an account, it explains the text alone. If the text names a managed instance, it reads `Microsoft.Sql/managedInstances/read`, `Microsoft.Sql/managedInstances/keys/read`, and `Microsoft.Sql/managedInstances/encryptionProtector/read` instead of the actions on a server.',
  setProtector:
    'Also for **Turn On Automatic Rotation…**, **Turn Off Automatic Rotation…**, and **Use Service-Managed Key…**.',
  assignDatabaseIdentity:
    'The list shows the identities that the account may read (`Microsoft.ManagedIdentity/userAssignedIdentities/read`). Azure also checks `Microsoft.ManagedIdentity/userAssignedIdentities/assign/action` on the identity.',
  addDatabaseKey: 'A database without replicas needs no actions on replicas.',
  setDatabaseProtector:
    'A database without replicas needs no actions on replicas. Also for **Turn On Automatic Rotation…** and **Turn Off Automatic Rotation…** on a database. To choose a key that the database lacks, the account also needs the actions of **Add Key to Database…**.',
  createVaultKey: 'These come in addition to those of **Create Server Key…**.',
  assignIdentity:
    "Azure's reference lists no actions for operations on servers, and a custom role can't name unlisted actions. The wildcard, which *SQL Server Contributor* also has, is therefore inferred. If the server has user-assigned identities, Azure may also check `Microsoft.ManagedIdentity/userAssignedIdentities/assign/action` on them.",
  registerProvider: 'For another resource provider, Azure checks the same action of that provider.',
  setPrimaryIdentity:
    'The list shows the identities that the account may read (`Microsoft.ManagedIdentity/userAssignedIdentities/read`). To assign one that the server does not have, Azure checks `Microsoft.ManagedIdentity/userAssignedIdentities/assign/action` on it.',
  allowTrustedServices:
    'For a vault with virtual network rules, Azure may also check `Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action` on their subnets.',
};

const needs: Readonly<Record<NeededAction['need'], string>> = {
  change: 'Azure refuses the change.',
  follow: 'Azure makes the change, but the result may stay unknown.',
  show: "The command doesn't find or show the resource, and changes nothing.",
  check: 'A check says that it could not be made.',
};

const places: Readonly<Record<NeededAction['at'], string>> = {
  subscription: 'the subscription',
  server: 'the server',
  serverGroup: 'the resource group of the server',
  replica: 'each replica',
  replicaGroup: 'the resource group of each replica',
  vault: 'the vault',
  vaultGroup: 'the resource group of the vault',
};

/** Built-in roles for a server and for a vault, the smallest first. */
const smallest: Readonly<Record<'server' | 'vault', readonly string[]>> = {
  server: ['Reader', 'SQL Server Contributor', 'Contributor'],
  vault: ['Reader', 'Key Vault Contributor', 'Role Based Access Control Administrator'],
};

const isAtVault = ({ at }: NeededAction): boolean => at === 'vault' || at === 'vaultGroup';

/** The smallest built-in role with these actions; undefined if none has them all. */
export function smallestRole(at: 'server' | 'vault', actions: readonly string[]): string | undefined {
  const roles = roleDefinitions();
  return smallest[at].find((name) =>
    roles.some(
      (role) =>
        role.roleName === name &&
        actions.every((action) => includesAction(role.actions, action) && !includesAction(role.notActions, action)),
    ),
  );
}

/** The smallest built-in roles with these actions: one, or one and Reader, which has every other read. */
function rolesWith(at: 'server' | 'vault', actions: readonly string[]): string {
  const one = smallestRole(at, actions);
  const most = smallestRole(
    at,
    actions.filter((action) => smallestRole(at, [action]) !== 'Reader' || action.startsWith('Microsoft.Sql/')),
  );
  return one === undefined ? `*${most ?? 'none'}* and *Reader*` : `*${one}*`;
}

const actionsOf = (needed: readonly NeededAction[]): readonly string[] => [
  ...new Set(needed.filter(({ only }) => !only).map(({ action }) => action)),
];

function rolesFor(command: Command): string {
  const needed: readonly NeededAction[] = neededActions[command];
  const parts = (['server', 'vault'] as const).flatMap((at) => {
    const actions = actionsOf(needed.filter((one) => isAtVault(one) === (at === 'vault')));
    const atServer = needed.every((one) => one.at === 'subscription')
      ? 'the subscription'
      : 'the resource group of the server';
    const where = at === 'server' ? atServer : 'the vault';
    return actions.length === 0 ? [] : [`${rolesWith(at, actions)} for ${where}`];
  });
  return parts.join(', ');
}

/** A role definition for `az role definition create` and `New-AzRoleDefinition`. */
export function customRole(command: Command): object {
  return {
    Name: `SQL Server Keys: ${titles[command].replace('…', '')}`,
    IsCustom: true,
    Description: `The actions that SQL Server Keys for Azure needs for "${titles[command].replace('…', '')}".`,
    Actions: [...actionsOf(neededActions[command])].sort(),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ['/subscriptions/<subscription ID>'],
  };
}

function chapter(command: Command): string[] {
  const needed: readonly NeededAction[] = neededActions[command];
  const rows = needed.map(
    ({ action, at, need, only }) =>
      `| \`${action}\` | ${places[at]}${only ? ' (only for a managed HSM)' : ''} | ${needs[need]} |`,
  );
  const note = notes[command];
  return [
    `## ${titles[command]}`,
    ...(note === undefined ? [] : [note]),
    ['| Action | On | Without it |', '| --- | --- | --- |', ...rows].join('\n'),
    `Built-in roles: ${rolesFor(command)}.`,
    ['```json', JSON.stringify(customRole(command), undefined, 2), '```'].join('\n'),
  ];
}

/** The actions for each command and each fix as a Markdown document. */
export function permissionsDocument(): string {
  return [
    '# Permissions',
    'The actions of Azure Resource Manager that your account needs for each command and each fix, the smallest built-in roles that include them, and a custom role with nothing else. `npm run docs` generates this page from the table that the permission check of the extension uses. `test/azure/permissions.test.ts` runs each command with exactly these actions, and again without each of them.',
    [
      '- A role applies where it is assigned, and below. Azure runs the operations of a server in its resource group (inferred from its error messages): assign the role there, or above. With a role for the server alone, the result of a change may stay unknown.',
      '- For a managed instance, replace `servers` with `managedInstances`, `serverKey` with `managedInstanceKey`, `encryptionProtectorAzureAsyncOperation` with `managedInstanceEncryptionProtectorAzureAsyncOperation`, `inaccessibleDatabases` with `inaccessibleManagedDatabases`, and `servers/failoverGroups` with `locations/instanceFailoverGroups`. *SQL Managed Instance Contributor* replaces *SQL Server Contributor*.',
      "- For a managed HSM, replace `vaults` with `managedHSMs`. It needs no `roleAssignments` and no `roleDefinitions`, because Azure Resource Manager doesn't know its local roles. *Key Vault Contributor* doesn't include managed HSMs; *Managed HSM contributor* does.",
      '- The list of tenants and subscriptions needs no action: any role in a subscription is enough. Resource Graph, which lists servers, databases, and vaults, returns those that your account may read.',
      '- The extension uses no data actions: it reads and creates keys through Azure Resource Manager. The actions are those of the [Azure permissions reference](https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations); what is inferred says so.',
      "- You can leave out an action whose check you don't need. The check then says that it could not be made, and names the action.",
      '- To create a role, save its JSON, replace the subscription, and run `az role definition create --role-definition @role.json`.',
    ].join('\n'),
    ...(Object.keys(neededActions) as Command[]).flatMap(chapter),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

if (require.main === module) writeFileSync(file, permissionsDocument());
