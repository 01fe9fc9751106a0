import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { ok, Refusal, type Answer } from '../base/answer';
import type { Emulator } from '../base/emulator';
import { takeOperationFault } from '../base/faults';
import { groupId, same, subscriptionOf } from '../base/ids';
import { failureOf, namesOf, type Operation, type OperationHost, type Work } from '../base/operation';
import { logEnd } from './activityLog';
import type { ArmRequest } from './route';

/** Finishes the operations that are due at a time. */
export function finishOperations(emulator: Emulator, now: number): void {
  for (const operation of emulator.operations) {
    if (operation.status !== 'InProgress' || operation.due > now) continue;
    const failure = operation.failure ?? operation.finish();
    if (failure) operation.failure = failure;
    operation.status = failure ? 'Failed' : 'Succeeded';
    logEnd(emulator, operation);
    emulator.saveState();
  }
}

/** Finishes the operations that are due, and what Azure does by itself. Each request calls it first, so the emulator needs no timers. */
export function finishDueOperations(emulator: Emulator, now: number): void {
  finishOperations(emulator, now);
  emulator.background(now);
}

/** Changes when the running operations end. */
export function setDuration(operations: readonly Operation[], operationMs: number): void {
  for (const operation of operations) {
    if (operation.durationMs === undefined) operation.due = Date.parse(operation.startTime) + operationMs;
  }
}

/** All operations of a server since the start or the last reset, without those of its databases, oldest first. */
export const operationsOf = (emulator: Emulator, server: OperationHost): Operation[] =>
  emulator.operations.filter((o) => same(o.server.id, server.id) && o.database === undefined);

/** The operations in progress on a database. */
export const runningOnDatabase = (emulator: Emulator, server: OperationHost, name: string): Operation[] =>
  emulator.operations.filter(
    (o) => o.status === 'InProgress' && same(o.server.id, server.id) && same(o.database ?? '', name),
  );

export const runningOn = (emulator: Emulator, server: OperationHost): Operation[] =>
  operationsOf(emulator, server).filter((o) => o.status === 'InProgress');

export const runningIn = (emulator: Emulator, subscriptionId: string): Operation[] =>
  emulator.operations.filter((o) => o.status === 'InProgress' && same(subscriptionOf(o.server.id), subscriptionId));

/** Replaces the certificate in Azure's signed URLs, which makes them about 3.3 kB long. */
const certificate = randomBytes(2200).toString('base64url');

const signatureOf = (emulator: Emulator, id: string, time: string): string =>
  createHmac('sha256', emulator.secret).update(`${id}${time}`).digest('base64url');

function signedUrls({ emulator, armUrl, apiVersion, now }: ArmRequest, operation: Operation) {
  const { id, server } = operation;
  const { url, inSubscription } = namesOf(operation);
  const scope = inSubscription ? `/subscriptions/${subscriptionOf(server.id)}` : groupId(server.id);
  // A header has ASCII characters only, but the name of a resource group may have others.
  const base = encodeURI(`${armUrl}${scope}/providers/Microsoft.Sql/locations/${server.location}/${url}`);
  // As in Azure, each answer has new URLs.
  const time = String(BigInt(now) * 10_000n + BigInt(randomBytes(2).readUInt16BE()));
  const signed = `api-version=${apiVersion}&t=${time}&c=${certificate}&s=${randomBytes(256).toString('base64url')}&h=${signatureOf(emulator, id, time)}`;
  return { poll: `${base}AzureAsyncOperation/${id}?${signed}`, result: `${base}OperationResults/${id}?${signed}` };
}

function accepted(request: ArmRequest, operation: Operation): Answer {
  const { poll, result } = signedUrls(request, operation);
  const { retryAfter } = request.emulator.options;
  return {
    status: 202,
    body: { operation: namesOf(operation).operation, startTime: operation.startTime },
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

/** Starts an operation and answers 202. Interrupts a running operation with the same target. */
export function startOperation(request: ArmRequest, work: Work): Answer {
  const { emulator, now, method, path } = request;
  interrupt(emulator, work);
  const fault = takeOperationFault(emulator.faults, { method, path, caller: () => request.caller.oid });
  const operation: Operation = {
    ...work,
    id: randomUUID(),
    startTime: new Date(now).toISOString(),
    due: now + (work.durationMs ?? emulator.options.operationMs),
    status: 'InProgress',
    ...(fault && { failure: fault }),
  };
  emulator.operations.push(operation);
  return accepted(request, operation);
}

function findOperation({ emulator, params, query }: ArmRequest): Operation {
  const operation = emulator.operations.find((o) => same(o.id, params.id ?? ''));
  // A truncated or changed URL has no valid signature and isn't found.
  if (operation && query.h === signatureOf(emulator, operation.id, query.t ?? '')) return operation;
  throw new Refusal(404, 'OperationIdNotFound', `The operation with Id '${params.id ?? ''}' does not exist.`);
}

/** Answers the Azure-AsyncOperation URL: always 200, even if the operation failed. */
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

/** Answers the Location URL: 202 while the operation runs, then its result. */
export function operationResult(request: ArmRequest): Answer {
  const operation = findOperation(request);
  if (operation.status === 'InProgress') return accepted(request, operation);
  if (operation.failure) throw new Refusal(400, operation.failure.code, operation.failure.message);
  return operation.result();
}
