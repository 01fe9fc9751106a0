import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { primaryDatabaseOf } from '../base/geo';
import { propertiesOf, stringOf } from '../base/json';
import { messageIf, refuseIfBroken, type Rule } from '../base/rule';
import type { Database, Server } from '../base/state';
import { isMaster, oneDatabaseOperationAtATime, requireDatabase } from '../rules/databaseRules';
import { requireServer } from '../rules/serverRules';
import { isCurrent } from '../rules/setProtectorRules';

const type = 'Microsoft.Sql/servers/databases/transparentDataEncryption';

const toEncryption = (server: Server, { name, unencrypted }: Database) => ({
  properties: { state: unencrypted ? 'Disabled' : 'Enabled' },
  id: `${server.id}/databases/${name}/transparentDataEncryption/current`,
  name: 'current',
  type,
});

interface EncryptionFacts {
  request: ArmRequest;
  server: Server;
  database: Database;
}

const nameRule: Rule<EncryptionFacts> = {
  code: 'InvalidTransparentDataEncryptionName',
  status: 400,
  when: ({ request: { params } }) =>
    messageIf(!isCurrent(params.tde), 'The transparent data encryption key name is not supported.'),
};

const stateOf = ({ request: { body } }: EncryptionFacts): string => stringOf(propertiesOf(body).state);

/** The checks of PUT …/transparentDataEncryption/current. */
const encryptionRules: readonly Rule<EncryptionFacts>[] = [
  nameRule,
  {
    code: 'InvalidTransparentDataEncryptionUpdateRequest',
    status: 400,
    when: (f) =>
      messageIf(
        !['Enabled', 'Disabled'].includes(stateOf(f)),
        'Please enter a valid state. Please use "Enabled" or "Disabled".',
      ),
  },
  {
    code: 'AttemptedEncryptionOnSystemDatabase',
    status: 400,
    when: ({ database }) =>
      messageIf(
        isMaster(database),
        "Cannot encrypt a system database. Database encryption operations cannot be performed for 'master', 'model', 'tempdb', 'msdb', or 'resource' databases.",
      ),
  },
  {
    code: 'CanNotDropAlterOnMirror',
    status: 400,
    when: ({ request, server, database }) =>
      messageIf(
        primaryDatabaseOf(request.state, server, database.name) !== undefined,
        'Please modify Transparent Data Encryption on the primary databases.',
      ),
  },
  oneDatabaseOperationAtATime,
];

function factsOf(request: ArmRequest): EncryptionFacts {
  const server = requireServer(request);
  return { request, server, database: requireDatabase(request, server) };
}

/** Azure SQL reads the state in the database, which resumes a paused one. */
function resumed(database: Database): Database {
  if (database.status === 'Paused') database.status = 'Online';
  return database;
}

function list(request: ArmRequest): Answer {
  const { server, database } = factsOf(request);
  return ok({ value: [toEncryption(server, resumed(database))] });
}

function get(request: ArmRequest): Answer {
  const facts = factsOf(request);
  refuseIfBroken([nameRule], facts);
  return ok(toEncryption(facts.server, resumed(facts.database)));
}

function put(request: ArmRequest): Answer {
  const facts = factsOf(request);
  const { server, database } = facts;
  refuseIfBroken(encryptionRules, facts);
  resumed(database);
  const unencrypted = stateOf(facts) === 'Disabled';
  if (unencrypted === (database.unencrypted ?? false)) return ok(toEncryption(server, database));
  return startOperation(request, {
    kind: 'updateEncryption',
    server,
    database: database.name,
    finish: () => {
      database.unencrypted = unencrypted;
      return undefined;
    },
    result: () => ok(toEncryption(server, database)),
  });
}

const collection =
  '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/databases/:database/transparentDataEncryption';

export const transparentDataEncryptionRoutes: Route[] = [
  { method: 'GET', path: collection, type, handle: list },
  { method: 'GET', path: `${collection}/:tde`, type, handle: get },
  { method: 'PUT', path: `${collection}/:tde`, type, handle: put },
];
