import type { RoleDefinition } from '../base/state';

const role = (
  id: string,
  roleName: string,
  actions: string[],
  { notActions = [], dataActions = [] }: { notActions?: string[]; dataActions?: string[] } = {},
): RoleDefinition => ({ id, roleName, description: roleName, actions, notActions, dataActions });

const keyVault = 'Microsoft.KeyVault/vaults';
const common = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
];

export const roles = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  sqlServerContributor: '6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437',
  sqlManagedInstanceContributor: '4939a1f6-9ae0-4e48-a1e0-f2cbe897382d',
  sqlSecurityManager: '056cd41c-7e88-42e1-933e-88ba6a50c9c3',
  cryptoServiceEncryptionUser: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  hsmCryptoServiceEncryptionUser: '33413926-3206-4cdd-b39a-83574fe37a17',
};

/** The built-in roles for server keys, with those of their documented actions that the emulator uses. */
export const roleDefinitions = (): RoleDefinition[] => [
  role(roles.owner, 'Owner', ['*']),
  role(roles.contributor, 'Contributor', ['*'], {
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  }),
  role(roles.reader, 'Reader', ['*/read']),
  role(roles.sqlServerContributor, 'SQL Server Contributor', [
    ...common,
    'Microsoft.Sql/locations/*/read',
    'Microsoft.Sql/servers/*',
  ]),
  role(roles.sqlManagedInstanceContributor, 'SQL Managed Instance Contributor', [
    ...common,
    'Microsoft.Sql/locations/*/read',
    'Microsoft.Sql/locations/instanceFailoverGroups/*',
    'Microsoft.Sql/managedInstances/*',
  ]),
  // Includes neither servers/keys nor servers/encryptionProtector.
  role(roles.sqlSecurityManager, 'SQL Security Manager', [
    ...common,
    'Microsoft.Sql/servers/read',
    'Microsoft.Sql/servers/databases/read',
    'Microsoft.Sql/servers/auditingSettings/*',
    'Microsoft.Sql/servers/securityAlertPolicies/*',
  ]),
  role(
    '21090545-7ca7-4776-b22c-e363652d74d2',
    'Key Vault Reader',
    [...common, `${keyVault}/*/read`, `${keyVault}/read`],
    {
      dataActions: [`${keyVault}/*/read`],
    },
  ),
  role('f25e0fa2-a7c8-4377-a976-54943a77a395', 'Key Vault Contributor', [...common, 'Microsoft.KeyVault/*'], {
    notActions: ['Microsoft.KeyVault/hsmPools/*', 'Microsoft.KeyVault/managedHsms/*'],
  }),
  role('f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator', [
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleAssignments/delete',
    '*/read',
  ]),
  role('14b46e9e-c2b7-41b4-b07b-48a6ebf60603', 'Key Vault Crypto Officer', [...common, `${keyVault}/*/read`], {
    dataActions: [`${keyVault}/keys/*`],
  }),
  role('12338af0-0e69-4776-bea7-57ae8d297424', 'Key Vault Crypto User', [], {
    dataActions: [
      'read',
      'update/action',
      'backup/action',
      'encrypt/action',
      'decrypt/action',
      'wrap/action',
      'unwrap/action',
    ].map((verb) => `${keyVault}/keys/${verb}`),
  }),
  role(roles.cryptoServiceEncryptionUser, 'Key Vault Crypto Service Encryption User', [], {
    dataActions: ['read', 'wrap/action', 'unwrap/action'].map((verb) => `${keyVault}/keys/${verb}`),
  }),
];
