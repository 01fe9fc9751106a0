import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Emulator } from '../base/emulator';
import { groupId, same, subscriptionOf } from '../base/find';
import { takeOperationFault } from '../base/faults';
import type { Broken } from '../base/rule';
import type { Server } from '../base/state';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import type { ArmRequest } from './route';

/** Names on the wire, as recorded ("protector" really has a small p); the friendly ones are not recorded. */
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

export type OperationKind = keyof typeof operationKinds;

export interface Work {
  kind: OperationKind;
  server: Server;
  /** What it is about: another operation of the same interrupts it. */
  target?: string;
  /** Does the work when it is due, or says why it failed. */
  finish: () => Broken | undefined;
  /** What the Location address answers after success. */
  result: () => Answer;
}

export interface Operation extends Work {
  id: string;
  startTime: string;
  due: number;
  failure?: Omit<Broken, 'status'>;
  status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
}

/** Finishes what is due. Called at the start of each request, so no timer can outlive the emulator. */
export function settleOperations(emulator: Emulator, now: number): void {
  for (const operation of emulator.operations) {
    if (operation.status !== 'InProgress' || operation.due > now) continue;
    const failure = operation.failure ?? operation.finish();
    if (failure) operation.failure = failure;
    operation.status = failure ? 'Failed' : 'Succeeded';
    emulator.saveState();
  }
}

export const operationsOf = (emulator: Emulator, server: Server): Operation[] =>
  emulator.operations.filter((o) => same(o.server.id, server.id));

export const runningOn = (emulator: Emulator, server: Server): Operation[] =>
  operationsOf(emulator, server).filter((o) => o.status === 'InProgress');

export const runningIn = (emulator: Emulator, subscriptionId: string): Operation[] =>
  emulator.operations.filter((o) => o.status === 'InProgress' && same(subscriptionOf(o.server.id), subscriptionId));

/** A fault is decided on at the start and shows at the end. */
export const failureOf = ({ status, failure }: Operation): Operation['failure'] =>
  status === 'Failed' ? failure : undefined;

/** Plays the certificate in Azure's signed addresses, which makes them some 3.3 kB long. */
const certificate = randomBytes(2200).toString('base64url');

const check = (emulator: Emulator, id: string, time: string): string =>
  createHmac('sha256', emulator.secret).update(`${id}${time}`).digest('base64url');

function addresses({ emulator, apiVersion, now }: ArmRequest, { id, kind, server }: Operation) {
  const base = `${emulator.armUrl}${groupId(server.id)}/providers/Microsoft.Sql/locations/${server.location}/${operationKinds[kind].url}`;
  // New in every answer, like Azure's.
  const time = String(BigInt(now) * 10_000n + BigInt(randomBytes(2).readUInt16BE()));
  const signed = `api-version=${apiVersion}&t=${time}&c=${certificate}&s=${randomBytes(256).toString('base64url')}&h=${check(emulator, id, time)}`;
  return { poll: `${base}AzureAsyncOperation/${id}?${signed}`, result: `${base}OperationResults/${id}?${signed}` };
}

function accepted(request: ArmRequest, operation: Operation): Answer {
  const { poll, result } = addresses(request, operation);
  const { retryAfter } = request.emulator.options;
  return {
    status: 202,
    body: { operation: operationKinds[operation.kind].operation, startTime: operation.startTime },
    headers: {
      'azure-asyncoperation': poll,
      location: result,
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
    },
  };
}

const interrupted = {
  code: 'OperationInterrupted',
  message:
    'The operation on the resource could not be completed because it was interrupted by another operation on the same resource.',
};

function interrupt(emulator: Emulator, { server, target }: Work): void {
  for (const operation of runningOn(emulator, server)) {
    if (target === undefined || operation.target !== target) continue;
    operation.failure = interrupted;
    operation.status = 'Failed';
  }
}

export function startOperation(request: ArmRequest, work: Work): Answer {
  const { emulator, now } = request;
  interrupt(emulator, work);
  const fault = takeOperationFault(emulator.faults, request.method, request.path);
  const operation: Operation = {
    ...work,
    id: randomUUID(),
    startTime: new Date(now).toISOString(),
    due: now + emulator.options.operationMs,
    status: 'InProgress',
    ...(fault && { failure: fault }),
  };
  emulator.operations.push(operation);
  return accepted(request, operation);
}

function findOperation({ emulator, params, query }: ArmRequest): Operation {
  const operation = emulator.operations.find((o) => same(o.id, params.id ?? ''));
  // The addresses are signed: one that was cut off or taken apart is not found.
  if (operation && query.h === check(emulator, operation.id, query.t ?? '')) return operation;
  throw new Refusal(404, 'OperationIdNotFound', `The operation with Id '${params.id ?? ''}' does not exist.`);
}

/** Azure-AsyncOperation: always 200, also when the operation failed. */
export function pollOperation(request: ArmRequest): Answer {
  const operation = findOperation(request);
  const { id, status, startTime } = operation;
  const failure = failureOf(operation);
  const headers = accepted(request, operation).headers ?? {};
  return {
    ...ok({
      name: id,
      status,
      startTime,
      ...(failure && { error: { code: failure.code, message: failure.message } }),
    }),
    ...(status === 'InProgress' && { headers }),
  };
}

/** Location: 202 while the operation runs, then its result. */
export function operationResult(request: ArmRequest): Answer {
  const operation = findOperation(request);
  if (operation.status === 'InProgress') return accepted(request, operation);
  if (operation.failure) throw new Refusal(400, operation.failure.code, operation.failure.message);
  return operation.kind === 'deleteServerKey' ? noContent : operation.result();
}
