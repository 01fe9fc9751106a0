import { randomUUID } from 'node:crypto';
import { ok, Refusal, type Answer } from '../base/answer';
import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { same } from '../base/find';
import { firstBroken, refuseIfBroken, type Broken } from '../base/rule';
import { requireServer } from '../rules/serverRules';
import { updateServerFacts, updateServerRules, type UpdateServerFacts } from '../rules/updateServerRules';
import { vaultFacts, type VaultFacts } from '../rules/vaultFacts';
import { vaultRules } from '../rules/vaultRules';
import { findPrincipal } from '../rules/serverIdentity';
import { addServerKey } from '../serverKeyring';
import type { Server, State } from '../base/state';
import { serverType, toServer } from './servers';

/** The directory gets a service principal for a system-assigned identity unless it has one, and loses it with the identity. */
function applySystemAssigned(state: State, server: Server, { type, assignsSystem }: UpdateServerFacts): void {
  const principal = findPrincipal(state, server.principalId);
  if (!type.includes('System')) {
    state.principals = state.principals.filter((p) => p !== principal);
    delete server.principalId;
  }
  // An identity that was left behind in another tenant is replaced.
  if (!assignsSystem || (principal && same(principal.tenantId, server.tenantId))) return;
  const { tenantId, name: displayName } = server;
  server.principalId = randomUUID();
  state.principals.push({ objectId: server.principalId, appId: randomUUID(), tenantId, displayName });
}

function applyUserAssigned(server: Server, { type, assigned, primary, application }: UpdateServerFacts): void {
  server.identityType = type;
  server.userAssignedIdentities = assigned;
  if (primary === undefined) delete server.primaryUserAssignedIdentityId;
  else server.primaryUserAssignedIdentityId = primary;
  if (application !== undefined) server.federatedClientId = application;
}

/** What the server as it is to be finds in the vault of keyId. */
function visit({ emulator }: ArmRequest, facts: UpdateServerFacts): VaultFacts | undefined {
  const { key: uri, server } = facts;
  if (!uri) return undefined;
  const updated = { ...server };
  applyUserAssigned(updated, facts);
  return vaultFacts({ emulator, server: updated, uri, autoRotation: server.protector.autoRotationEnabled });
}

function brokenAt(seen: VaultFacts | undefined): Broken | undefined {
  const broken = seen && firstBroken(vaultRules, seen);
  if (broken?.code !== 'AzureKeyVaultMissingPermissions') return broken;
  const message = 'PrimaryUserAssignedIdentityId provided by user does not have access to KeyId provided';
  return { code: 'UmiMissingAkvPermissions', status: 400, message };
}

function update(request: ArmRequest, facts: UpdateServerFacts): Broken | undefined {
  const { server, keyId } = facts;
  const seen = visit(request, facts);
  const broken = brokenAt(seen);
  if (broken) return broken;
  applySystemAssigned(request.state, server, facts);
  applyUserAssigned(server, facts);
  if (seen) server.protector.serverKeyName = addServerKey({ ...seen, server }, keyId).name;
  return undefined;
}

function patch(request: ArmRequest): Answer {
  const server = requireServer(request);
  const facts = updateServerFacts(request, server);
  refuseIfBroken(updateServerRules, facts);
  if (request.emulator.options.failures === 'start') {
    const broken = brokenAt(visit(request, facts));
    if (broken) throw new Refusal(broken.status, broken.code, broken.message);
  }
  return startOperation(request, {
    kind: 'upsertServer',
    server,
    finish: () => update(request, facts),
    result: () => ok(toServer(request.state, server)),
  });
}

export const updateServerRoutes: Route[] = [
  {
    method: 'PATCH',
    path: '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server',
    type: serverType,
    handle: patch,
  },
];
