import { ok, Refusal, type Answer } from '../base/answer';
import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { same } from '../base/find';
import { parseKeyUri } from '../rules/keyIdentifier';
import { firstBroken, refuseIfBroken, type Broken } from '../base/rule';
import { requireServer } from '../rules/serverRules';
import { isCurrent, protectorFacts, setProtectorRules } from '../rules/setProtectorRules';
import { vaultFacts } from '../rules/vaultFacts';
import { vaultRules } from '../rules/vaultRules';
import type { Server, ServerKey } from '../base/state';

const protectorType = 'Microsoft.Sql/servers/encryptionProtector';

const protectorKey = (server: Server): ServerKey | undefined =>
  server.keys.find((key) => same(key.name, server.protector.serverKeyName));

function toProtector(server: Server) {
  const key = protectorKey(server);
  const { autoRotationEnabled } = server.protector;
  return {
    kind: key ? 'azurekeyvault' : 'servicemanaged',
    properties: {
      serverKeyName: key?.name ?? 'ServiceManaged',
      serverKeyType: key ? 'AzureKeyVault' : 'ServiceManaged',
      ...(key && { uri: key.uri }),
      autoRotationEnabled,
    },
    id: `${server.id}/encryptionProtector/current`,
    name: 'current',
    type: protectorType,
  };
}

function list(request: ArmRequest): Answer {
  return ok({ value: [toProtector(requireServer(request))] });
}

function requireCurrent({ params }: ArmRequest): void {
  if (isCurrent(params.protector)) return;
  throw new Refusal(400, 'InvalidEncryptionProtectorName', 'The encryption protector key name is not supported.');
}

function get(request: ArmRequest): Answer {
  const server = requireServer(request);
  requireCurrent(request);
  return ok(toProtector(server));
}

function checkVault(
  { emulator }: ArmRequest,
  server: Server,
  key: ServerKey | undefined,
  autoRotation: boolean,
): Broken | undefined {
  const uri = key && parseKeyUri(key.uri);
  return uri && firstBroken(vaultRules, vaultFacts({ emulator, server, uri, autoRotation }));
}

function refuseNow(request: ArmRequest, broken: Broken | undefined): void {
  if (broken && request.emulator.options.failures === 'start') {
    throw new Refusal(broken.status, broken.code, broken.message);
  }
}

function put(request: ArmRequest): Answer {
  const server = requireServer(request);
  const facts = protectorFacts(request, server);
  refuseIfBroken(setProtectorRules, facts);
  const check = () => checkVault(request, server, facts.key, facts.autoRotation);
  refuseNow(request, check());
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

/** Asks the vault again; databases that had lost their key come back. */
function revalidate(request: ArmRequest): Answer {
  const server = requireServer(request);
  requireCurrent(request);
  const check = () => checkVault(request, server, protectorKey(server), server.protector.autoRotationEnabled);
  refuseNow(request, check());
  return startOperation(request, {
    kind: 'revalidateProtector',
    server,
    finish: () => {
      const broken = check();
      if (!broken) server.databases.forEach((database) => (database.status = 'Online'));
      return broken;
    },
    result: () => ok(toProtector(server)),
  });
}

const collection =
  '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/encryptionProtector';

export const encryptionProtectorRoutes: Route[] = [
  { method: 'GET', path: collection, type: protectorType, handle: list },
  { method: 'GET', path: `${collection}/:protector`, type: protectorType, handle: get },
  { method: 'PUT', path: `${collection}/:protector`, type: protectorType, handle: put },
  {
    method: 'POST',
    path: `${collection}/:protector/revalidate`,
    type: protectorType,
    action: 'Microsoft.Sql/servers/encryptionProtector/revalidate/action',
    handle: revalidate,
  },
];
