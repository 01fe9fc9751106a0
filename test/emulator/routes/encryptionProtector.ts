import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { protectorKeyOf } from '../base/find';
import { firstBroken, refuseIf, refuseIfBroken, type BrokenRule } from '../base/rule';
import type { ServerKey, SqlResource } from '../base/state';
import { requireRunning } from '../rules/instanceRules';
import { isVersionlessName, parseKeyIdentifier, serverKeyNameOf } from '../rules/keyIdentifier';
import { requireSqlResource, sqlPaths, sqlTypeOf } from '../rules/serverRules';
import { databasesUnderProtector, isCurrent, protectorFacts, setProtectorRules } from '../rules/setProtectorRules';
import { vaultFacts } from '../rules/vaultFacts';
import { protectorRules } from '../rules/vaultRules';
import { logReturn } from './databaseEvents';

/** As recorded, a versionless server key reads back as VAULT_KEY_VERSION when it is the protector. */
function nameOf({ name, uri }: ServerKey): string {
  const read = isVersionlessName(name) ? parseKeyIdentifier(uri) : undefined;
  return read ? serverKeyNameOf(read) : name;
}

function toProtector(server: SqlResource) {
  const key = protectorKeyOf(server);
  const { autoRotationEnabled } = server.protector;
  return {
    kind: key ? 'azurekeyvault' : 'servicemanaged',
    properties: {
      serverKeyName: key ? nameOf(key) : 'ServiceManaged',
      serverKeyType: key ? 'AzureKeyVault' : 'ServiceManaged',
      ...(key && { uri: key.uri }),
      autoRotationEnabled,
    },
    id: `${server.id}/encryptionProtector/current`,
    name: 'current',
    type: `${sqlTypeOf(server)}/encryptionProtector`,
  };
}

function list(request: ArmRequest): Answer {
  return ok({ value: [toProtector(requireSqlResource(request))] });
}

function requireCurrent({ params }: ArmRequest): void {
  if (isCurrent(params.protector)) return;
  throw new Refusal(400, 'InvalidEncryptionProtectorName', 'The encryption protector key name is not supported.');
}

function get(request: ArmRequest): Answer {
  const server = requireSqlResource(request);
  requireCurrent(request);
  return ok(toProtector(server));
}

function checkVault(
  { emulator }: ArmRequest,
  server: SqlResource,
  key: ServerKey | undefined,
  autoRotation: boolean,
): BrokenRule | undefined {
  const identifier = key && parseKeyIdentifier(key.uri);
  return identifier && firstBroken(protectorRules, vaultFacts({ emulator, server, identifier, autoRotation }));
}

function put(request: ArmRequest): Answer {
  const server = requireRunning(request);
  const facts = protectorFacts(request, server);
  refuseIfBroken(setProtectorRules, facts);
  const check = () => checkVault(request, server, facts.key, facts.autoRotation);
  if (request.emulator.options.failures === 'start') refuseIf(check());
  return startOperation(request, {
    kind: 'upsertProtector',
    server,
    finish: () => {
      const broken = check();
      if (broken) return broken;
      server.protector = {
        serverKeyName: facts.key?.name ?? 'ServiceManaged',
        autoRotationEnabled: facts.key !== undefined && facts.autoRotation,
      };
      return undefined;
    },
    result: () => ok(toProtector(server)),
  });
}

/** As recorded, the result of a revalidation doesn't name the key. */
function revalidated(server: SqlResource): object {
  const protector = toProtector(server);
  const { serverKeyType, autoRotationEnabled } = protector.properties;
  return { ...protector, properties: { serverKeyType, autoRotationEnabled } };
}

/** Checks the vault again. On success, inaccessible databases are online again. */
function revalidate(request: ArmRequest): Answer {
  const server = requireRunning(request);
  requireCurrent(request);
  const { failures, revalidateMs } = request.emulator.options;
  const check = () => checkVault(request, server, protectorKeyOf(server), server.protector.autoRotationEnabled);
  if (failures === 'start') refuseIf(check());
  const log = (status: 'Started' | 'Succeeded' | 'Failed') => {
    logReturn(request.state, server, databasesUnderProtector(server), status);
  };
  log('Started');
  return startOperation(request, {
    kind: 'revalidateProtector',
    server,
    ...(revalidateMs !== null && { durationMs: revalidateMs }),
    finish: () => {
      const broken = check();
      log(broken ? 'Failed' : 'Succeeded');
      return broken;
    },
    result: () => ok(revalidated(server)),
  });
}

export const encryptionProtectorRoutes: Route[] = sqlPaths.flatMap(({ type: parent, path }): Route[] => {
  const [type, collection] = [`${parent}/encryptionProtector`, `${path}/encryptionProtector`];
  return [
    { method: 'GET', path: collection, type, handle: list },
    { method: 'GET', path: `${collection}/:protector`, type, handle: get },
    { method: 'PUT', path: `${collection}/:protector`, type, handle: put },
    {
      method: 'POST',
      path: `${collection}/:protector/revalidate`,
      type,
      action: `${type}/revalidate/action`,
      handle: revalidate,
    },
  ];
});
