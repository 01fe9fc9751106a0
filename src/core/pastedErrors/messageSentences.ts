import type { ErrorCode } from '../errors/errorCatalogue';

/**
 * Sentences that Azure sends without a code, and their codes. The first match is used, so a specific sentence comes
 * before a general one. Sources: the error list of the REST reference, database engine messages 33183–45415, "Common errors with
 * customer-managed keys", the activity log.
 */
const sentences: readonly (readonly [contains: RegExp, code: ErrorCode])[] = [
  [/managed identity with id .{0,400}?requires the following azure key vault permissions/, 'UmiMissingAkvPermissions'],
  [/primaryuserassignedidentityid provided by user does not have access/, 'UmiMissingAkvPermissions'],
  [/requires the following azure key vault permissions/, 'AzureKeyVaultMissingPermissions'],
  [/requires the key vault crypto service encryption user permission/, 'AzureKeyVaultMissingPermissions'],
  [/server is missing required permissions on the azure key vault/, 'AzureKeyVaultMissingPermissions'],
  [/invalid value was given for the server key name/, 'InvalidKeyName'],
  [/create server key type is not supported/, 'InvalidKeyType'],
  [/service-managed tde keys are managed by the service/, 'InvalidUpsertKeyType'],
  [/create server key request does not exist or has no properties object/, 'InvalidKeyUpsertRequest'],
  [/azure key vault principal certificate has expired/, 'SecurityAdalPrincipalCertExpiredError'],
  [/akv host .{1,300}? is not resolvable from sql/, 'AkvHostNotResolvingFromNode'],
  [
    /provided key vault uri .{0,300}?is not valid\. please ensure the (?:key vault has been configured with soft-delete|vault has the right recovery level)/,
    'SecurityInvalidAzureKeyVaultRecoveryLevel',
  ],
  [/provided key vault uri .{0,300}?is not valid/, 'AzureKeyVaultMalformedVaultUri'],
  [/remote server does not have access to key material used as a tde protector/, 'KeyMaterialNotFoundOnRemoteServer'],
  [/uses unsupported rsa key size or key type/, 'AzureKeyVaultRsaKeyNotSupported'],
  [/because the azure key vault key .{0,200}?is disabled/, 'AzureKeyVaultKeyDisabled'],
  [/azure key vault key .{0,200}?expiration date is invalid/, 'AzureKeyVaultInvalidExpirationDate'],
  [/does not have the key material from the same key vault as the primary/, 'SameKeyUriNotFoundOnRemoteServer'],
  [/does not have the key material of the primary server/, 'SameKeyMaterialNotFoundOnRemoteServer'],
  [/azure key vault uri is null or empty/, 'SecurityAzureKeyVaultUrlNullOrEmpty'],
  [/restore is not supported when database-level cmk is configured/, 'PerDatabaseCMKRestoreNotSupported'],
  [/database-level cmk in preview is not supported for hyperscale/, 'PerDatabaseCMKHSNotSupported'],
  [/database-level cmk in preview is not supported for data\s?warehouse/, 'PerDatabaseCMKDWNotSupported'],
  [/server identity is not correctly configured/, 'AzureKeyVaultNoServerIdentity'],
  [/invalid response from azure key vault/, 'AzureKeyVaultInvalidUri'],
  [/akv endpoint .{1,300}? is not reachable from sql/, 'AkvEndpointNotReachableFromNode'],
  [/because .{0,200}?an invalid server key name/, 'SecurityAzureKeyVaultInvalidKeyName'],
  [
    /(?:service principal not found error was encountered|active directory error was encountered\. please ensure .{0,300}?belong to the same tenant)/,
    'AdalServicePrincipalNotFound',
  ],
  [/an azure active directory error was encountered/, 'AdalGenericError'],
  [/creating secondary of secondary .{0,60}is not supported/, 'SecurityAzureKeyVaultGeoChainError'],
  [/does not exist in the specified resource group and subscription/, 'ServerNotInSubscriptionResourceGroup'],
  [/requested server key was not found/, 'ServerKeyNotFound'],
  [/requested server was not found/, 'SubscriptionDoesNotHaveServer'],
  [/requested resource .{0,300}?was not found/, 'ResourceNotFound'],
  [/operation with id .{0,100}does not exist/, 'OperationIdNotFound'],
  [/server key already exists on the server/, 'ServerKeyNameAlreadyExists'],
  [/server key uri already exists on the server/, 'ServerKeyUriAlreadyExists'],
  [/server key (?:'[^']{0,300}' )?does not exist/, 'ServerKeyDoesNotExists'],
  [/azure key vault key name .{0,300}?does not exist/, 'AzureKeyVaultKeyNameNotFound'],
  [/azure key vault key name .{0,300}?is currently set as server encryption protector/, 'AzureKeyVaultKeyInUse'],
  [/key is currently being used by the server/, 'AzureKeyVaultKeyInUse'],
  [/operation has been cancelled by user/, 'OperationCancelled'],
  [/interrupted by another operation on the same resource/, 'OperationInterrupted'],
  [/beyond max requests that can be processed by available resources/, 'SubscriptionTooManyRequests'],
  [/operation timed out and automatically rolled back/, 'OperationTimedOut'],
  [/attempts to connect to azure key vault .{0,300}?have failed/, 'AzureKeyVaultConnectionFailed'],
  [/when attempting to retrieve key vault information/, 'AzureKeyVaultGenericConnectionError'],
  [/an operation is currently in progress for the server/, 'ConflictingServerOperation'],
  [/does not have authorization to perform action/, 'AuthorizationFailed'],
  [/was disallowed by policy/, 'RequestDisallowedByPolicy'],
  [/cannot perform (?:write|delete) operation because .{0,300}?locked/, 'ScopeLocked'],
  [/is not accessible due to azure key vault critical error/, '40981'],
  [/has lost access to azure key vault key/, '40981'],
  [/inaccessible and requires user to (?:resolve azure key vault errors|re-establish access)/, '40981'],
  [/can\s?not connect to the database in its current state/, '40925'],
  [/the azure key vault client encountered an error with message/, '33183'],
  [/occurred while obtaining information for the azure key vault client/, '33184'],
];

/** A recognized sentence: its position in the text, and its code. */
export interface RecognizedSentence {
  readonly at: number;
  readonly end: number;
  readonly code: ErrorCode;
}

/** Spaces match any white space, because tools wrap their output; gaps end with the sentence. */
const patterns = sentences.map(([contains, code]) => ({
  pattern: new RegExp(
    contains.source.replaceAll(' ', String.raw`\s{1,40}`).replaceAll('.{', String.raw`(?:(?!\.\s|\n\n).){`),
    'gis',
  ),
  code,
}));

/** The sentences in a text, in order; each code once. */
export function recognizeSentences(text: string): readonly RecognizedSentence[] {
  const taken: RecognizedSentence[] = [];
  for (const { pattern, code } of patterns) {
    if (taken.some((other) => other.code === code)) continue;
    for (const { index: at, 0: sentence } of text.matchAll(pattern)) {
      const end = at + sentence.length;
      if (taken.some((other) => other.at < end && at < other.end)) continue;
      taken.push({ at, end, code });
      break;
    }
  }
  return taken.sort((a, b) => a.at - b.at);
}
