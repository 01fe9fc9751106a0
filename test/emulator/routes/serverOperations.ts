import { operationsOf } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { isInstance } from '../base/ids';
import { failureOf, namesOf, type Operation } from '../base/operation';
import { requireSqlResource, sqlPaths, sqlTypeOf } from '../rules/serverRules';

function percentOf({ startTime, due, status }: Operation, now: number): number {
  if (status !== 'InProgress') return 100;
  const start = Date.parse(startTime);
  return Math.min(99, Math.floor((100 * (now - start)) / Math.max(1, due - start)));
}

/** Unlike a poll, the list has the state "Pending" for an operation at 0 percent and spells "Cancelled" with two l. */
function stateOf({ status }: Operation, percent: number): string {
  if (status === 'Canceled') return 'Cancelled';
  return status === 'InProgress' && percent === 0 ? 'Pending' : status;
}

function toOperation(operation: Operation, now: number) {
  const { id, server, startTime } = operation;
  const names = namesOf(operation);
  const failure = failureOf(operation);
  const percentComplete = percentOf(operation, now);
  return {
    properties: {
      operation: names.operation,
      operationFriendlyName: names.friendlyName,
      percentComplete,
      [isInstance(server) ? 'managedInstanceName' : 'serverName']: server.name,
      startTime,
      state: stateOf(operation, percentComplete),
      ...(failure && { errorDescription: failure.message }),
      isCancellable: false,
    },
    id: `${server.id}/operations/${id}`,
    name: id,
    type: `${sqlTypeOf(server)}/operations`,
  };
}

function list(request: ArmRequest): Answer {
  const operations = operationsOf(request.emulator, requireSqlResource(request));
  return ok({ value: operations.map((operation) => toOperation(operation, request.now)) });
}

export const serverOperationRoutes: Route[] = sqlPaths.map(({ type, path }) => ({
  method: 'GET',
  path: `${path}/operations`,
  type: `${type}/operations`,
  handle: list,
}));
