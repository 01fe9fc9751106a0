import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { same, newestEnabledVersion, findVaultKey } from '../base/find';
import { displayName } from '../locations';
import { createKeyFacts, createServerKeyRules, isUnchanged } from '../rules/createServerKeyRules';
import { deleteServerKeyRules } from '../rules/deleteServerKeyRules';
import { parseKeyUri } from '../rules/keyIdentifier';
import { firstBroken, refuseIfBroken } from '../base/rule';
import { requireServer } from '../rules/serverRules';
import { vaultFacts } from '../rules/vaultFacts';
import { vaultRules } from '../rules/vaultRules';
import { addServerKey } from '../serverKeyring';
import type { Server, ServerKey, State } from '../base/state';

const keyType = 'Microsoft.Sql/servers/keys';

const serviceManaged = (server: Server) => ({
  kind: 'servicemanaged',
  properties: { serverKeyType: 'ServiceManaged', autoRotationEnabled: false },
  id: `${server.id}/keys/ServiceManaged`,
  name: 'ServiceManaged',
  type: keyType,
});

/** Only a key without version shows the version in use (2024-11-01-preview and later). */
function keyVersion(state: State, uri: string): string | undefined {
  const parsed = parseKeyUri(uri);
  if (!parsed || parsed.version !== undefined) return undefined;
  const vault = state.vaults.find((v) => same(v.uri, `https://${parsed.host}`));
  const key = vault && findVaultKey(vault, parsed.key);
  return key && newestEnabledVersion(key)?.version;
}

function toServerKey(state: State, server: Server, { name, uri, thumbprint, creationDate }: ServerKey) {
  const version = keyVersion(state, uri);
  return {
    kind: 'azurekeyvault',
    location: displayName(server.location),
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
    type: keyType,
  };
}

function list(request: ArmRequest): Answer {
  const server = requireServer(request);
  const keys = server.keys.map((key) => toServerKey(request.state, server, key));
  return ok({ value: [...keys, serviceManaged(server)] });
}

function get(request: ArmRequest): Answer {
  const server = requireServer(request);
  const name = request.params.key ?? '';
  if (same(name, 'ServiceManaged')) return ok(serviceManaged(server));
  const key = server.keys.find((k) => same(k.name, name));
  if (key) return ok(toServerKey(request.state, server, key));
  throw new Refusal(
    404,
    'ResourceNotFound',
    `The requested resource of type '${keyType}' with name '${name}' was not found.`,
  );
}

function put(request: ArmRequest): Answer {
  const { state, emulator } = request;
  const server = requireServer(request);
  const facts = createKeyFacts(request, server);
  refuseIfBroken(createServerKeyRules, facts);
  const { parsed, uri, byName, target } = facts;
  if (isUnchanged(facts) && byName) return ok(toServerKey(state, server, byName));
  if (!parsed) throw new Error('createServerKeyRules let an unreadable address pass');
  const visit = () => vaultFacts({ emulator, server, uri: parsed, autoRotation: server.protector.autoRotationEnabled });
  if (emulator.options.failures === 'start') refuseIfBroken(vaultRules, visit());
  let created: ServerKey | undefined;
  return startOperation(request, {
    kind: 'upsertServerKey',
    server,
    target,
    finish: () => {
      const seen = visit();
      const broken = firstBroken(vaultRules, seen);
      if (!broken) created = addServerKey(seen, uri);
      return broken;
    },
    result: () => ({ status: 201, body: created && toServerKey(state, server, created) }),
  });
}

function remove(request: ArmRequest): Answer {
  const server = requireServer(request);
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

const collection = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/keys';

export const serverKeyRoutes: Route[] = [
  { method: 'GET', path: collection, type: keyType, handle: list },
  { method: 'GET', path: `${collection}/:key`, type: keyType, handle: get },
  { method: 'PUT', path: `${collection}/:key`, type: keyType, handle: put },
  { method: 'DELETE', path: `${collection}/:key`, type: keyType, handle: remove },
];
