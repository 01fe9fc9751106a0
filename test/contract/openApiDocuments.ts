import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { LiveValidator } from 'oav';
import { log } from 'oav/dist/lib/util/logging';
import type { HttpAnswer } from './armClient';

/** Azure's OpenAPI documents, which aren't part of the repository. */
export const specs = resolve(process.env.AZURE_SPECS_DIR ?? join(__dirname, '../../../shared/specs'), 'specification');

/** The folders of the documents, one for each api-version, and all documents in them. */
export const documents: Readonly<Record<string, readonly string[]>> = {
  'sql/resource-manager/Microsoft.Sql/preview/2020-11-01-preview': [
    'EncryptionProtectors.json',
    'ServerKeys.json',
    'Servers.json',
  ],
  'sql/resource-manager/Microsoft.Sql/stable/2021-11-01': [
    'DatabaseOperations.json',
    'Databases.json',
    'EncryptionProtectors.json',
    'FailoverGroups.json',
    'InstanceFailoverGroups.json',
    'ManagedInstanceEncryptionProtectors.json',
    'ManagedInstanceKeys.json',
    'ManagedInstanceOperations.json',
    'ManagedInstances.json',
    'Operations.json',
    'ReplicationLinks.json',
    'ServerKeys.json',
    'ServerOperations.json',
    'Servers.json',
    'TransparentDataEncryptions.json',
  ],
  'sql/resource-manager/Microsoft.Sql/stable/2023-08-01': [
    'DatabaseEncryptionProtectorRevalidate.json',
    'DatabaseEncryptionProtectorRevert.json',
    'DatabaseOperations.json',
    'Databases.json',
    'EncryptionProtectors.json',
    'FailoverGroups.json',
    'InstanceFailoverGroups.json',
    'ManagedInstanceEncryptionProtectors.json',
    'ManagedInstanceKeys.json',
    'ManagedInstanceOperations.json',
    'ManagedInstances.json',
    'Operations.json',
    'ReplicationLinks.json',
    'ServerKeys.json',
    'ServerOperations.json',
    'Servers.json',
    'TransparentDataEncryptions.json',
  ],
  'keyvault/resource-manager/Microsoft.KeyVault/stable/2023-07-01': [
    'common.json',
    'keys.json',
    'keysManagedHsm.json',
    'keyvault.json',
    'managedHsm.json',
    'providers.json',
    'secrets.json',
  ],
  'resourcegraph/resource-manager/Microsoft.ResourceGraph/stable/2021-03-01': ['graphquery.json', 'resourcegraph.json'],
  'resources/resource-manager/Microsoft.Resources/stable/2022-12-01': ['subscriptions.json'],
  'authorization/resource-manager/Microsoft.Authorization/stable/2022-04-01': [
    'authorization-DenyAssignmentCalls.json',
    'authorization-ProviderOperationsCalls.json',
    'authorization-RoleAssignmentsCalls.json',
    'authorization-RoleDefinitionsCalls.json',
    'common-types.json',
  ],
  'msi/resource-manager/Microsoft.ManagedIdentity/stable/2023-01-31': ['ManagedIdentity.json'],
};

/** The known differences between Azure and its documents. Each concerns one property of one document. */
const knownDifferences: { code: string; at: string; message?: RegExp }[] = [
  // The documents mark create-only properties with x-ms-mutability [create], which means write-only. Azure returns both.
  ...['ServerKeyProperties', 'ManagedInstanceKeyProperties'].flatMap((definition) =>
    ['serverKeyType', 'uri'].map((property) => ({
      code: 'WRITEONLY_PROPERTY_NOT_ALLOWED_IN_RESPONSE',
      at: `#/definitions/${definition}/properties/${property}`,
    })),
  ),
  // The documents require nextLink, but Azure omits it on the last page.
  { code: 'OBJECT_MISSING_REQUIRED_PROPERTY', at: '#/definitions/SubscriptionListResult', message: /: nextLink$/ },
  { code: 'OBJECT_MISSING_REQUIRED_PROPERTY', at: '#/definitions/TenantListResult', message: /: nextLink$/ },
  // In a parser failure of Resource Graph, line and column are numbers and the token is text.
  { code: 'INVALID_TYPE', at: '#/definitions/ErrorDetails/additionalProperties', message: /type object/ },
];

/** Fails if an answer to a request differs from the documents. */
export type CheckAnswer = (method: string, url: string, answer: HttpAnswer) => Promise<void>;

/** Loads the documents, which takes about a second. */
export async function loadDocuments(): Promise<CheckAnswer> {
  log.consoleLogLevel = 'error';
  const validator = new LiveValidator({
    directory: specs,
    swaggerPathsPattern: Object.entries(documents).flatMap(([folder, names]) =>
      names.map((name) => `${folder}/${name}`),
    ),
    git: { shouldClone: false },
    loadValidatorInInitialize: false,
  });
  await validator.initialize();
  return async (method, url, answer) => {
    const response = {
      statusCode: String(answer.status),
      headers: { 'content-type': 'application/json', ...(answer.headers as Record<string, string>) },
      ...(answer.text !== '' && { body: answer.body }),
    };
    const result = await validator.validateLiveResponse(response, { url, method });
    assert.equal(result.runtimeException, undefined, JSON.stringify(result.runtimeException));
    const differences = result.errors
      .map(({ code, message, source, pathsInPayload }) => ({ code, message, at: source.jsonRef ?? '', pathsInPayload }))
      .filter(
        (error) =>
          !knownDifferences.some(
            (known) => known.code === error.code && known.at === error.at && (known.message ?? /./).test(error.message),
          ),
      );
    assert.deepEqual(differences, [], `${method} ${url}\n${answer.text}`);
  };
}
