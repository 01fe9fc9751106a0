import * as l10n from '@vscode/l10n';
import { databaseErrors } from './databaseErrors';
import {
  causeNotCreated,
  causeOneAtATime,
  fixAccount,
  fixAgain,
  fixAssign,
  fixChoose,
  fixCompareHost,
  fixCopyId,
  fixCreateFirst,
  fixDatabaseState,
  fixEnable,
  fixFewer,
  fixFirewall,
  fixForeignRights,
  fixFromId,
  fixGrant,
  fixHealth,
  fixIdForm,
  fixIdentity,
  fixInaccessible,
  fixKeepKey,
  fixKeyUsable,
  fixLook,
  fixMachine,
  fixOlderProtectors,
  fixPrincipal,
  fixProxy,
  fixRecoverKey,
  fixRecoverVault,
  fixReport,
  fixRevalidate,
  fixRsa,
  fixSignIn,
  fixSupport,
  fixThenPrimary,
  fixWait,
  fixWaitForRights,
  pageAboutKeys,
  pageAsync,
  pageCliKey,
  pageCliProtector,
  pageCommon,
  pageDatabase,
  pageDatabaseRestore,
  pageGeo,
  pageIdentity,
  pageLocks,
  pageNotFound,
  pageOverview,
  pageParent,
  pagePolicy,
  pageProvider,
  pageRecovery,
  pageRemove,
  pageRoles,
  pageRotation,
  pageServerKeys,
  pageSignIn,
  pageSoftDelete,
  pageThrottling,
  pageTroubleshoot,
  pageVaultNetwork,
  type Names,
  type RetryMode,
  type Row,
} from './errorRow';
import { gatewayErrors } from './gatewayErrors';
import { instanceErrors } from './instanceErrors';
import { protectorErrors } from './protectorErrors';
import { serverErrors } from './serverErrors';

export type { Names, RetryMode };

/** `what` is one sentence in the present tense; `remedies` stand in the order in which they are worth trying. */
export interface CatalogueTexts {
  readonly title: string;
  readonly what: string;
  readonly cause: string;
  readonly remedies: readonly string[];
}

export interface CatalogueRow {
  /** HTTP statuses the code is documented with; it arrives with others too, and is empty where there is no answer. */
  readonly statuses: readonly number[];
  readonly retryMode: RetryMode;
  /** A page of learn.microsoft.com. */
  readonly link?: string;
  /** Whether the REST reference "Server Keys - Create Or Update" lists the code. */
  readonly documented: boolean;
  /** Localised when called. */
  readonly texts: (names: Names) => CatalogueTexts;
}

/** The row of an error code, in the casing Azure writes it; undefined for codes that are not in the catalogue. */
export function catalogueRow(code: string): CatalogueRow | undefined {
  return rows.get(code);
}

/** Every code in the catalogue. */
export function catalogueCodes(): readonly string[] {
  return [...rows.keys()];
}

/** One fate under three names: of Resource Manager, of Resource Graph, and of an answer without a code. */
const throttled: Row = [
  [429],
  'auto',
  pageThrottling,
  ({ about }) => [
    l10n.t('Requests throttled'),
    l10n.t('Azure takes no more requests from this account for the moment{0}.', about),
    l10n.t('There were too many requests in a short time, from here or elsewhere.'),
    fixFewer(),
  ],
];

/** The codes of the REST reference "Server Keys - Create Or Update". */
const documented: Readonly<Record<string, Row>> = {
  InvalidKeyName: [
    [400],
    'afterFix',
    pageServerKeys,
    ({ key }) => [
      l10n.t('Wrong server key name'),
      l10n.t('The name of the server key{0} is not the one that follows from its key identifier.', key),
      l10n.t('The name must be vault_key_version, or vault_key for a versionless key identifier.'),
      fixFromId(),
      l10n.t('Check that vault name and key name have at most 94 characters together.'),
    ],
  ],
  InvalidKeyType: [
    [400],
    'afterFix',
    pageServerKeys,
    ({ server }) => [
      l10n.t('Server key type not accepted'),
      l10n.t('The request names a server key type that the server{0} does not take.', server),
      l10n.t('The only one is AzureKeyVault, in this casing, for key vaults and managed HSMs alike.'),
      l10n.t('Send AzureKeyVault as serverKeyType.'),
      fixReport(),
    ],
  ],
  InvalidUpsertKeyType: [
    [400],
    'never',
    pageCliProtector,
    ({ server }) => [
      l10n.t("Service-managed key can't be changed"),
      l10n.t('The service-managed key of the server{0} can be neither created nor changed.', server),
      l10n.t('It belongs to Azure and always exists.'),
      l10n.t('To go back to it, set it as TDE protector.'),
    ],
  ],
  InvalidKeyUpsertRequest: [
    [400],
    'afterFix',
    pageServerKeys,
    ({ key }) => [
      l10n.t('Request without content'),
      l10n.t('The request for the server key{0} does not say what to create.', key),
      l10n.t('Its body is missing, or has no properties.'),
      l10n.t('Send the server key type and the key identifier.'),
      fixReport(),
    ],
  ],
  SecurityAdalPrincipalCertExpiredError: [
    [400],
    'auto',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Credential of the identity expired'),
      l10n.t('The identity of the server{0} gets no token because its certificate has expired.', server),
      l10n.t('Azure renews these certificates by itself and has not done so yet.'),
      l10n.t('Wait 10 minutes, then try again once.'),
      l10n.t('Assign the same identity to the server again.'),
      l10n.t('For a key in another tenant, check the federated credential of the multi-tenant application.'),
      fixSupport(),
    ],
  ],
  AkvHostNotResolvingFromNode: [
    [400],
    'auto',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Vault host not found'),
      l10n.t("The server{0} can't resolve the host in the key identifier.", server),
      l10n.t('The host is misspelt or of another cloud, the vault is deleted, or name resolution is disturbed.'),
      fixCompareHost(),
      fixRecoverVault(),
      fixAgain(),
      fixSupport(),
    ],
  ],
  SecurityInvalidAzureKeyVaultRecoveryLevel: [
    [400],
    'afterFix',
    pageSoftDelete,
    ({ server }) => [
      l10n.t('Purge protection missing'),
      l10n.t('The server{0} refuses the key because it could be destroyed for good.', server),
      l10n.t('The vault lacks purge protection or soft-delete, even if the message speaks of an invalid address.'),
      l10n.t('Turn on purge protection and soft-delete of the vault; purge protection cannot be turned off again.'),
      l10n.t('Wait a minute, then try again.'),
    ],
  ],
  KeyMaterialNotFoundOnRemoteServer: [
    [400],
    'afterFix',
    pageOverview,
    ({ server }) => [
      l10n.t('Linked server without access to the key'),
      l10n.t("A server linked with the server{0} can't reach the key that protects the data.", server),
      l10n.t(
        'A geo-secondary, failover group partner, copy target or restore target lacks the server key or the rights on it.',
      ),
      l10n.t('Create the server key on every linked server.'),
      l10n.t(
        "Give every linked server's identity get, wrapKey and unwrapKey; this takes up to 10 minutes to take effect.",
      ),
      fixThenPrimary(),
    ],
  ],
  AzureKeyVaultRsaKeyNotSupported: [
    [400],
    'afterFix',
    pageOverview,
    ({ server }) => [
      l10n.t('Kind of key not supported'),
      l10n.t("The server{0} can't use a key of this type or size.", server),
      l10n.t('TDE needs an RSA or RSA-HSM key of 2048 or 3072 bits; AES keys are a preview in some regions.'),
      fixRsa(),
    ],
  ],
  AzureKeyVaultKeyDisabled: [
    [400],
    'afterFix',
    pageOverview,
    ({ server }) => [
      l10n.t('Key disabled'),
      l10n.t("The server{0} can't use the key because it is disabled.", server),
      l10n.t(
        'The key or this version of it is turned off in the vault; databases that it protects become inaccessible.',
      ),
      fixEnable(),
      l10n.t('Check that its activation date has passed.'),
      fixAgain(),
    ],
  ],
  AzureKeyVaultInvalidExpirationDate: [
    [400],
    'afterFix',
    pageOverview,
    ({ server }) => [
      l10n.t('Expiry date not accepted'),
      l10n.t('The server{0} refuses the key because of its expiry date.', server),
      l10n.t('The date has passed or does not suit a TDE protector.'),
      l10n.t('Set a later expiry date or remove it, or choose a newer key version.'),
      l10n.t('Plan the next rotation before the new date.'),
    ],
  ],
  SameKeyUriNotFoundOnRemoteServer: [
    [400],
    'afterFix',
    pageRotation,
    ({ server }) => [
      l10n.t('Partner lacks the same key identifier'),
      l10n.t('A partner of the server{0} has no server key from the same vault.', server),
      l10n.t(
        'With automatic rotation every partner needs the very same key identifier; a copy in another vault does not count.',
      ),
      l10n.t("Give every partner's identity get, wrapKey and unwrapKey on that vault."),
      l10n.t('Create the server key with the same key identifier on every partner.'),
      fixThenPrimary(),
      l10n.t('Or turn automatic rotation off.'),
    ],
  ],
  SecurityAzureKeyVaultUrlNullOrEmpty: [
    [400],
    'afterFix',
    pageServerKeys,
    ({ key }) => [
      l10n.t('Key identifier missing'),
      l10n.t('The request for the server key{0} has no key identifier.', key),
      l10n.t('The server key type AzureKeyVault needs one.'),
      l10n.t('Choose the key again or paste its key identifier.'),
      fixReport(),
    ],
  ],
  SameKeyMaterialNotFoundOnRemoteServer: [
    [400],
    'afterFix',
    pageOverview,
    ({ server }) => [
      l10n.t('Linked server lacks the key'),
      l10n.t('A server linked with the server{0} does not have the key material of its TDE protector.', server),
      l10n.t('The secondary, copy target or restore target has neither the same key nor a restored backup of it.'),
      l10n.t(
        'Create the server key there first: the same key, or its backup restored in a vault of the same geography and subscription.',
      ),
      fixOlderProtectors(),
      fixThenPrimary(),
    ],
  ],
  PerDatabaseCMKRestoreNotSupported: [
    [400],
    'afterFix',
    pageDatabaseRestore,
    ({ server }) => [
      l10n.t('Restore with a database-level key refused'),
      l10n.t("The server{0} can't restore a database with a key of its own in this way.", server),
      l10n.t(
        'The request does not pass keys, identity and protector of the database, or its API version does not take them.',
      ),
      l10n.t('Restore with a tool that passes all three.'),
      l10n.t('Or revert the database to the server-level protector first.'),
    ],
  ],
  AzureKeyVaultNoServerIdentity: [
    [400],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No usable identity'),
      l10n.t('The server{0} has no identity with which to reach the key.', server),
      l10n.t(
        'None is assigned, the primary one was deleted, or it went stale in a move between subscriptions or tenants.',
      ),
      fixAssign(),
      fixGrant(),
      fixWaitForRights(),
    ],
  ],
  PerDatabaseCMKHSNotSupported: [
    [400],
    'afterFix',
    pageDatabase,
    ({ server }) => [
      l10n.t('Database-level key refused for Hyperscale'),
      l10n.t("A Hyperscale database on the server{0} can't get a key of its own in this way.", server),
      l10n.t('The API version or the region still refuses it.'),
      l10n.t('Use API version 2023-08-01 or later.'),
      l10n.t('Or use the server-level protector for this database.'),
    ],
  ],
  AzureKeyVaultInvalidUri: [
    [400],
    'afterFix',
    pageAboutKeys,
    ({ key }) => [
      l10n.t('Address is not of a key'),
      l10n.t('The address given for the server key{0} does not lead to a key.', key),
      l10n.t('It leads to a secret, a certificate, the vault itself, the portal or another host.'),
      fixCopyId(),
      fixIdForm(),
    ],
  ],
  AzureKeyVaultMissingPermissions: [
    [400],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No rights on the key'),
      l10n.t('The identity of the server{0} may not use the key.', server),
      l10n.t('It lacks get, wrapKey or unwrapKey; a vault firewall and an expired key show as this error too.'),
      fixIdentity(),
      fixGrant(),
      fixFirewall(),
      l10n.t('Check that the key has not expired and permits these operations.'),
      fixWaitForRights(),
    ],
  ],
  UmiMissingAkvPermissions: [
    [400],
    'afterFix',
    pageIdentity,
    ({ server }) => [
      l10n.t('Primary identity without rights'),
      l10n.t('The primary user-assigned identity of the server{0} may not use the key.', server),
      l10n.t('It has no rights on the key that the server is to use.'),
      l10n.t('Name the identity by its principal ID, not by its client ID, when you give it rights.'),
      fixGrant(),
      fixForeignRights(),
      fixWaitForRights(),
    ],
  ],
  AkvEndpointNotReachableFromNode: [
    [400],
    'auto',
    pageVaultNetwork,
    ({ server }) => [
      l10n.t('Vault not reachable'),
      l10n.t('The server{0} finds the vault but gets no connection to it.', server),
      l10n.t("The vault's firewall or network perimeter blocks Azure SQL, or there is an outage."),
      fixFirewall(),
      l10n.t("Allow the vault's host if the server restricts outbound access."),
      fixHealth(),
      fixAgain(),
    ],
  ],
  SecurityAzureKeyVaultInvalidKeyName: [
    [400],
    'afterFix',
    pageServerKeys,
    ({ key }) => [
      l10n.t('Server key name malformed'),
      l10n.t('The name of the server key{0} does not go with the key identifier of the request.', key),
      l10n.t('It is not of the form vault_key_version, or means another key or version.'),
      fixFromId(),
    ],
  ],
  AdalGenericError: [
    [400],
    'auto',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No token for the server'),
      l10n.t('Microsoft Entra ID gives the server{0} no token for the vault.', server),
      l10n.t(
        'No closer reason is known: a blocked identity, conditional access, trouble in the tenant or a short outage.',
      ),
      fixAgain(),
      fixPrincipal(),
      l10n.t('For a vault in another tenant, check the federated client ID and its credential.'),
      l10n.t('Look for a refusal in the sign-in log of managed identities.'),
    ],
  ],
  AdalServicePrincipalNotFound: [
    [400],
    'auto',
    pageIdentity,
    ({ server }) => [
      l10n.t('Identity not known to Microsoft Entra ID'),
      l10n.t('Microsoft Entra ID does not know the identity of the server{0}.', server),
      l10n.t('It is only minutes old, deleted, or in another tenant than the vault.'),
      l10n.t('If it is new, wait 5 minutes, then try again.'),
      l10n.t(
        'If it was deleted or the subscription changed tenant, assign an identity again and give it rights on the key.',
      ),
      l10n.t('For a vault in another tenant, use a user-assigned identity with a federated client ID.'),
    ],
  ],
  AzureKeyVaultMalformedVaultUri: [
    [400],
    'afterFix',
    pageAboutKeys,
    ({ key }) => [
      l10n.t('Key identifier malformed'),
      l10n.t('The key identifier for the server key{0} is not well formed.', key),
      l10n.t(
        'Its scheme is wrong, its host is not of this cloud, /keys/ is missing, or something follows the version.',
      ),
      fixCopyId(),
      fixIdForm(),
    ],
  ],
  SecurityAzureKeyVaultGeoChainError: [
    [400],
    'afterFix',
    pageGeo,
    ({ server }) => [
      l10n.t('Replicas in a chain'),
      l10n.t('The server{0} is part of a chain of replicas, which excludes customer-managed keys.', server),
      l10n.t('A secondary has a secondary of its own.'),
      l10n.t('Remove the chained replica.'),
      l10n.t('Create the secondaries on the primary itself, four at most, then try again.'),
    ],
  ],
  PerDatabaseCMKDWNotSupported: [
    [400],
    'never',
    pageDatabase,
    ({ server }) => [
      l10n.t('Database-level key refused for a dedicated SQL pool'),
      l10n.t("A dedicated SQL pool on the server{0} can't have a key of its own.", server),
      l10n.t('Dedicated SQL pools know only the server-level protector.'),
      l10n.t('Use the TDE protector of the server; resume a paused pool before changing it.'),
    ],
  ],
  SubscriptionDoesNotHaveServer: [
    [404],
    'afterFix',
    pageNotFound,
    ({ server }) => [
      l10n.t('Server not in the subscription'),
      l10n.t('The subscription has no server{0}.', server),
      l10n.t('The server was deleted, or is in another subscription.'),
      fixChoose(),
      fixAccount(),
    ],
  ],
  ServerNotInSubscriptionResourceGroup: [
    [404],
    'afterFix',
    pageNotFound,
    ({ server }) => [
      l10n.t('Server not in the resource group'),
      l10n.t('The server{0} is not in this resource group or subscription.', server),
      l10n.t('It was probably moved after the tree was loaded.'),
      fixChoose(),
      l10n.t("After a move, check the server's identity and its rights on the key."),
    ],
  ],
  ResourceNotFound: [
    [404],
    'afterFix',
    pageNotFound,
    ({ resource }) => [
      l10n.t('Resource not found'),
      l10n.t('Azure does not find the resource{0} or something it needs.', resource),
      l10n.t('It was deleted or moved, or is still being created.'),
      fixChoose(),
      l10n.t('If it was created just now, wait some seconds, then try again.'),
    ],
  ],
  OperationIdNotFound: [
    [404],
    'never',
    pageAsync,
    ({ about }) => [
      l10n.t('Operation no longer known'),
      l10n.t('Azure no longer knows how the operation went{0}.', about),
      l10n.t('The record of the operation has expired, or its address is wrong.'),
      fixLook(),
      l10n.t('If the change is not there, start the operation again.'),
    ],
  ],
  ServerKeyNameAlreadyExists: [
    [409],
    'never',
    pageCliKey,
    ({ key }) => [
      l10n.t('Server key exists already'),
      l10n.t('The server has a server key{0} already.', key),
      l10n.t('It was created before, possibly in other casing, or is being created by another operation.'),
      l10n.t('Use it if its key identifier is the right one.'),
      l10n.t('Otherwise delete it, if nothing uses it, and create it again.'),
    ],
  ],
  ServerKeyUriAlreadyExists: [
    [409],
    'never',
    pageCliKey,
    ({ server }) => [
      l10n.t('Key is on the server already'),
      l10n.t('The server{0} has another server key with the same key identifier.', server),
      l10n.t('The key was added before under another name.'),
      l10n.t('Use that server key, and set it as TDE protector if it is to protect the databases.'),
    ],
  ],
  ServerKeyDoesNotExists: [
    [409],
    'afterFix',
    pageTroubleshoot,
    ({ key }) => [
      l10n.t('Server key not on the server'),
      l10n.t('The server key{0} does not exist on the server.', key),
      causeNotCreated(),
      fixCreateFirst(),
      fixRecoverKey(),
    ],
  ],
  AzureKeyVaultKeyNameNotFound: [
    [409],
    'afterFix',
    pageRecovery,
    ({ server }) => [
      l10n.t('Key not in the vault'),
      l10n.t('The server{0} finds no key or version of that name in the vault.', server),
      l10n.t('The name is misspelt, or the key was deleted.'),
      fixCopyId(),
      fixRecoverKey(),
    ],
  ],
  AzureKeyVaultKeyInUse: [
    [409],
    'afterFix',
    pageRemove,
    ({ key }) => [
      l10n.t('Server key in use'),
      l10n.t("The server key{0} can't be deleted because it is in use.", key),
      l10n.t('It is the TDE protector, or a database, a secondary or a backup depends on it.'),
      l10n.t('Set another TDE protector on the server and on all its partners.'),
      l10n.t('Wait until every database has it, then delete the server key.'),
      fixKeepKey(),
    ],
  ],
  OperationCancelled: [
    [409],
    'never',
    pageAsync,
    ({ about }) => [
      l10n.t('Operation cancelled'),
      l10n.t('The operation was cancelled before it was done{0}.', about),
      l10n.t('A person or a script cancelled it; the activity log names the caller.'),
      fixLook(),
      l10n.t('Start the operation again if it is still wanted.'),
    ],
  ],
  OperationInterrupted: [
    [409],
    'auto',
    pageAsync,
    ({ about }) => [
      l10n.t('Operation interrupted'),
      l10n.t('The operation gave way to another one{0}.', about),
      l10n.t('Two operations changed the same server at the same time.'),
      fixWait(),
      fixLook(),
    ],
  ],
  SubscriptionTooManyCreateUpdateRequests: [
    [429],
    'auto',
    pageThrottling,
    ({ about }) => [
      l10n.t('Too many changes in progress'),
      l10n.t('The subscription has too many changes to Azure SQL in progress{0}.', about),
      l10n.t('Azure SQL limits how many creations and updates run at the same time.'),
      l10n.t('Wait until running operations are done, then try again.'),
      l10n.t('Change one server at a time.'),
    ],
  ],
  SubscriptionTooManyRequests: [
    [429],
    'auto',
    pageThrottling,
    ({ about }) => [
      l10n.t('Too many requests in the subscription'),
      l10n.t('The subscription has too many requests to Azure SQL open{0}.', about),
      l10n.t('Azure SQL limits how many it works on at the same time.'),
      fixFewer(),
    ],
  ],
  OperationTimedOut: [
    [500],
    'auto',
    pageTroubleshoot,
    ({ about }) => [
      l10n.t('Operation timed out'),
      l10n.t('The operation took too long and was rolled back{0}.', about),
      l10n.t('Azure SQL was busy or did not reach the vault in time.'),
      fixLook(),
      fixAgain(),
      fixFirewall(),
      fixSupport(),
    ],
  ],
  AzureKeyVaultConnectionFailed: [
    [503],
    'auto',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No connection to the vault'),
      l10n.t("The server{0} can't connect to the vault.", server),
      l10n.t('The vault is gone, its firewall blocks Azure SQL, or there is an outage.'),
      fixRecoverVault(),
      fixFirewall(),
      fixHealth(),
      fixAgain(),
      l10n.t('Revalidate the TDE protector afterwards if databases were inaccessible for more than 30 minutes.'),
    ],
  ],
  AzureKeyVaultGenericConnectionError: [
    [503],
    'auto',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No usable answer from the vault'),
      l10n.t('The server{0} gets no usable answer from the vault.', server),
      l10n.t('Mostly this is a short disturbance.'),
      fixAgain(),
      fixFirewall(),
      l10n.t('If it stays, check that the vault exists, who may use the key, and how much load the vault has.'),
    ],
  ],
  TooManyRequests: [
    [503],
    'auto',
    pageThrottling,
    ({ about }) => [
      l10n.t('Service has no capacity'),
      l10n.t('Azure has no capacity for the request at the moment{0}.', about),
      l10n.t('The service, or a layer in front of it, limits its load.'),
      fixFewer(),
    ],
  ],
};

/** What Azure Resource Manager and Azure SQL answer to any call, and our own codes for what never got an answer of theirs. */
const surrounding: Readonly<Record<string, Row>> = {
  AuthorizationFailed: [
    [403],
    'afterFix',
    pageRoles,
    ({ action, resource }) => [
      l10n.t('Your account lacks a permission'),
      resource
        ? l10n.t('Your account lacks the permission{0} on the resource{1}.', action, resource)
        : l10n.t('Your account lacks the permission{0}.', action),
      l10n.t('None of its roles on the resource, or above it, holds this permission.'),
      l10n.t(
        'Ask for a role with this permission: for server keys SQL Server Contributor; SQL Security Manager is not enough.',
      ),
      fixWaitForRights(),
    ],
  ],
  InvalidAuthenticationToken: [
    [401],
    'auto',
    pageRoles,
    ({ about }) => [
      l10n.t('Sign-in not accepted'),
      l10n.t('Azure does not accept the token of this sign-in{0}.', about),
      l10n.t('The token is damaged, or is for another tenant or cloud.'),
      fixSignIn(),
      fixAccount(),
    ],
  ],
  ExpiredAuthenticationToken: [
    [401],
    'auto',
    pageRoles,
    ({ about }) => [
      l10n.t('Sign-in expired'),
      l10n.t('The token of this sign-in has expired{0}.', about),
      l10n.t('It ran out while the operation was going on.'),
      fixSignIn(),
      fixLook(),
    ],
  ],
  ScopeLocked: [
    [409],
    'afterFix',
    pageLocks,
    ({ resource }) => [
      l10n.t('Resource locked'),
      l10n.t('A lock keeps the resource{0} from being changed.', resource),
      l10n.t('A delete or read-only lock is on it, its resource group or its subscription.'),
      l10n.t('Have the lock removed for the time of the change, and put back afterwards.'),
    ],
  ],
  SubscriptionNotFound: [
    [404],
    'afterFix',
    pageNotFound,
    ({ subscription }) => [
      l10n.t('Subscription not found'),
      l10n.t('Azure does not find the subscription{0}.', subscription),
      l10n.t('It does not exist, is in another cloud, or is not visible to this account.'),
      fixAccount(),
      fixChoose(),
    ],
  ],
  ResourceGroupNotFound: [
    [404],
    'afterFix',
    pageNotFound,
    ({ resourceGroup }) => [
      l10n.t('Resource group not found'),
      l10n.t('Azure does not find the resource group{0}.', resourceGroup),
      l10n.t('It was deleted, or is in another subscription.'),
      fixChoose(),
    ],
  ],
  ParentResourceNotFound: [
    [404],
    'afterFix',
    pageParent,
    ({ server }) => [
      l10n.t('Server not found'),
      l10n.t('Azure does not find the server{0}.', server),
      l10n.t('It was deleted, moved or renamed after the tree was loaded.'),
      fixChoose(),
    ],
  ],
  NoRegisteredProviderFound: [
    [400],
    'afterFix',
    pageProvider,
    ({ about }) => [
      l10n.t('API version not offered'),
      l10n.t('This cloud or region does not offer the API version of the request{0}.', about),
      l10n.t('Sovereign and custom clouds get new API versions later; the message names those offered.'),
      l10n.t('Check that the resource provider is registered in the subscription.'),
      fixReport(),
    ],
  ],
  ConflictingServerOperation: [
    [409],
    'auto',
    pageAsync,
    ({ server }) => [
      l10n.t('Server busy'),
      l10n.t('Another operation is running on the server{0}.', server),
      causeOneAtATime(),
      fixWait(),
    ],
  ],
  InternalServerError: [
    [500],
    'auto',
    pageCommon,
    ({ about }) => [
      l10n.t('Failure inside Azure'),
      l10n.t('Azure reports a failure of its own{0}.', about),
      l10n.t('It gives no reason; a kind of key that TDE does not support can show as this error.'),
      fixLook(),
      fixAgain(),
      fixRsa(),
      fixSupport(),
    ],
  ],
  ServiceUnavailable: [
    [503],
    'auto',
    pageCommon,
    ({ about }) => [
      l10n.t('Service not available'),
      l10n.t('The service is not available at the moment{0}.', about),
      l10n.t('It is overloaded or being maintained.'),
      fixAgain(),
      l10n.t('Look for an outage in Azure Service Health.'),
    ],
  ],
  GatewayTimeout: [
    [504],
    'auto',
    pageAsync,
    ({ about }) => [
      l10n.t('Azure SQL did not answer in time'),
      l10n.t('Azure Resource Manager got no answer from the service in time{0}.', about),
      l10n.t('The operation may still be running.'),
      fixLook(),
      fixAgain(),
    ],
  ],
  ServerKeyNotFound: [
    [404],
    'afterFix',
    pageTroubleshoot,
    ({ key }) => [
      l10n.t('Server key not found'),
      l10n.t('The server has no server key{0} to set as TDE protector.', key),
      causeNotCreated(),
      fixCreateFirst(),
      fixRecoverKey(),
    ],
  ],
  RequestDisallowedByPolicy: [
    [403],
    'afterFix',
    pagePolicy,
    ({ resource }) => [
      l10n.t('Refused by Azure Policy'),
      l10n.t('An Azure policy forbids this change to the resource{0}.', resource),
      l10n.t('A policy assignment with the effect deny applies; the message names it.'),
      l10n.t('Choose a key and settings that the policy allows, or ask its owner for an exemption.'),
    ],
  ],
  Http429: throttled,
  SubscriptionRequestsThrottled: throttled,
  RateLimiting: throttled,
  RequestTimeout: [
    [504],
    'auto',
    pageAsync,
    ({ about }) => [
      l10n.t('No answer in time'),
      l10n.t('Azure gave no answer in time{0}.', about),
      l10n.t('The network or the service is slow; a change may have been made all the same.'),
      fixLook(),
      fixAgain(),
      fixProxy(),
    ],
  ],
  ConnectionFailed: [
    [],
    'auto',
    '',
    ({ about }) => [
      l10n.t('No connection to Azure'),
      l10n.t("The extension can't connect to Azure{0}.", about),
      l10n.t('The host was not found, or the connection was refused or cut.'),
      fixProxy(),
      fixAgain(),
    ],
  ],
  CertificateNotTrusted: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Certificate not trusted'),
      l10n.t('The connection to Azure shows a certificate that this computer does not trust{0}.', about),
      l10n.t('A proxy that inspects traffic, or a private cloud, uses a certificate authority of its own.'),
      l10n.t("Add its root certificate to the operating system's store, or name its file in NODE_EXTRA_CA_CERTS."),
      l10n.t('Restart VS Code.'),
    ],
  ],
  SignInRequired: [
    [],
    'afterFix',
    pageSignIn,
    ({ about }) => [
      l10n.t('Sign-in needed'),
      l10n.t('There is no valid sign-in to Azure{0}.', about),
      l10n.t('No sign-in was found on this computer, or it failed.'),
      l10n.t('Sign in with "az login", Azure PowerShell or "azd auth login", then refresh.'),
      fixAccount(),
    ],
  ],
  NotSignedIn: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Not signed in'),
      l10n.t('Nobody is signed in to Azure{0}.', about),
      l10n.t('VS Code has no Microsoft account that this extension may use.'),
      l10n.t('Sign in with a Microsoft account.'),
      fixMachine(),
    ],
  ],
  TenantSignInRequired: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Sign-in to the tenant needed'),
      l10n.t('The tenant wants a sign-in of its own{0}.', about),
      l10n.t('The account is signed in elsewhere only, the sign-in has ended, or the tenant asks for a second factor.'),
      l10n.t('Sign in to the tenant; VS Code asks for what is missing.'),
      fixMachine(),
    ],
  ],
  StepUpRequired: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Second factor needed'),
      l10n.t('The tenant wants a stronger sign-in{0}.', about),
      l10n.t('It asks for a second factor, or for a newer sign-in, before Azure Resource Manager answers.'),
      l10n.t('Sign in to the tenant; VS Code asks for what is missing.'),
      fixMachine(),
    ],
  ],
  SignInFailed: [
    [],
    'afterFix',
    '',
    ({ says, about }) => [
      l10n.t('Sign-in failed'),
      l10n.t('The sign-in to Azure failed{0}.', about),
      says.replace(/ Trace ID: .*/, '') ||
        l10n.t('The tenant, a policy of it, or the way to it did not let the sign-in through.'),
      l10n.t('Try another account, or ask the administrator of the tenant what it demands.'),
      fixMachine(),
    ],
  ],
  VersionlessNotSupported: [
    [],
    'never',
    pageServerKeys,
    ({ server }) => [
      l10n.t('Versions needed'),
      l10n.t('The server{0} takes no key identifier without version.', server),
      l10n.t('Azure SQL in this cloud does not offer the API version that came with them.'),
      l10n.t('Choose a version of the key.'),
    ],
  ],
  KeyAlreadyExists: [
    [],
    'never',
    '',
    ({ about }) => [
      l10n.t('Name taken'),
      l10n.t('The vault has a key of this name already{0}.', about),
      l10n.t('Somebody may have created it meanwhile; its type and size may not be the wanted ones.'),
      l10n.t('Choose another name, or use the key that is there.'),
    ],
  ],
  ServerKeyStillThere: [
    [],
    'auto',
    '',
    ({ server, key }) => [
      l10n.t('Still there'),
      l10n.t('The server{0} still lists the server key{1} after its deletion.', server, key),
      l10n.t('Azure said that the deletion was done; its list may be late.'),
      l10n.t('Refresh the server, and delete the key again if it is still there.'),
    ],
  ],
  ChangeNotThere: [
    [],
    'auto',
    '',
    ({ about }) => [
      l10n.t('Change not to be seen'),
      l10n.t('Azure accepted the change and does not show it{0}.', about),
      l10n.t('It may be late, or somebody has taken it back.'),
      l10n.t('Wait a little, then look again.'),
    ],
  ],
  UnexpectedAnswer: [
    [],
    'auto',
    '',
    ({ about }) => [
      l10n.t('Answer not understood'),
      l10n.t('The answer is not one of Azure Resource Manager{0}.', about),
      l10n.t('A proxy, gateway or sign-in page of the network probably answered instead.'),
      fixProxy(),
      l10n.t('In a custom cloud, check the setting microsoft-sovereign-cloud.customEnvironment.'),
    ],
  ],
  InvalidSettings: [
    [],
    'afterFix',
    '',
    ({ says, about }) => [
      l10n.t('Setting not usable'),
      says || l10n.t('A setting of the extension cannot be used{0}.', about),
      l10n.t('Without it the extension does not know where to turn, or how to sign in.'),
      l10n.t('Correct it in your user settings; the tree then reads everything again.'),
    ],
  ],
  UnexpectedHost: [
    [],
    'never',
    '',
    ({ about }) => [
      l10n.t('Address on another host'),
      l10n.t('An answer of Azure pointed to an address outside of Azure Resource Manager{0}.', about),
      l10n.t('The sign-in is not sent there; a proxy or a wrong setting may have changed the answer.'),
      fixProxy(),
    ],
  ],
  OperationFailed: [
    [],
    'afterFix',
    pageAsync,
    ({ about }) => [
      l10n.t('Operation failed'),
      l10n.t('The operation failed, and Azure gives no reason{0}.', about),
      l10n.t('Only the activity log of the server may say more.'),
      fixLook(),
      fixAgain(),
    ],
  ],
  UnexpectedError: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Unexpected error'),
      l10n.t('An unexpected error stopped the operation{0}.', about),
      l10n.t('This is probably a mistake in the extension; the log has the details.'),
      l10n.t('Report it to the authors of this extension, with the details from the log.'),
    ],
  ],
};

/** Numbers of the database engine: what a client of a database sees when the server has lost its key. */
const engine: Readonly<Record<string, Row>> = {
  33183: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Vault answers with an error'),
      l10n.t('The server{0} gets an error from the vault when it uses the key.', server),
      l10n.t('The message tells which: mostly rights, the firewall, or a key that is disabled, expired or deleted.'),
      fixKeyUsable(),
      fixIdentity(),
      fixGrant(),
      fixFirewall(),
      fixRevalidate(),
    ],
  ],
  33184: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No way to the vault'),
      l10n.t('The server{0} lacks something that it needs to turn to the vault.', server),
      l10n.t('Mostly its identity is missing or gets no token, or the vault is not found.'),
      fixAssign(),
      fixPrincipal(),
      fixRecoverVault(),
      fixAgain(),
      fixRevalidate(),
    ],
  ],
  40925: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Database takes no connection'),
      l10n.t('A database of the server{0} takes no connection in its current state.', server),
      l10n.t('It is without its key for more than 30 minutes, or is just being resumed, scaled or recovered.'),
      fixDatabaseState(),
      fixInaccessible(),
      l10n.t('Otherwise try again in a few minutes.'),
    ],
  ],
  40981: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Database has lost its key'),
      l10n.t("A database of the server{0} is not accessible because it can't reach its key in the vault.", server),
      l10n.t('Vault or key is gone, the key is disabled or expired, or the identity or its rights are missing.'),
      fixRecoverVault(),
      fixKeyUsable(),
      fixIdentity(),
      fixGrant(),
      fixFirewall(),
      fixRevalidate(),
    ],
  ],
};

const rows: ReadonlyMap<string, CatalogueRow> = new Map([
  ...toRows(documented, true),
  ...toRows(surrounding, false),
  ...toRows(gatewayErrors, false),
  ...toRows(serverErrors, false),
  ...toRows(protectorErrors, false),
  ...toRows(databaseErrors, false),
  ...toRows(instanceErrors, false),
  ...toRows(engine, false),
]);

function toRows(
  table: Readonly<Record<string, Row>>,
  isDocumented: boolean,
): readonly (readonly [string, CatalogueRow])[] {
  return Object.entries(table).map(([code, [statuses, retryMode, path, texts]]) => [
    code,
    {
      statuses,
      retryMode,
      ...(path === '' ? {} : { link: `https://learn.microsoft.com/${path}` }),
      documented: isDocumented,
      texts: (names) => {
        const [title, what, cause, ...remedies] = texts(names);
        return { title, what, cause, remedies };
      },
    },
  ]);
}
