import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { CatalogueRow, Names, RetryMode } from '../../src/core/errors/catalogueRow';
import {
  catalogueCodes,
  catalogueNumbers,
  catalogueRow,
  codeOf,
  isErrorCode,
  type ErrorCode,
} from '../../src/core/errors/errorCatalogue';
import { ownErrors } from '../../src/core/errors/rows/ownErrors';
import { documentedCodes, otherServiceCodes } from '../errorCodes';
import { noNames } from '../errorsDocument';
import { officialCodes } from '../officialCodes';

const retryModes: Readonly<Record<ErrorCode, RetryMode>> = {
  InvalidKeyName: 'afterFix',
  InvalidKeyType: 'afterFix',
  InvalidUpsertKeyType: 'never',
  InvalidKeyUpsertRequest: 'afterFix',
  SecurityAzureKeyVaultUrlNullOrEmpty: 'afterFix',
  AzureKeyVaultInvalidUri: 'afterFix',
  AzureKeyVaultMalformedVaultUri: 'afterFix',
  SecurityAzureKeyVaultInvalidKeyName: 'afterFix',
  ServerKeyNameAlreadyExists: 'never',
  ServerKeyUriAlreadyExists: 'never',
  ServerKeyDoesNotExists: 'afterFix',
  AzureKeyVaultKeyInUse: 'afterFix',
  AkvHostNotResolvingFromNode: 'auto',
  AkvEndpointNotReachableFromNode: 'auto',
  AzureKeyVaultConnectionFailed: 'auto',
  AzureKeyVaultGenericConnectionError: 'auto',
  SecurityInvalidAzureKeyVaultRecoveryLevel: 'afterFix',
  AzureKeyVaultKeyNameNotFound: 'afterFix',
  AzureKeyVaultKeyDisabled: 'afterFix',
  AzureKeyVaultInvalidExpirationDate: 'afterFix',
  AzureKeyVaultRsaKeyNotSupported: 'afterFix',
  AzureKeyVaultNoServerIdentity: 'afterFix',
  AzureKeyVaultMissingPermissions: 'afterFix',
  UmiMissingAkvPermissions: 'afterFix',
  AdalServicePrincipalNotFound: 'auto',
  AdalGenericError: 'auto',
  SecurityAdalPrincipalCertExpiredError: 'auto',
  KeyMaterialNotFoundOnRemoteServer: 'afterFix',
  SameKeyMaterialNotFoundOnRemoteServer: 'afterFix',
  SameKeyUriNotFoundOnRemoteServer: 'afterFix',
  SecurityAzureKeyVaultGeoChainError: 'afterFix',
  PerDatabaseCMKRestoreNotSupported: 'afterFix',
  PerDatabaseCMKHSNotSupported: 'afterFix',
  PerDatabaseCMKDWNotSupported: 'never',
  SubscriptionDoesNotHaveServer: 'afterFix',
  ServerNotInSubscriptionResourceGroup: 'afterFix',
  ResourceNotFound: 'afterFix',
  OperationIdNotFound: 'auto',
  OperationCancelled: 'auto',
  OperationInterrupted: 'auto',
  SubscriptionTooManyCreateUpdateRequests: 'auto',
  SubscriptionTooManyRequests: 'auto',
  OperationTimedOut: 'auto',
  TooManyRequests: 'auto',
  InvalidAuthenticationToken: 'auto',
  ExpiredAuthenticationToken: 'auto',
  SignInRequired: 'afterFix',
  NotSignedIn: 'afterFix',
  TenantSignInRequired: 'afterFix',
  StepUpRequired: 'afterFix',
  SignInFailed: 'afterFix',
  SignInUnavailable: 'afterFix',
  CloudSetByWorkspace: 'afterFix',
  AuthorizationFailed: 'afterFix',
  ScopeLocked: 'afterFix',
  SubscriptionNotFound: 'afterFix',
  ResourceGroupNotFound: 'afterFix',
  ParentResourceNotFound: 'afterFix',
  NoRegisteredProviderFound: 'afterFix',
  ConflictingServerOperation: 'auto',
  InternalServerError: 'auto',
  ServiceUnavailable: 'auto',
  GatewayTimeout: 'auto',
  ServerKeyNotFound: 'afterFix',
  RequestDisallowedByPolicy: 'afterFix',
  Http429: 'auto',
  SubscriptionRequestsThrottled: 'auto',
  RateLimiting: 'auto',
  InvalidAuthenticationTokenTenant: 'afterFix',
  LinkedAuthorizationFailed: 'afterFix',
  MissingSubscriptionRegistration: 'afterFix',
  InvalidApiVersionParameter: 'afterFix',
  Conflict: 'auto',
  AnotherOperationInProgress: 'auto',
  PrincipalNotFound: 'auto',
  RoleAssignmentExists: 'never',
  Forbidden: 'afterFix',
  KeyNotFound: 'afterFix',
  VaultNotFound: 'afterFix',
  Throttled: 'auto',
  MissingIdentityId: 'afterFix',
  InvalidPrimaryIdentityId: 'afterFix',
  MissingPrimaryIdentity: 'afterFix',
  PrimaryIdentityMissingPermissionForKeyId: 'afterFix',
  InvalidIdentityTypeForKeyId: 'afterFix',
  UpsertLogicalServerRequestAlreadyInProgress: 'auto',
  ServerDisabled: 'afterFix',
  SubscriptionDisabled: 'afterFix',
  ConflictingSubscriptionOperation: 'auto',
  ProvisioningDisabled: 'never',
  FailoverGroupBusy: 'auto',
  InvalidEncryptionProtectorName: 'afterFix',
  EncryptionProtectorChangeInProgress: 'auto',
  AzureKeyVaultKeyUsedOnGeoPrimary: 'afterFix',
  AzureKeyVaultKeyNameCurrentlyInUse: 'afterFix',
  AzureKeyVaultKeyThumbprintIsDifferent: 'afterFix',
  OldGenerationOfAKVKeyBeingUsedError: 'afterFix',
  BlockSystemAssignedIdentityForCrossTenantCMK: 'afterFix',
  AzureKeyVaultTenantValidationForFabricFailed: 'afterFix',
  CMKOperationNotAllowed: 'afterFix',
  CannotCancelOperation: 'never',
  AzureKeyVaultClientError: 'auto',
  DatabaseLevelEncryptionProtectorDoesNotExist: 'afterFix',
  RevertDatabaseLevelKeyOnlySupportedWithSMK: 'afterFix',
  PerDatabaseCMKMissingIdentityOnGeoSecondaryDatabase: 'afterFix',
  PerDatabaseCMKAKVKeyMaterialMissingOnGeoSecondary: 'afterFix',
  PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary: 'afterFix',
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeys: 'afterFix',
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeysWithDatabaseName: 'afterFix',
  MissingKeyVaultUriForRestore: 'afterFix',
  MissingAsymmetricKeyOnTargetServer: 'afterFix',
  CannotDropDatabaseAKVError: 'afterFix',
  CreateDatabaseAttemptedWithRotationInProgress: 'auto',
  DatabaseUnavailable: 'auto',
  ManagedInstanceStoppingOrStopped: 'afterFix',
  ManagedInstanceStarting: 'auto',
  AkvKeyDisabled: 'afterFix',
  AkvKeyOperationNotAllowed: 'afterFix',
  AkvKeyOperationNotAllowedByRBAC: 'afterFix',
  AkvKeyOperationNotAllowedByFirewall: 'afterFix',
  AkvKeyAccessDenied: 'afterFix',
  AkvKeyAccessGeneral403: 'afterFix',
  AkvKeyDeleted: 'afterFix',
  AkvKeyTimeout: 'auto',
  AkvKeyDNS: 'auto',
  ManagedInstanceNoConditionToMakeDatabaseAccessible: 'afterFix',
  RequestTimeout: 'auto',
  ConnectionFailed: 'auto',
  ProxyAuthenticationRequired: 'afterFix',
  CertificateNotTrusted: 'afterFix',
  VersionlessNotSupported: 'never',
  KeyAlreadyExists: 'never',
  KeyLifetimeNotSet: 'never',
  ServerKeyStillThere: 'auto',
  OutcomeUnknown: 'never',
  StoppedBeforeSending: 'auto',
  ChangeNotThere: 'auto',
  UnexpectedAnswer: 'auto',
  InvalidSettings: 'afterFix',
  ExtensionReadOnly: 'never',
  UnexpectedHost: 'never',
  InvalidAddress: 'never',
  OperationFailed: 'afterFix',
  UnexpectedError: 'afterFix',
  '33028': 'afterFix',
  '33049': 'afterFix',
  '33111': 'afterFix',
  '33183': 'afterFix',
  '33184': 'afterFix',
  '40925': 'afterFix',
  '40981': 'afterFix',
  DenyAssignmentAuthorizationFailed: 'afterFix',
  ForbiddenByFirewall: 'afterFix',
  ForbiddenByConnection: 'afterFix',
  ForbiddenByRbac: 'afterFix',
  ForbiddenByPolicy: 'afterFix',
  KeyDisabled: 'afterFix',
  ObjectIsDeletedButRecoverable: 'afterFix',
  ObjectIsBeingDeleted: 'auto',
  BlockedByOutboundFirewall: 'afterFix',
  ConflictingManagedInstanceOperation: 'auto',
  ManagedInstanceContainsInaccessibleDatabases: 'afterFix',
  AzureKeyVaultClientInfoError: 'auto',
  AzureKeyVaultMismatchError: 'afterFix',
  InvalidIdentityId: 'afterFix',
  InvalidNumberOfIdentities: 'afterFix',
  MultipleIdentitiesOnDatabase: 'afterFix',
  MultipleIdentityDelegationsOnDatabase: 'afterFix',
  MissingPrimaryDelegatedIdentityClientId: 'afterFix',
  CannotAssignIdentityToMaster: 'never',
  PerDatabaseCMKGeoReplicationNotSupported: 'afterFix',
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutDatabaseLevelEncryptionProtector: 'afterFix',
  SourceDatabaseEncryptionProtectorKeyUriRequiredForPerDatabaseCMKCopyOrReplication: 'afterFix',
  PerDatabaseCMKGeoPrimaryIsConfiguredWithDatabaseLevelEncryptionProtector: 'afterFix',
  PerDatabaseCMKGeoPrimaryIsNotConfiguredWithDatabaseLevelEncryptionProtector: 'afterFix',
  PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse: 'auto',
  PerDBCMKNotSupportedWithLTR: 'afterFix',
  IncorrectAccessToAzureKeyVault: 'afterFix',
  MissingThumbprintCrm: 'afterFix',
  DatabaseCreationBlockedForNonActivatedCMKServer: 'afterFix',
  EncryptionInProgress: 'auto',
  KeyChangeInProgress: 'auto',
  NeedsLogBackup: 'auto',
  NoBulkOperationLock: 'auto',
  NoDekLock: 'auto',
  CanNotChangeReadOnlyDuringTdeScan: 'auto',
  ReadOnly: 'afterFix',
  CanNotDropAlterOnMirror: 'never',
  AltStateConflict: 'afterFix',
  AttemptedEncryptionOnSystemDatabase: 'never',
  InvalidTransparentDataEncryptionName: 'never',
  InvalidTransparentDataEncryptionUpdateRequest: 'never',
  DatabaseDoesNotExist: 'afterFix',
  SourceDatabaseNotFound: 'afterFix',
  MakeDatabaseInaccessible: 'afterFix',
  MakeDatabaseAccessible: 'afterFix',
  MakeManagedDbInaccessible: 'afterFix',
  AADSTS1000901: 'afterFix',
  '40613': 'auto',
  '45349': 'auto',
  '45384': 'afterFix',
  '45594': 'afterFix',
  '45595': 'afterFix',
};

/** Codes that share a row with another. */
const sameAsAnother = [
  'SubscriptionRequestsThrottled',
  'RateLimiting',
  'PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeysWithDatabaseName',
  'MultipleIdentitiesOnDatabase',
  'NoDekLock',
  'SourceDatabaseNotFound',
  '33049',
];

const names: Names = {
  action: ' "ACTION"',
  role: 'ROLE',
  remote: ' "REMOTE"',
  policy: ' "POLICY"',
  definition: ' "DEFINITION"',
  says: '',
  server: ' "SERVER"',
  key: ' "KEY"',
  resource: ' "RESOURCE"',
  resourceGroup: ' "GROUP"',
  subscription: ' "SUB"',
  about: ' ("ABOUT")',
};

function row(code: string): CatalogueRow {
  const found = catalogueRow(code);
  assert.ok(found, code);
  return found;
}

describe('the error catalogue', () => {
  it('has each documented code', () => {
    assert.equal(Object.keys(documentedCodes).length, 44);
    for (const code of Object.keys(documentedCodes)) assert.ok(isErrorCode(code), code);
  });

  it('has every other code that a service is known to return', () => {
    assert.equal(Object.keys(otherServiceCodes).length, 119);
    for (const code of Object.keys(otherServiceCodes)) assert.ok(isErrorCode(code), code);
  });

  it('has every code that Azure SQL publishes for TDE', () => {
    assert.ok(officialCodes.length > 100);
    assert.deepEqual(
      officialCodes.filter((code) => !isErrorCode(code)),
      [],
    );
  });

  it('knows an error by its number in SQL clients too, and each number once', () => {
    assert.equal(codeOf('45330'), 'AzureKeyVaultMissingPermissions');
    assert.equal(codeOf('40981'), '40981');
    assert.equal(codeOf('AzureKeyVaultInvalidUri'), 'AzureKeyVaultInvalidUri');
    assert.equal(codeOf('45000'), '45000');
    const numbers = catalogueNumbers();
    assert.equal(new Set(numbers).size, numbers.length);
    for (const number of numbers) assert.ok(isErrorCode(codeOf(number)), number);
  });

  it('has a retry mode for each code, and no other codes', () => {
    assert.deepEqual([...catalogueCodes()].sort(), Object.keys(retryModes).sort());
    for (const [code, retryMode] of Object.entries(retryModes)) assert.equal(row(code).retryMode, retryMode, code);
  });

  it('gives no error of the product the code of a service', () => {
    assert.deepEqual(
      Object.keys(ownErrors).filter(
        (code) => officialCodes.includes(code) || code in documentedCodes || code in otherServiceCodes,
      ),
      // It means the same, whoever has waited too long.
      ['RequestTimeout'],
    );
  });

  it('has every code that the product creates itself', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const made = sources.flatMap((file) =>
      [...readFileSync(`src/${file}`, 'utf8').matchAll(/code: '(\w+)'/g)].map(([, code]) => code ?? ''),
    );
    assert.ok(made.length > 0);
    assert.deepEqual(
      made.filter((code) => !catalogueRow(code)),
      [],
    );
  });

  it('makes a misspelled code a compile error', () => {
    const misspelled = 'AzureKeyVaultKeyDisable';
    // If the type accepted any string, tsc would refuse "false" here.
    const isTyped: typeof misspelled extends ErrorCode ? true : false = false;
    assert.equal(isErrorCode(misspelled), isTyped);
  });

  it('has no row for other words, not even for names that every object has', () => {
    for (const code of ['', 'Nonsense', 'constructor', '__proto__', 'toString', 'invalidkeyname']) {
      assert.equal(catalogueRow(code), undefined, code);
    }
  });

  it("links every service code to a documentation page in the reader's language", () => {
    for (const code of catalogueCodes()) {
      const { page } = row(code);
      const isOfService = code in documentedCodes || code in otherServiceCodes;
      if (page === undefined) assert.ok(!isOfService, `${code} comes from the service and has no page`);
      else assert.match(page, /^(?!en-us)[a-z][a-z0-9/-]+[a-z0-9](\?view=[a-z0-9-]+)?$/, code);
    }
  });
});

describe('the texts of every row', () => {
  for (const code of catalogueCodes()) {
    it(`are complete and follow the style: ${code}`, () => {
      const { title, what, cause, steps } = row(code).texts(noNames);
      assert.match(title, /^[A-Z][^.]{5,60}$/);
      assert.match(what, /^[A-Z][^.]+\.$/, 'one sentence');
      assert.ok(what.length <= 110, what);
      assert.match(cause, /^[A-Z].+\.$/);
      assert.ok(cause.length <= 170, cause);
      assert.ok(steps.length > 0 && new Set(steps).size === steps.length);
      for (const step of steps) assert.match(step, /^[A-Z].+\.$/);
      const all = [title, what, cause, ...steps].join('\n');
      assert.doesNotMatch(all, /[!{}]|oops|please|sorry| {2}|AKV|BYOK|CMK|\bkid\b| \./i);
    });

    it(`name the resource: ${code}`, () => {
      assert.match(row(code).texts(names).what, / "(SERVER|KEY|RESOURCE|GROUP|SUB)"| \("ABOUT"\)/);
    });
  }

  it('differ from row to row', () => {
    const codes = catalogueCodes().filter((code) => !sameAsAnother.includes(code));
    const sentences = codes.map((code) => row(code).texts(noNames).what);
    const titles = codes.map((code) => row(code).texts(noNames).title);
    assert.equal(new Set(sentences).size, sentences.length);
    assert.equal(new Set(titles).size, titles.length);
  });
});
