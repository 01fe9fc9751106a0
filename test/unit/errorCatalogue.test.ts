import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import {
  catalogueCodes,
  catalogueRow,
  type CatalogueRow,
  type Names,
  type RetryMode,
} from '../../src/core/errors/errorCatalogue';
import { noNames } from '../errorsDocument';

/** The codes of the REST reference "Server Keys - Create Or Update", by status; after a slash what a retry needs. */
const reference: Readonly<Record<number, string>> = {
  400: `InvalidKeyName/afterFix InvalidKeyType/afterFix InvalidUpsertKeyType/never InvalidKeyUpsertRequest/afterFix
    SecurityAdalPrincipalCertExpiredError/auto AkvHostNotResolvingFromNode/auto
    SecurityInvalidAzureKeyVaultRecoveryLevel/afterFix KeyMaterialNotFoundOnRemoteServer/afterFix
    AzureKeyVaultRsaKeyNotSupported/afterFix AzureKeyVaultKeyDisabled/afterFix
    AzureKeyVaultInvalidExpirationDate/afterFix SameKeyUriNotFoundOnRemoteServer/afterFix
    SecurityAzureKeyVaultUrlNullOrEmpty/afterFix SameKeyMaterialNotFoundOnRemoteServer/afterFix
    PerDatabaseCMKRestoreNotSupported/afterFix AzureKeyVaultNoServerIdentity/afterFix
    PerDatabaseCMKHSNotSupported/afterFix AzureKeyVaultInvalidUri/afterFix AzureKeyVaultMissingPermissions/afterFix
    UmiMissingAkvPermissions/afterFix AkvEndpointNotReachableFromNode/auto SecurityAzureKeyVaultInvalidKeyName/afterFix
    AdalGenericError/auto AdalServicePrincipalNotFound/auto AzureKeyVaultMalformedVaultUri/afterFix
    SecurityAzureKeyVaultGeoChainError/afterFix PerDatabaseCMKDWNotSupported/never`,
  404: `SubscriptionDoesNotHaveServer/afterFix ServerNotInSubscriptionResourceGroup/afterFix ResourceNotFound/afterFix
    OperationIdNotFound/never`,
  409: `ServerKeyNameAlreadyExists/never ServerKeyUriAlreadyExists/never ServerKeyDoesNotExists/afterFix
    AzureKeyVaultKeyNameNotFound/afterFix AzureKeyVaultKeyInUse/afterFix OperationCancelled/never
    OperationInterrupted/auto`,
  429: 'SubscriptionTooManyCreateUpdateRequests/auto SubscriptionTooManyRequests/auto',
  500: 'OperationTimedOut/auto',
  503: 'AzureKeyVaultConnectionFailed/auto AzureKeyVaultGenericConnectionError/auto TooManyRequests/auto',
};

const expected = Object.entries(reference).flatMap(([status, list]) =>
  list.split(/\s+/).map((entry) => {
    const [code = '', retryMode = ''] = entry.split('/');
    return { code, status: Number(status), retryMode: retryMode as RetryMode };
  }),
);

const surrounding: Readonly<Record<string, RetryMode>> = {
  AuthorizationFailed: 'afterFix',
  InvalidAuthenticationToken: 'auto',
  ExpiredAuthenticationToken: 'auto',
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
  InvalidSettings: 'afterFix',
  UnexpectedHost: 'never',
  OperationFailed: 'afterFix',
  RequestTimeout: 'auto',
  ConnectionFailed: 'auto',
  CertificateNotTrusted: 'afterFix',
  SignInRequired: 'afterFix',
  NotSignedIn: 'afterFix',
  TenantSignInRequired: 'afterFix',
  StepUpRequired: 'afterFix',
  SignInFailed: 'afterFix',
  VersionlessNotSupported: 'never',
  KeyAlreadyExists: 'never',
  ChangeNotThere: 'auto',
  ServerKeyStillThere: 'auto',
  UnexpectedAnswer: 'auto',
  UnexpectedError: 'afterFix',
  InvalidAuthenticationTokenTenant: 'auto',
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
  33183: 'afterFix',
  33184: 'afterFix',
  40925: 'afterFix',
  40981: 'afterFix',
};

/** The other codes that are known to come with server keys, TDE protectors and vaults, by status. */
const collected: Readonly<Record<number, string>> = {
  400: `InvalidEncryptionProtectorName DatabaseLevelEncryptionProtectorDoesNotExist
    RevertDatabaseLevelKeyOnlySupportedWithSMK AzureKeyVaultKeyUsedOnGeoPrimary AzureKeyVaultKeyNameCurrentlyInUse
    AzureKeyVaultKeyThumbprintIsDifferent OldGenerationOfAKVKeyBeingUsedError
    BlockSystemAssignedIdentityForCrossTenantCMK CMKOperationNotAllowed MissingKeyVaultUriForRestore
    CannotDropDatabaseAKVError CreateDatabaseAttemptedWithRotationInProgress
    PerDatabaseCMKMissingIdentityOnGeoSecondaryDatabase PerDatabaseCMKAKVKeyMaterialMissingOnGeoSecondary
    PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeys
    PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeysWithDatabaseName
    AzureKeyVaultTenantValidationForFabricFailed ManagedInstanceStoppingOrStopped ManagedInstanceStarting
    AkvKeyDisabled AkvKeyOperationNotAllowed AkvKeyOperationNotAllowedByRBAC AkvKeyOperationNotAllowedByFirewall
    AkvKeyAccessDenied AkvKeyAccessGeneral403 AkvKeyDeleted AkvKeyTimeout AkvKeyDNS
    ManagedInstanceNoConditionToMakeDatabaseAccessible MissingIdentityId InvalidPrimaryIdentityId
    MissingPrimaryIdentity PrimaryIdentityMissingPermissionForKeyId InvalidIdentityTypeForKeyId
    ProvisioningDisabled AzureKeyVaultClientError MissingAsymmetricKeyOnTargetServer NoRegisteredProviderFound
    InvalidApiVersionParameter PrincipalNotFound`,
  401: `InvalidAuthenticationToken ExpiredAuthenticationToken InvalidAuthenticationTokenTenant`,
  403: `AuthorizationFailed LinkedAuthorizationFailed RequestDisallowedByPolicy Forbidden`,
  404: `ServerKeyNotFound SubscriptionNotFound ResourceGroupNotFound ParentResourceNotFound KeyNotFound VaultNotFound`,
  409: `EncryptionProtectorChangeInProgress CannotCancelOperation UpsertLogicalServerRequestAlreadyInProgress
    ServerDisabled ConflictingServerOperation SubscriptionDisabled FailoverGroupBusy ScopeLocked
    MissingSubscriptionRegistration Conflict AnotherOperationInProgress RoleAssignmentExists`,
  429: `ConflictingSubscriptionOperation SubscriptionRequestsThrottled RateLimiting Throttled`,
  500: `InternalServerError`,
  503: `DatabaseUnavailable ServiceUnavailable`,
  504: `RequestTimeout GatewayTimeout`,
};

/** Throttling has one row under three names, and a copy without all keys under two. */
const sameAsAnother = [
  'SubscriptionRequestsThrottled',
  'RateLimiting',
  'PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeysWithDatabaseName',
];

const names: Names = {
  action: ' "ACTION"',
  remote: ' "REMOTE"',
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

describe('the catalogue of errors', () => {
  it('has each of the 44 documented codes, with its status and what a retry needs', () => {
    assert.equal(expected.length, 44);
    for (const { code, status, retryMode } of expected) {
      const { statuses, documented, ...rest } = row(code);
      assert.deepEqual([code, statuses, rest.retryMode, documented], [code, [status], retryMode, true]);
    }
  });

  it('explains what surrounds every call too, and marks it as not documented for server keys', () => {
    for (const [code, retryMode] of Object.entries(surrounding)) {
      assert.deepEqual([code, row(code).retryMode, row(code).documented], [code, retryMode, false]);
    }
  });

  it('has every code that was collected besides, with its status', () => {
    const entries = Object.entries(collected).flatMap(([status, list]) =>
      list.split(/\s+/).map((code) => ({ code, status: Number(status) })),
    );
    assert.equal(new Set([...expected, ...entries].map(({ code }) => code)).size, 119);
    for (const { code, status } of entries) assert.deepEqual([code, row(code).statuses], [code, [status]]);
  });

  it('has no other codes', () => {
    assert.deepEqual(
      [...catalogueCodes()].sort(),
      [...expected.map(({ code }) => code), ...Object.keys(surrounding)].sort(),
    );
  });

  it('knows every code that the product makes itself', () => {
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

  it('has no row for other words, not even for those every object answers to', () => {
    for (const code of ['', 'Nonsense', 'constructor', '__proto__', 'toString', 'invalidkeyname']) {
      assert.equal(catalogueRow(code), undefined, code);
    }
  });

  it('links every code of the service to a page of the documentation, in the language of the reader', () => {
    for (const code of catalogueCodes()) {
      const { link, statuses } = row(code);
      if (link === undefined) assert.deepEqual(statuses, [], `${code} comes from the service and has no page`);
      else
        assert.match(
          link,
          /^https:\/\/learn\.microsoft\.com\/(?!en-us)[a-z][a-z0-9/-]+[a-z](\?view=[a-z0-9-]+)?$/,
          code,
        );
    }
  });
});

describe('the words of every row', () => {
  for (const code of catalogueCodes()) {
    it(`are complete and in the tone of the product: ${code}`, () => {
      const { title, what, cause, remedies } = row(code).texts(noNames);
      assert.match(title, /^[A-Z][^.]{5,60}$/);
      assert.match(what, /^[A-Z][^.]+\.$/, 'one sentence');
      assert.ok(what.length <= 110, what);
      assert.match(cause, /^[A-Z].+\.$/);
      assert.ok(cause.length <= 170, cause);
      assert.ok(remedies.length > 0 && new Set(remedies).size === remedies.length);
      for (const remedy of remedies) assert.match(remedy, /^[A-Z].+\.$/);
      const all = [title, what, cause, ...remedies].join('\n');
      assert.doesNotMatch(all, /[!{}]|oops|please|sorry| {2}|AKV|BYOK|CMK|\bkid\b| \./i);
    });

    it(`name what failed: ${code}`, () => {
      assert.match(row(code).texts(names).what, / "(SERVER|KEY|RESOURCE|GROUP|SUB)"| \("ABOUT"\)/);
    });
  }

  it('differ from row to row, so that two failures are not confused', () => {
    const codes = catalogueCodes().filter((code) => !sameAsAnother.includes(code));
    const sentences = codes.map((code) => row(code).texts(noNames).what);
    const titles = codes.map((code) => row(code).texts(noNames).title);
    assert.equal(new Set(sentences).size, sentences.length);
    assert.equal(new Set(titles).size, titles.length);
  });
});
