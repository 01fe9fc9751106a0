import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { propertiesOf, stringOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { Database, LongTermRetentionPolicy, Server } from '../base/state';
import { oneDatabaseOperationAtATime, requireDatabase } from '../rules/databaseRules';
import { notFound, requireServer } from '../rules/serverRules';

/** A retention policy of a database: how to read and how to change it. */
interface Policy {
  name: 'backupShortTermRetentionPolicies' | 'backupLongTermRetentionPolicies';
  kind: 'updateShortTermRetention' | 'updateLongTermRetention';
  read: (database: Database) => object;
  /** Checks what a request sends and returns the change of the database. */
  change: (sent: Record<string, unknown>) => Partial<Database>;
}

function shortTerm({ retentionDays, diffBackupIntervalInHours }: Record<string, unknown>): Partial<Database> {
  const days = typeof retentionDays === 'number' ? retentionDays : undefined;
  if (days !== undefined && !(days >= 1 && days <= 35)) {
    const message = `The retention days value '${days}' is not a valid value. Please specify a value from 1 to 35.`;
    throw new Refusal(400, 'InvalidBackupRetentionPeriod', message);
  }
  return {
    ...(days !== undefined && { retentionDays: days }),
    ...(typeof diffBackupIntervalInHours === 'number' && { diffBackupIntervalInHours }),
  };
}

const none: LongTermRetentionPolicy = {
  weeklyRetention: 'PT0S',
  monthlyRetention: 'PT0S',
  yearlyRetention: 'PT0S',
  weekOfYear: 0,
};

const longTerm = (sent: Record<string, unknown>): Partial<Database> => ({
  longTermRetention: {
    weeklyRetention: stringOf(sent.weeklyRetention) || none.weeklyRetention,
    monthlyRetention: stringOf(sent.monthlyRetention) || none.monthlyRetention,
    yearlyRetention: stringOf(sent.yearlyRetention) || none.yearlyRetention,
    weekOfYear: typeof sent.weekOfYear === 'number' ? sent.weekOfYear : none.weekOfYear,
  },
});

const policies: readonly Policy[] = [
  {
    name: 'backupShortTermRetentionPolicies',
    kind: 'updateShortTermRetention',
    read: ({ retentionDays = 7, diffBackupIntervalInHours = 24 }) => ({ retentionDays, diffBackupIntervalInHours }),
    change: shortTerm,
  },
  {
    name: 'backupLongTermRetentionPolicies',
    kind: 'updateLongTermRetention',
    read: ({ longTermRetention = none }) => longTermRetention,
    change: longTerm,
  },
];

const toPolicy = ({ name, read }: Policy, server: Server, database: Database) => ({
  properties: read(database),
  id: `${server.id}/databases/${database.name}/${name}/default`,
  name: 'default',
  type: `Microsoft.Sql/servers/databases/${name}`,
});

function placeOf(request: ArmRequest): { server: Server; database: Database } {
  const server = requireServer(request);
  const { policy } = request.params;
  if (policy !== undefined && policy.toLowerCase() !== 'default') {
    throw notFound('Microsoft.Sql/servers/databases/backupRetentionPolicies', policy);
  }
  return { server, database: requireDatabase(request, server) };
}

function put(request: ArmRequest, policy: Policy): Answer {
  const { server, database } = placeOf(request);
  const change = policy.change(propertiesOf(request.body));
  refuseIfBroken([oneDatabaseOperationAtATime], { request, server, database });
  return startOperation(request, {
    kind: policy.kind,
    server,
    database: database.name,
    finish: () => {
      Object.assign(database, change);
      return undefined;
    },
    result: () => ok(toPolicy(policy, server, database)),
  });
}

const database =
  '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/databases/:database';

export const retentionPolicyRoutes: Route[] = policies.flatMap((policy): Route[] => {
  const path = `${database}/${policy.name}`;
  const type = `Microsoft.Sql/servers/databases/${policy.name}`;
  const read = (request: ArmRequest) => {
    const place = placeOf(request);
    return toPolicy(policy, place.server, place.database);
  };
  return [
    { method: 'GET', path, type, handle: (request) => ok({ value: [read(request)] }) },
    { method: 'GET', path: `${path}/:policy`, type, handle: (request) => ok(read(request)) },
    { method: 'PUT', path: `${path}/:policy`, type, handle: (request) => put(request, policy) },
    { method: 'PATCH', path: `${path}/:policy`, type, handle: (request) => put(request, policy) },
  ];
});
