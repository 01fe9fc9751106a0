import type { MessageTemplate } from './messageTemplate';

/**
 * Messages about databases. Sources: the error lists of the REST reference, database engine errors 33183–45713, and "Common errors with
 * customer-managed keys".
 */
export const databaseMessages: readonly MessageTemplate[] = [
  [
    'geo replication and database copy is not supported when database-level cmk',
    'PerDatabaseCMKGeoReplicationNotSupported',
  ],
  ['restore is not supported when database-level cmk is configured', 'PerDatabaseCMKRestoreNotSupported'],
  ['database-level cmk in preview is not supported for hyperscale', 'PerDatabaseCMKHSNotSupported'],
  ['database-level cmk in preview is not supported for data warehouse', 'PerDatabaseCMKDWNotSupported'],
  ['database-level cmk in preview is not supported for datawarehouse', 'PerDatabaseCMKDWNotSupported'],
  ['database-level encryption protector does not exist', 'DatabaseLevelEncryptionProtectorDoesNotExist'],
  [
    'database-level encryption protector can only be reverted to the server level encryption',
    'RevertDatabaseLevelKeyOnlySupportedWithSMK',
  ],
  ['target server {server} does not have access to all akv uris created between', 'MissingKeyVaultUriForRestore'],
  ["target server {server} doesn't have access to all akv uris created between", 'MissingKeyVaultUriForRestore'],
  ['operation to make database * accessible on server {server} failed', 'MakeDatabaseAccessible'],
  ['operation to make database * accessible on managed server {instance} failed', 'MakeDatabaseAccessible'],
  ['operation to make database * accessible', 'MakeDatabaseAccessible'],
  ['database * on managed server {instance} has lost access to azure key vault key', 'MakeManagedDbInaccessible'],
  ['database * on managed server {instance} is inaccessible and requires user to', 'MakeManagedDbInaccessible'],
  ['on server {server} has lost access to azure key vault key', 'MakeDatabaseInaccessible'],
  ['has lost access to azure key vault key', 'MakeDatabaseInaccessible'],
  ['inaccessible and requires user to resolve azure key vault errors', 'MakeDatabaseInaccessible'],
  ['inaccessible and requires user to re-establish access', 'MakeDatabaseInaccessible'],
  ['access to azure key vault has been lost for this database', 'MakeDatabaseInaccessible'],
  ['is not accessible due to azure key vault', '40981'],
  ['cannot connect to the database in its current state', '40925'],
  ['can not connect to the database in its current state', '40925'],
  ['database * on server {server} is not currently available. please retry the connection later', '40613'],
  ['the azure key vault client encountered an error with message', '33183'],
  ['occurred while obtaining information for the azure key vault client', '33184'],
  [
    'the current keys being used by the primary must be passed to the secondary database',
    'PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeys',
  ],
  [
    'target server does not have access to all akv uris created during the backup time',
    'IncorrectAccessToAzureKeyVault',
  ],
  ['restore operation of a crm database failed because a required tde certificate was missing', 'MissingThumbprintCrm'],
  ['target server does not have access to an asymmetric key', 'MissingAsymmetricKeyOnTargetServer'],
  [
    'the database * on server {server} cannot be safely dropped because it is encrypted with a customer managed key',
    'CannotDropDatabaseAKVError',
  ],
  [
    'create database operation can not be performed at this time due to ongoing transparent data encryption (tde) key rotation',
    'CreateDatabaseAttemptedWithRotationInProgress',
  ],
  ['the operation failed because the database is unavailable', 'DatabaseUnavailable'],
  ['because database * on server {server} is currently unavailable', 'DatabaseUnavailable'],
  ['only one user assigned managed identity is supported at the database level', 'InvalidNumberOfIdentities'],
  ['only one identity delegation is supported at the database level', 'MultipleIdentityDelegationsOnDatabase'],
  ['provide a primary delegated identity client id', 'MissingPrimaryDelegatedIdentityClientId'],
  ['cannot assign an identity to a system database', 'CannotAssignIdentityToMaster'],
  [
    "identities are not supported on 'master', 'model', 'tempdb', 'msdb', or 'resource' databases",
    'CannotAssignIdentityToMaster',
  ],
  [
    'database-level encryption protector must be set on the target database',
    'PerDatabaseCMKCopyOrReplicationAttemptedWithoutDatabaseLevelEncryptionProtector',
  ],
  [
    'geo secondary database missing akv of geo primary database',
    'SourceDatabaseEncryptionProtectorKeyUriRequiredForPerDatabaseCMKCopyOrReplication',
  ],
  [
    'geo-primary database must not be configured with a database level encryption protector',
    'PerDatabaseCMKGeoPrimaryIsConfiguredWithDatabaseLevelEncryptionProtector',
  ],
  [
    'geo-primary database must be configured with a database level encryption protector',
    'PerDatabaseCMKGeoPrimaryIsNotConfiguredWithDatabaseLevelEncryptionProtector',
  ],
  [
    'key rotation for the tde protector at the database level is blocked',
    'PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse',
  ],
  ['database-level cmk is not supported when long-term backup retention is enabled', 'PerDBCMKNotSupportedWithLTR'],
  ['long-term backup retention is not supported when database-level cmk is configured', 'PerDBCMKNotSupportedWithLTR'],
  [
    'sql pool creations are blocked for cmk enabled workspaces until the workspace is activated',
    'DatabaseCreationBlockedForNonActivatedCMKServer',
  ],
  ['cannot modify encryption while an encryption scan in progress', 'EncryptionInProgress'],
  [
    'cannot change database encryption key while an encryption, decryption, or key change scan is in progress',
    'KeyChangeInProgress',
  ],
  ['changes from previous encryption scans that are pending log backup', 'NeedsLogBackup'],
  ['wait several minutes for a log backup to occur', 'NeedsLogBackup'],
  ['database encryption key failed because a lock could not be placed on', 'NoDekLock'],
  ['while an encryption transition is in progress', 'CanNotChangeReadOnlyDuringTdeScan'],
  ['modify transparent data encryption on the primary databases', 'CanNotDropAlterOnMirror'],
  ['involved in a database mirroring session or an availability group', 'AltStateConflict'],
  ['cannot encrypt a system database', 'AttemptedEncryptionOnSystemDatabase'],
  [
    'all the databases in geo-replication must have the same key material',
    'PerDatabaseCMKAKVKeyMaterialMissingOnGeoSecondary',
  ],
  ['database is read-only, has read-only files or is not recovered', 'ReadOnly'],
  ['operation to make database * accessible started', 'MakeDatabaseAccessible'],
  ['has been re-established and database * on server {server} is now online', 'MakeDatabaseAccessible'],
  ['has been re-established and database * on managed server {instance} is now online', 'MakeDatabaseAccessible'],
];
