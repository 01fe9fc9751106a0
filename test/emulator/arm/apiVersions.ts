import { byGateway } from '../base/answer';

/**
 * The api-versions of public Azure that current SDKs and command-line tools send, newest first.
 * They exclude 2015-05-01-preview of Microsoft.Sql, whose answers have a different shape.
 */
const byNamespace: Record<string, string[]> = {
  'Microsoft.Sql': [
    '2025-08-01-preview',
    '2025-02-01-preview',
    '2025-01-01',
    '2024-11-01-preview',
    '2024-05-01-preview',
    '2023-08-01',
    '2023-08-01-preview',
    '2023-05-01-preview',
    '2023-02-01-preview',
    '2022-11-01-preview',
    '2022-08-01-preview',
    '2022-05-01-preview',
    '2022-02-01-preview',
    '2021-11-01',
    '2021-11-01-preview',
    '2021-08-01-preview',
    '2021-05-01-preview',
    '2021-02-01-preview',
    '2020-11-01-preview',
    '2020-08-01-preview',
    '2020-02-02-preview',
  ],
  'Microsoft.KeyVault': [
    '2026-02-01',
    '2025-05-01',
    '2024-11-01',
    '2023-07-01',
    '2023-02-01',
    '2022-07-01',
    '2019-09-01',
  ],
  'Microsoft.ResourceGraph': ['2024-04-01', '2022-10-01', '2021-03-01'],
  'Microsoft.Authorization': [
    '2022-04-01',
    '2020-05-01',
    '2018-07-01',
    '2018-01-01-preview',
    '2016-09-01',
    '2015-07-01',
  ],
  'Microsoft.Insights': ['2015-04-01', '2014-04-01'],
  'Microsoft.PolicyInsights': ['2024-10-01', '2023-03-01', '2022-03-01'],
  'Microsoft.ManagedIdentity': ['2024-11-30', '2023-01-31', '2022-01-31-preview', '2018-11-30'],
  'Microsoft.Resources': [
    '2024-11-01',
    '2022-12-01',
    '2022-09-01',
    '2022-01-01',
    '2021-04-01',
    '2021-01-01',
    '2020-01-01',
    '2019-11-01',
    '2016-06-01',
    '2015-11-01',
  ],
};

/** Resource types with other api-versions than the rest of their namespace. */
const byType: Record<string, string[]> = {
  'Microsoft.Authorization/policyAssignments': [
    '2025-03-01',
    '2025-01-01',
    '2024-05-01',
    '2024-04-01',
    '2023-04-01',
    '2022-06-01',
    '2021-06-01',
    '2020-09-01',
  ],
  'Microsoft.Authorization/policyDefinitions': ['2025-03-01', '2025-01-01', '2024-05-01', '2023-04-01', '2021-06-01'],
};

/** The namespaces that the emulator serves, and the resource types with other api-versions. */
export const namespaces = Object.keys(byNamespace);
export const typesWithOwnVersions = Object.keys(byType);

const namespaceOf = (type: string): string => type.split('/')[0] ?? '';

/** `overrides`, an option of the emulator, simulates a cloud with fewer api-versions. An entry for a resource type overrides one for its namespace. */
export const versionsOf = (type: string, overrides: Record<string, string[]>): string[] =>
  overrides[type] ?? overrides[namespaceOf(type)] ?? byType[type] ?? byNamespace[namespaceOf(type)] ?? [];

interface VersionCheck {
  method: string;
  type: string;
  version: string | undefined;
  supported: string[];
}

/** For an unknown api-version, ARM reports an unknown type if the request reads, and an unregistered provider if it writes. */
export function checkApiVersion({ method, type, version, supported }: VersionCheck): void {
  const list = `'${supported.join(',')}'`;
  if (version === undefined || version === '') {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw byGateway(400, 'MissingApiVersionParameter', message);
  }
  if (supported.some((known) => known.toLowerCase() === version.toLowerCase())) return;
  if (!/^\d{4}-\d\d-\d\d(-[a-z]+)?$/i.test(version)) {
    const message = `The api-version '${version}' is invalid. The supported versions are ${list}.`;
    throw byGateway(400, 'InvalidApiVersionParameter', message);
  }
  const [namespace, ...names] = type.split('/');
  const name = names.join('/');
  if (method === 'GET' || method === 'DELETE') {
    const message = `The resource type '${name}' could not be found in the namespace '${namespace ?? ''}' for api version '${version}'. The supported api-versions are ${list}.`;
    throw byGateway(404, 'InvalidResourceType', message);
  }
  const message = `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${name}'. The supported api-versions are ${list}. The supported locations are 'westeurope, northeurope, eastus'.`;
  throw byGateway(400, 'NoRegisteredProviderFound', message);
}
