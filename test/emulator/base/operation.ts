import type { Answer } from './answer';
import type { BrokenRule } from './rule';
import { isInstance } from './ids';
import type { ActivityEvent, SqlResource } from './state';

interface OperationNames {
  /** The name that Azure sends. */
  operation: string;
  /** The start of the name in the URLs to poll. */
  url: string;
}

interface OperationKindNames extends OperationNames {
  friendlyName: string;
  /** The URLs to poll have no resource group, as recorded for failover groups. */
  inSubscription?: boolean;
  /** The names for a managed instance. */
  instance?: OperationNames;
}

/**
 * Recorded, including the lowercase p of "protector", except the friendly names and, for managed instances, all but the
 * creation of keys and protectors.
 */
const kinds = {
  upsertServerKey: {
    operation: 'UpsertLogicalServerEncryptionKeys',
    friendlyName: 'CREATE SERVER KEY',
    url: 'serverKey',
    instance: { operation: 'UpsertManagedServerEncryptionKeys', url: 'managedInstanceKey' },
  },
  deleteServerKey: {
    operation: 'DeleteLogicalServerEncryptionKeys',
    friendlyName: 'DROP SERVER KEY',
    url: 'serverKey',
    instance: { operation: 'DeleteManagedServerEncryptionKeys', url: 'managedInstanceKey' },
  },
  upsertProtector: {
    operation: 'UpsertLogicalServerEncryptionprotector',
    friendlyName: 'ALTER ENCRYPTION PROTECTOR',
    url: 'encryptionProtector',
    instance: { operation: 'UpsertManagedServerEncryptionProtector', url: 'managedInstanceEncryptionProtector' },
  },
  revalidateProtector: {
    operation: 'MakeAllLogicalDatabasesAccessible',
    friendlyName: 'REVALIDATE ENCRYPTION PROTECTOR',
    url: 'encryptionProtector',
    instance: { operation: 'MakeAllManagedDatabasesAccessible', url: 'managedInstanceEncryptionProtector' },
  },
  revalidateDatabase: {
    operation: 'MakeDbAccessible',
    friendlyName: 'REVALIDATE DATABASE ENCRYPTION PROTECTOR',
    url: 'databaseEncryptionProtectorRevalidate',
  },
  revertDatabase: {
    operation: 'RevertDatabaseProtector',
    friendlyName: 'REVERT DATABASE ENCRYPTION PROTECTOR',
    url: 'databaseEncryptionProtectorRevert',
  },
  updateDatabase: { operation: 'UpdateLogicalDatabase', friendlyName: 'ALTER DATABASE', url: 'database' },
  createDatabase: { operation: 'CreateLogicalDatabase', friendlyName: 'CREATE DATABASE', url: 'database' },
  deleteDatabase: { operation: 'DropLogicalDatabase', friendlyName: 'DROP DATABASE', url: 'database' },
  updateEncryption: {
    operation: 'UpsertTransparentDataEncryption',
    friendlyName: 'ALTER DATABASE ENCRYPTION',
    url: 'transparentDataEncryption',
  },
  updateShortTermRetention: {
    operation: 'UpdateShortTermRetentionPolicy',
    friendlyName: 'ALTER BACKUP RETENTION',
    url: 'shortTermRetentionPolicy',
  },
  updateLongTermRetention: {
    operation: 'UpsertDatabaseBackupArchivalPolicyV2',
    friendlyName: 'ALTER LONG-TERM RETENTION',
    url: 'longTermRetentionPolicy',
  },
  deleteBackup: {
    operation: 'DropLongTermRetentionBackup',
    friendlyName: 'DROP LONG-TERM RETENTION BACKUP',
    url: 'longTermRetentionBackup',
  },
  upsertFailoverGroup: {
    operation: 'UpsertFailoverGroup',
    friendlyName: 'ALTER FAILOVER GROUP',
    url: 'failoverGroup',
    inSubscription: true,
    instance: { operation: 'UpsertInstanceFailoverGroup', url: 'instanceFailoverGroup' },
  },
  deleteFailoverGroup: {
    operation: 'DropFailoverGroup',
    friendlyName: 'DROP FAILOVER GROUP',
    url: 'failoverGroup',
    inSubscription: true,
    instance: { operation: 'DropInstanceFailoverGroup', url: 'instanceFailoverGroup' },
  },
  failover: {
    operation: 'FailoverFailoverGroup',
    friendlyName: 'FAILOVER FAILOVER GROUP',
    url: 'failoverGroup',
    inSubscription: true,
    instance: { operation: 'FailoverInstanceFailoverGroup', url: 'instanceFailoverGroup' },
  },
  changeReplication: {
    operation: 'ChangeReplicationLink',
    friendlyName: 'ALTER REPLICATION LINK',
    url: 'replicationLinks',
  },
  deleteServer: {
    operation: 'DropLogicalServer',
    friendlyName: 'DROP SERVER',
    url: 'server',
    instance: { operation: 'DropManagedServer', url: 'managedInstance' },
  },
  recoverServer: {
    operation: 'RecoverDeletedServer',
    friendlyName: 'RECOVER DELETED SERVER',
    url: 'deletedServer',
    inSubscription: true,
  },
  upsertServer: {
    operation: 'UpsertLogicalServer',
    friendlyName: 'ALTER SERVER',
    url: 'server',
    instance: { operation: 'UpsertManagedServer', url: 'managedInstance' },
  },
} satisfies Record<string, OperationKindNames>;

type OperationKind = keyof typeof kinds;

/** The starts of the names in the URLs to poll. */
export const polledUrls: readonly string[] = [
  ...new Set(
    Object.values<OperationKindNames>(kinds).flatMap(({ url, instance }) => (instance ? [url, instance.url] : [url])),
  ),
];

/** The server or managed instance of an operation. The backups of a deleted server have only its ID and its region. */
export type OperationHost = Pick<SqlResource, 'id' | 'name' | 'location'>;

/** The part of a long-running operation that a route supplies. */
export interface Work {
  kind: OperationKind;
  server: OperationHost;
  /** The database that the operation changes. Operations on databases don't keep others from starting on the server. */
  database?: string;
  /** The resource that the operation changes. A second operation with the same target interrupts the first. */
  target?: string;
  /** Its own duration in milliseconds, instead of the option `operationMs`. */
  durationMs?: number;
  /** Changes the state when the operation is due; returns the broken rule if the operation fails. */
  finish: () => BrokenRule | undefined;
  /** The answer of the Location URL after success. */
  result: () => Answer;
}

/** A long-running operation of Azure SQL. */
export interface Operation extends Work {
  id: string;
  startTime: string;
  /** Unix milliseconds. */
  due: number;
  /** The entry of the activity log for the request that started the operation. */
  event?: ActivityEvent;
  /** Set at the start if a fault matches, otherwise at the end. */
  failure?: { code: string; message: string };
  status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
}

/** The names of an operation, which for managed instances differ from those for servers. */
export function namesOf({ kind, server }: Pick<Work, 'kind' | 'server'>): OperationKindNames {
  const names: OperationKindNames = kinds[kind];
  return { ...names, ...(isInstance(server) && names.instance) };
}

/** The failure that clients see. A fault sets `failure` at the start, but it shows only at the end. */
export const failureOf = ({ status, failure }: Operation): Operation['failure'] =>
  status === 'Failed' ? failure : undefined;
