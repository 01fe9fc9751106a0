import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, ok, type Answer } from '../base/answer';
import { isInstance, same } from '../base/ids';
import { firstBroken, refuseIfBroken } from '../base/rule';
import type { KeyVersion, ServerKey, SqlResource } from '../base/state';
import { createKeyFacts, createServerKeyRules, isUnchanged } from '../rules/createServerKeyRules';
import { deleteServerKeyRules } from '../rules/deleteServerKeyRules';
import { requireRunning } from '../rules/instanceRules';
import { parseKeyIdentifier, serverKeyNameOf, type KeyIdentifier } from '../rules/keyIdentifier';
import { notFound, requireSqlResource, sqlPaths, sqlTypeOf } from '../rules/serverRules';
import { vaultFacts, type VaultFacts } from '../rules/vaultFacts';
import { vaultRules } from '../rules/vaultRules';
import { regionName } from './servers';

const keyTypeOf = (server: SqlResource): string => `${sqlTypeOf(server)}/keys`;

const serviceManaged = (server: SqlResource) => ({
  kind: 'servicemanaged',
  properties: { serverKeyType: 'ServiceManaged', autoRotationEnabled: false },
  id: `${server.id}/keys/ServiceManaged`,
  name: 'ServiceManaged',
  type: keyTypeOf(server),
});

/** ARM has returned the version of a server's key since 2024-11-01-preview, and that of an instance's key never. */
const versionsSince = '2024-11-01';

function toServerKey(
  { apiVersion }: ArmRequest,
  server: SqlResource,
  { name, uri, thumbprint, creationDate }: ServerKey,
) {
  const version = apiVersion < versionsSince || isInstance(server) ? undefined : parseKeyIdentifier(uri)?.version;
  return {
    kind: 'azurekeyvault',
    ...(!isInstance(server) && { location: regionName(server.location) }),
    properties: {
      serverKeyType: 'AzureKeyVault',
      uri,
      thumbprint,
      creationDate,
      autoRotationEnabled: false,
      ...(version !== undefined && { keyVersion: version }),
    },
    id: `${server.id}/keys/${name}`,
    name,
    type: keyTypeOf(server),
  };
}

function list(request: ArmRequest): Answer {
  const server = requireSqlResource(request);
  const keys = server.keys.map((key) => toServerKey(request, server, key));
  return ok({ value: [...keys, serviceManaged(server)] });
}

function get(request: ArmRequest): Answer {
  const server = requireSqlResource(request);
  const name = request.params.key ?? '';
  if (same(name, 'ServiceManaged')) return ok(serviceManaged(server));
  const key = server.keys.find((k) => same(k.name, name));
  if (key) return ok(toServerKey(request, server, key));
  throw notFound(keyTypeOf(server), name);
}

/** The service keeps the casing of an identifier. As recorded, a versionless one reads back with the version in use. */
function readBack(sentUri: string, identifier: KeyIdentifier, version: KeyVersion | undefined): string {
  const uri = sentUri.replace(/\/+$/, '');
  return identifier.version === undefined && version ? `${uri}/${version.version}` : uri;
}

/** Returns the server's key with this identifier; adds it if the server doesn't have it. `sentUri` is the identifier as sent. */
export function addServerKey({ server, identifier, version }: VaultFacts, sentUri: string): ServerKey {
  const name = serverKeyNameOf(identifier);
  const existing = server.keys.find((key) => same(key.name, name));
  if (existing) return existing;
  const key = {
    name,
    uri: readBack(sentUri, identifier, version),
    thumbprint: version?.thumbprint ?? '',
    creationDate: new Date().toISOString(),
  };
  server.keys.push(key);
  return key;
}

function put(request: ArmRequest): Answer {
  const { emulator } = request;
  const server = requireRunning(request);
  const facts = createKeyFacts(request, server);
  refuseIfBroken(createServerKeyRules, facts);
  const { parsed, uri, byName, target } = facts;
  if (isUnchanged(facts) && byName) return ok(toServerKey(request, server, byName));
  if (!parsed) throw new Error('createServerKeyRules must refuse an invalid key identifier');
  const { autoRotationEnabled: autoRotation } = server.protector;
  const readVault = () => vaultFacts({ emulator, server, identifier: parsed, autoRotation });
  if (emulator.options.failures === 'start') refuseIfBroken(vaultRules, readVault());
  let created: ServerKey | undefined;
  return startOperation(request, {
    kind: 'upsertServerKey',
    server,
    target,
    finish: () => {
      const found = readVault();
      const broken = firstBroken(vaultRules, found);
      if (!broken) created = addServerKey(found, uri);
      return broken;
    },
    result: () => ({ status: 201, body: created && toServerKey(request, server, created) }),
  });
}

function remove(request: ArmRequest): Answer {
  const server = requireRunning(request);
  const name = request.params.key ?? '';
  refuseIfBroken(deleteServerKeyRules, { request, server, name });
  if (!server.keys.some((key) => same(key.name, name))) return noContent;
  return startOperation(request, {
    kind: 'deleteServerKey',
    server,
    finish: () => {
      server.keys = server.keys.filter((key) => !same(key.name, name));
      return undefined;
    },
    result: () => noContent,
  });
}

export const serverKeyRoutes: Route[] = sqlPaths.flatMap(({ type: parent, path }): Route[] => {
  const [type, collection] = [`${parent}/keys`, `${path}/keys`];
  return [
    { method: 'GET', path: collection, type, handle: list },
    { method: 'GET', path: `${collection}/:key`, type, handle: get },
    { method: 'PUT', path: `${collection}/:key`, type, handle: put },
    { method: 'DELETE', path: `${collection}/:key`, type, handle: remove },
  ];
});
