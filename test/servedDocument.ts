import { readFileSync, writeFileSync } from 'node:fs';
import { namespaces, typesWithOwnVersions, versionsOf } from './emulator/arm/apiVersions';
import type { Route } from './emulator/arm/route';
import { armRoutes } from './emulator/server';

export const servedFile = 'test/emulator/README.md';
const begin = '<!-- served: written by npm run docs -->\n';
const end = '<!-- end of served -->';

const recorded = 'recorded, specified';
const specified = 'specified';
const documented = 'documented';

/** On what the answers of each resource type rest. */
const evidence: Readonly<Record<string, string>> = {
  'Microsoft.Authorization/denyAssignments': specified,
  'Microsoft.Authorization/locks': documented,
  'Microsoft.Authorization/permissions': specified,
  'Microsoft.Authorization/policyAssignments': specified,
  'Microsoft.Authorization/policyDefinitions': specified,
  'Microsoft.Authorization/roleAssignments': 'specified, documented',
  'Microsoft.Authorization/roleDefinitions': specified,
  'Microsoft.Insights/eventtypes': documented,
  'Microsoft.KeyVault/deletedManagedHSMs': specified,
  'Microsoft.KeyVault/deletedVaults': specified,
  'Microsoft.KeyVault/locations/deletedManagedHSMs': specified,
  'Microsoft.KeyVault/locations/deletedVaults': recorded,
  'Microsoft.KeyVault/locations/managedHsmOperationResults': specified,
  'Microsoft.KeyVault/locations/operationResults': 'recorded',
  'Microsoft.KeyVault/managedHSMs': specified,
  'Microsoft.KeyVault/managedHSMs/keys': specified,
  'Microsoft.KeyVault/managedHSMs/keys/versions': specified,
  'Microsoft.KeyVault/vaults': recorded,
  'Microsoft.KeyVault/vaults/accessPolicies': specified,
  'Microsoft.KeyVault/vaults/keys': specified,
  'Microsoft.KeyVault/vaults/keys/versions': specified,
  'Microsoft.ManagedIdentity/userAssignedIdentities': specified,
  'Microsoft.PolicyInsights/checkPolicyRestrictions': specified,
  'Microsoft.ResourceGraph/resources': 'specified, documented',
  'Microsoft.Resources/providers': documented,
  'Microsoft.Resources/subscriptions': specified,
  'Microsoft.Resources/subscriptions/locations': documented,
  'Microsoft.Resources/subscriptions/resourceGroups': documented,
  'Microsoft.Resources/subscriptions/resources': documented,
  'Microsoft.Resources/tenants': specified,
  'Microsoft.Sql/deletedServers': specified,
  'Microsoft.Sql/locations/*AzureAsyncOperation': 'recorded',
  'Microsoft.Sql/locations/*OperationResults': 'recorded',
  'Microsoft.Sql/locations/deletedServers': specified,
  'Microsoft.Sql/locations/instanceFailoverGroups': recorded,
  'Microsoft.Sql/locations/longTermRetentionBackups': specified,
  'Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionBackups': specified,
  'Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionDatabases/longTermRetentionBackups': specified,
  'Microsoft.Sql/managedInstances': specified,
  'Microsoft.Sql/managedInstances/databases': specified,
  'Microsoft.Sql/managedInstances/encryptionProtector': recorded,
  'Microsoft.Sql/managedInstances/inaccessibleManagedDatabases': specified,
  'Microsoft.Sql/managedInstances/keys': recorded,
  'Microsoft.Sql/managedInstances/operations': specified,
  'Microsoft.Sql/servers': recorded,
  'Microsoft.Sql/servers/databases': recorded,
  'Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies': specified,
  'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies': specified,
  'Microsoft.Sql/servers/databases/encryptionProtector': recorded,
  'Microsoft.Sql/servers/databases/replicationLinks': recorded,
  'Microsoft.Sql/servers/databases/transparentDataEncryption': specified,
  'Microsoft.Sql/servers/encryptionProtector': recorded,
  'Microsoft.Sql/servers/failoverGroups': recorded,
  'Microsoft.Sql/servers/inaccessibleDatabases': specified,
  'Microsoft.Sql/servers/keys': recorded,
  'Microsoft.Sql/servers/operations': specified,
  'Microsoft.Sql/servers/recoverableDatabases': specified,
  'Microsoft.Sql/servers/replicationLinks': recorded,
  'Microsoft.Sql/servers/restorableDroppedDatabases': recorded,
};

/** The resource type of a route. Those that poll operations have their own action. */
function typeOf({ type, action = '' }: Route): string {
  const [, polled] = /^(.*(?:AzureAsyncOperation|OperationResults))\/read$/.exec(action) ?? [];
  return polled?.replace(/[^/]+(AzureAsyncOperation|OperationResults)$/, '*$1') ?? type;
}

/** A request in a word: list, get, put, patch, delete, or the name of an action. */
function requestOf({ method, path }: Route): string {
  const last = path.split('/').at(-1) ?? '';
  if (method === 'GET') return last.startsWith(':') ? 'get' : 'list';
  return method === 'POST' ? last : method.toLowerCase();
}

function typesTable(): string[] {
  const requests = new Map<string, Set<string>>();
  for (const route of armRoutes) {
    const type = typeOf(route);
    requests.set(type, (requests.get(type) ?? new Set()).add(requestOf(route)));
  }
  const rows = [...requests.keys()].sort().map((type) => {
    const known = evidence[type];
    if (known === undefined) throw new Error(`test/servedDocument.ts has no evidence for ${type}`);
    return `| \`${type}\` | ${[...(requests.get(type) ?? [])].join(', ')} | ${known} |`;
  });
  const unused = Object.keys(evidence).filter((type) => !requests.has(type));
  if (unused.length > 0) throw new Error(`No route serves ${unused.join(', ')}`);
  return ['| Resource type | Requests | Evidence |', '| --- | --- | --- |', ...rows];
}

const versionsTable = (): string[] => [
  '| Namespace or resource type | api-versions |',
  '| --- | --- |',
  ...[...namespaces, ...typesWithOwnVersions]
    .sort()
    .map((name) => `| \`${name}\` | ${versionsOf(name, {}).join(', ')} |`),
];

/** Replaces the tables between the two marks of the emulator's README by the current ones. */
export function withServed(text: string): string {
  const [before = '', rest = ''] = text.split(begin);
  const [, after = ''] = rest.split(end);
  return `${before}${begin}\n${[...typesTable(), '', ...versionsTable()].join('\n')}\n\n${end}${after}`;
}

if (require.main === module) {
  writeFileSync(servedFile, withServed(readFileSync(servedFile, 'utf8')));
}
