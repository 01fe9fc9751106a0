import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { Refusal, type Answer } from '../base/answer';
import { firstBroken, refuseIf, refuseIfBroken, type BrokenRule } from '../base/rule';
import type { Database, Server } from '../base/state';
import { oneDatabaseOperationAtATime, requireDatabase } from '../rules/databaseRules';
import { applyDatabaseSettings, requirePlayed } from '../rules/databaseSettings';
import { parseKeyIdentifier, serverKeyNameOf } from '../rules/keyIdentifier';
import { requireServer } from '../rules/serverRules';
import { isCurrent } from '../rules/setProtectorRules';
import {
  asResource,
  keyOf,
  updateDatabaseFacts,
  updateDatabaseRules,
  type UpdateDatabaseFacts,
} from '../rules/updateDatabaseRules';
import { vaultFacts, type VaultFacts } from '../rules/vaultFacts';
import { vaultRules } from '../rules/vaultRules';
import { logReturn } from './databaseEvents';
import { toDatabase } from './databases';

/** The vault facts for each key that a database uses. */
const readVaults = (
  { request: { emulator }, server, database, ...facts }: UpdateDatabaseFacts,
  uris: string[],
): VaultFacts[] =>
  uris.flatMap((uri) => {
    const identifier = parseKeyIdentifier(uri);
    const resource = asResource(server, database, facts);
    return identifier ? vaultFacts({ emulator, server: resource, identifier, autoRotation: facts.autoRotation }) : [];
  });

const usedKeys = ({ added, protector }: UpdateDatabaseFacts): string[] => [
  ...added,
  ...(protector === undefined || added.includes(protector) ? [] : [protector]),
];

function firstBrokenIn(found: readonly VaultFacts[]): BrokenRule | undefined {
  for (const facts of found) {
    const broken = firstBroken(vaultRules, facts);
    if (broken) return broken;
  }
  return undefined;
}

function applyIdentity(database: Database, { identities: [identityId], application }: UpdateDatabaseFacts): void {
  if (identityId === undefined) delete database.identityId;
  else database.identityId = identityId;
  if (application !== undefined) database.federatedClientId = application;
}

function applyKeys(database: Database, facts: UpdateDatabaseFacts, found: readonly VaultFacts[]): void {
  if (facts.added.length === 0 && facts.removed.length === 0 && facts.protector === undefined) return;
  const now = new Date().toISOString();
  facts.removed.forEach((uri) => Object.assign(keyOf(database, uri) ?? {}, { removed: now }));
  database.keys ??= [];
  for (const { identifier, version } of found) {
    const uri = facts.added.find(
      (sent) => serverKeyNameOf(parseKeyIdentifier(sent) ?? identifier) === serverKeyNameOf(identifier),
    );
    if (uri === undefined || keyOf(database, uri)) continue;
    const thumbprint = version?.thumbprint ?? '';
    database.keys.push({ name: serverKeyNameOf(identifier), uri, thumbprint, creationDate: now });
  }
  if (facts.protector === undefined) return;
  database.encryptionProtector = facts.protector;
  database.autoRotation = facts.autoRotation;
}

/** Changes a database as the body of a request says, or adds it to its server. */
export function upsert(
  request: ArmRequest,
  { server, database, isNew }: { readonly server: Server; readonly database: Database; readonly isNew: boolean },
): Answer {
  requirePlayed(request.body);
  const facts = updateDatabaseFacts(request, server, database);
  refuseIfBroken(updateDatabaseRules, facts);
  const read = () => readVaults(facts, usedKeys(facts));
  if (request.emulator.options.failures === 'start') refuseIf(firstBrokenIn(read()));
  return startOperation(request, {
    kind: isNew ? 'createDatabase' : 'updateDatabase',
    server,
    database: database.name,
    finish: () => {
      const found = read();
      const broken = firstBrokenIn(found);
      if (broken) return broken;
      applyIdentity(database, facts);
      applyKeys(database, facts, found);
      applyDatabaseSettings(database, request.body);
      if (isNew) server.databases.push(database);
      return undefined;
    },
    result: () => ({ status: isNew ? 201 : 200, body: toDatabase(request.state, server, database) }),
  });
}

function patch(request: ArmRequest): Answer {
  const server = requireServer(request);
  return upsert(request, { server, database: requireDatabase(request, server), isNew: false });
}

/** A request for the TDE protector of a database. */
interface OwnProtector {
  server: Server;
  database: Database;
  uri: string;
}

function requireOwnProtector(request: ArmRequest): OwnProtector {
  const server = requireServer(request);
  const database = requireDatabase(request, server);
  if (!isCurrent(request.params.protector)) {
    throw new Refusal(400, 'InvalidEncryptionProtectorName', 'The encryption protector key name is not supported.');
  }
  const { encryptionProtector: uri } = database;
  if (uri === undefined) {
    const message = 'Database-level encryption protector does not exist.';
    throw new Refusal(400, 'DatabaseLevelEncryptionProtectorDoesNotExist', message);
  }
  refuseIfBroken([oneDatabaseOperationAtATime], { request, server, database });
  return { server, database, uri };
}

/** As recorded, the result is the JSON string "OK". */
const done: Answer = { status: 200, body: '"OK"', headers: { 'content-type': 'application/json; charset=utf-8' } };

function revalidate(request: ArmRequest): Answer {
  const { server, database, uri } = requireOwnProtector(request);
  const read = () => readVaults(updateDatabaseFacts({ ...request, body: {} }, server, database), [uri]);
  if (request.emulator.options.failures === 'start') refuseIf(firstBrokenIn(read()));
  logReturn(request.state, server, [database], 'Started');
  return startOperation(request, {
    kind: 'revalidateDatabase',
    server,
    database: database.name,
    finish: () => {
      const broken = firstBrokenIn(read());
      logReturn(request.state, server, [database], broken ? 'Failed' : 'Succeeded');
      return broken;
    },
    result: () => done,
  });
}

function revert(request: ArmRequest): Answer {
  const { server, database } = requireOwnProtector(request);
  if (server.protector.serverKeyName !== 'ServiceManaged') {
    const message =
      'Database-level encryption protector can only be reverted to the server level encryption when the server is configured with Microsoft Managed Key.';
    throw new Refusal(400, 'RevertDatabaseLevelKeyOnlySupportedWithSMK', message);
  }
  return startOperation(request, {
    kind: 'revertDatabase',
    server,
    database: database.name,
    finish: () => {
      const removed = new Date().toISOString();
      for (const key of database.keys ?? []) key.removed ??= removed;
      delete database.encryptionProtector;
      delete database.autoRotation;
      return undefined;
    },
    result: () => done,
  });
}

const database =
  '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/databases/:database';
const type = 'Microsoft.Sql/servers/databases/encryptionProtector';

export const databaseKeyRoutes: Route[] = [
  { method: 'PATCH', path: database, type: 'Microsoft.Sql/servers/databases', handle: patch },
  ...Object.entries({ revalidate, revert }).map(([name, handle]): Route => ({
    method: 'POST',
    path: `${database}/encryptionProtector/:protector/${name}`,
    type,
    action: `${type}/${name}/action`,
    handle,
  })),
];
