import type { Answer } from './answer';
import type { BrokenRule } from './rule';
import type { Server } from './state';

/** The names that Azure sends, as recorded, including the lowercase p of "protector". The friendly names are invented. */
export const operationKinds = {
  upsertServerKey: {
    operation: 'UpsertLogicalServerEncryptionKeys',
    friendlyName: 'CREATE SERVER KEY',
    url: 'serverKey',
  },
  deleteServerKey: {
    operation: 'DeleteLogicalServerEncryptionKeys',
    friendlyName: 'DROP SERVER KEY',
    url: 'serverKey',
  },
  upsertProtector: {
    operation: 'UpsertLogicalServerEncryptionprotector',
    friendlyName: 'ALTER ENCRYPTION PROTECTOR',
    url: 'encryptionProtector',
  },
  revalidateProtector: {
    operation: 'RevalidateLogicalServerEncryptionprotector',
    friendlyName: 'REVALIDATE ENCRYPTION PROTECTOR',
    url: 'encryptionProtector',
  },
  upsertServer: { operation: 'UpsertLogicalServer', friendlyName: 'ALTER SERVER', url: 'server' },
};

type OperationKind = keyof typeof operationKinds;

/** The part of a long-running operation that a route supplies. */
export interface Work {
  kind: OperationKind;
  server: Server;
  /** The resource that the operation changes. A second operation with the same target interrupts the first. */
  target?: string;
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
  /** Set at the start if a fault matches, otherwise at the end. */
  failure?: { code: string; message: string };
  status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
}

/** The failure that clients see. A fault sets `failure` at the start, but it shows only at the end. */
export const failureOf = ({ status, failure }: Operation): Operation['failure'] =>
  status === 'Failed' ? failure : undefined;
