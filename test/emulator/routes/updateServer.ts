import { randomUUID } from 'node:crypto';
import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { findInstance, findPrincipal, findServer } from '../base/find';
import { same } from '../base/ids';
import { firstBroken, refuseIf, refuseIfBroken, type BrokenRule } from '../base/rule';
import type { SqlResource, State } from '../base/state';
import { requireRunning } from '../rules/instanceRules';
import { sqlPaths } from '../rules/serverRules';
import { applySettings } from '../rules/serverSettings';
import { updateServerFacts, updateServerRules, type UpdateServerFacts } from '../rules/updateServerRules';
import { vaultFacts, type VaultFacts } from '../rules/vaultFacts';
import { protectorRules } from '../rules/vaultRules';
import { toInstance } from './managedInstances';
import { addServerKey } from './serverKeys';
import { toServer } from './servers';

/** Creates or deletes the service principal of the system-assigned identity. */
function applySystemAssigned(state: State, server: SqlResource, { type, assignsSystem }: UpdateServerFacts): void {
  const principal = findPrincipal(state, server.principalId);
  if (!type.includes('System')) {
    state.principals = state.principals.filter((p) => p !== principal);
    delete server.principalId;
  }
  // A new identity replaces one that remains in another tenant.
  if (!assignsSystem || (principal && same(principal.tenantId, server.tenantId))) return;
  const { tenantId, name: displayName } = server;
  server.principalId = randomUUID();
  state.principals.push({ objectId: server.principalId, appId: randomUUID(), tenantId, displayName });
}

function applyUserAssigned(server: SqlResource, { type, assigned, primary, application }: UpdateServerFacts): void {
  server.identityType = type;
  server.userAssignedIdentities = assigned;
  if (primary === undefined) delete server.primaryUserAssignedIdentityId;
  else server.primaryUserAssignedIdentityId = primary;
  if (application !== undefined) server.federatedClientId = application;
}

/** The vault facts for keyId, for the server with its new identities; undefined without a keyId. */
export function readVault({ emulator }: ArmRequest, facts: UpdateServerFacts): VaultFacts | undefined {
  const { key: identifier, server } = facts;
  if (!identifier) return undefined;
  const updated = { ...server };
  applyUserAssigned(updated, facts);
  return vaultFacts({ emulator, server: updated, identifier, autoRotation: server.protector.autoRotationEnabled });
}

/** Azure SQL reports both in the same words. Source: Azure SQL docs, "Managed identities for TDE with customer-managed keys", limitations. */
const hiddenByKeyId = ['AzureKeyVaultMissingPermissions', 'AkvEndpointNotReachableFromNode'];

/** The rule that the key of a request breaks. A missing permission has its own code. */
export function brokenVaultRule(found: VaultFacts | undefined): BrokenRule | undefined {
  const broken = found && firstBroken(protectorRules, found);
  if (!broken || !hiddenByKeyId.includes(broken.code)) return broken;
  const message = 'PrimaryUserAssignedIdentityId provided by user does not have access to KeyId provided';
  return { code: 'UmiMissingAkvPermissions', status: 400, message };
}

/** Changes a server as its facts say; returns the rule that its key breaks. */
export function update(request: ArmRequest, facts: UpdateServerFacts): BrokenRule | undefined {
  const { server, keyId } = facts;
  const found = readVault(request, facts);
  const broken = brokenVaultRule(found);
  if (broken) return broken;
  applySystemAssigned(request.state, server, facts);
  applyUserAssigned(server, facts);
  applySettings(server, request.body);
  if (found) server.protector.serverKeyName = addServerKey({ ...found, server }, keyId).name;
  return undefined;
}

/** ARM's JSON for a server or a managed instance. */
function toSqlResource(request: ArmRequest, id: string): object | undefined {
  const { state } = request;
  const [server, instance] = [findServer(state, id), findInstance(state, id)];
  return server ? toServer(request, server) : instance && toInstance(state, instance);
}

function patch(request: ArmRequest): Answer {
  const server = requireRunning(request);
  const facts = updateServerFacts(request, server);
  refuseIfBroken(updateServerRules, facts);
  if (request.emulator.options.failures === 'start') refuseIf(brokenVaultRule(readVault(request, facts)));
  return startOperation(request, {
    kind: 'upsertServer',
    server,
    finish: () => update(request, facts),
    result: () => ok(toSqlResource(request, server.id)),
  });
}

export const updateServerRoutes: Route[] = sqlPaths.map(({ type, path }): Route => ({
  method: 'PATCH',
  path,
  type,
  handle: patch,
}));
