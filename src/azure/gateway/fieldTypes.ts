import { asObject } from './failures';

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isNumber: Test = (value) => typeof value === 'number';
const isFlag: Test = (value) => typeof value === 'boolean';
const isObject: Test = (value) => typeof value === 'object' && !Array.isArray(value);
const isListOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every((item) => item !== null && test(item));

function isAccessPolicy(value: unknown): boolean {
  const { objectId, permissions } = asObject(value) ?? {};
  const granted = asObject(permissions);
  return granted !== undefined && isText(objectId) && isListOf(isText)(granted.keys ?? []);
}

const tested = (test: Test, names: string): (readonly [string, Test])[] =>
  names.split(/\s+/).map((name) => [name, test]);

/** The fields of responses that azure/ reads. Azure may omit them or send null. */
const types: ReadonlyMap<string, Test> = new Map([
  ...tested(
    isText,
    'id name type location resourceGroup subscriptionId tenantId displayName defaultDomain tenantCategory',
  ),
  ...tested(
    isText,
    'state uri thumbprint keyVersion keyId subregion kind serverKeyType serverKeyName encryptionProtector kty keyUri keyUriWithVersion vaultUri hsmUri',
  ),
  ...tested(
    isText,
    'principalId objectId applicationId primaryUserAssignedIdentityId primaryUserAssigned federatedClientId',
  ),
  ...tested(
    isText,
    'roleDefinitionId roleName condition managedBy denyAssignmentName reason scope level linkType partnerServer partnerDatabaseId partnerRole partnerLocation replicationRole replicationState',
  ),
  ...tested(
    isText,
    'operation operationFriendlyName provisioningState defaultAction bypass publicNetworkAccess activationStatus',
  ),
  ...tested(isNumber, 'keySize created exp nbf'),
  ...tested(
    isFlag,
    'enabled autoRotationEnabled encryptionProtectorAutoRotation enableSoftDelete enablePurgeProtection enableRbacAuthorization purgeProtection',
  ),
  ...tested(isObject, 'properties identity attributes networkAcls securityDomainProperties rotationPolicy'),
  ...tested((ids) => isObject(ids) && isListOf(isObject)(Object.values(asObject(ids) ?? {})), 'userAssignedIdentities'),
  ...tested(isListOf(isObject), 'permissions ipRules virtualNetworkRules privateEndpointConnections lifetimeActions'),
  ...tested(isListOf(isAccessPolicy), 'accessPolicies'),
  ...tested(
    isListOf((server) => isText(asObject(server)?.id)),
    'partnerServers',
  ),
  ...tested(isListOf(isText), 'keyOps actions notActions dataActions notDataActions'),
]);

/** These are never null. */
const required: ReadonlySet<string> = new Set(['id', 'name']);

/** No field that azure/ reads is deeper. */
const deepest = 10;

/** Whether the fields that azure/ reads have the types that it expects. The SDKs pass on whatever a response has. */
export function hasExpectedTypes(value: unknown, name = '', depth = 0): boolean {
  if (value === null || value === undefined) return !required.has(name);
  if (types.get(name)?.(value) === false) return false;
  if (typeof value !== 'object' || depth === deepest) return true;
  // Its permissions are no list, unlike those of a role.
  if (name === 'accessPolicies') return true;
  const isList = Array.isArray(value);
  return Object.entries(value).every(
    // Users choose the names of tags.
    ([key, part]) => (!isList && key === 'tags') || hasExpectedTypes(part, isList ? '' : key, depth + 1),
  );
}
