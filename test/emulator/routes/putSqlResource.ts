import { startOperation } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { noContent, ok, type Answer } from '../base/answer';
import { findSubscription } from '../base/find';
import { groupId, subscriptionOf } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import { refuseIf, refuseIfBroken } from '../base/rule';
import type { SqlResource } from '../base/state';
import { oneOperationAtATime } from '../rules/serverRules';
import { applySettings } from '../rules/serverSettings';
import { updateServerFacts, updateServerRules } from '../rules/updateServerRules';
import { brokenVaultRule, readVault, update } from './updateServer';

/** A server or managed instance without identities, tags, and settings, as a PUT starts with. */
export function blankSqlResource(
  { state, path, params: { server: name = '' } }: ArmRequest,
  type: string,
  location: string,
) {
  const { tenantId = '' } = findSubscription(state, subscriptionOf(path)) ?? {};
  const id = `${groupId(path)}/providers/${type}/${name}`;
  return {
    ...{ id, name, location, tenantId },
    state: 'Ready' as const,
    identityType: 'None' as const,
    userAssignedIdentities: [],
    tags: {},
    keys: [],
    protector: { serverKeyName: 'ServiceManaged', autoRotationEnabled: false },
    databases: [],
  };
}

/** How the PUT of a server differs from that of a managed instance. */
interface Kind<Resource extends SqlResource> {
  /** Without identities, tags, and settings. */
  blank: Resource;
  add: (resource: Resource) => void;
  /** Applies the properties that only this kind has. */
  define: (resource: Resource) => void;
  show: (resource: Resource) => object;
}

/** Creates a server or managed instance, or replaces the properties of an existing one, which keeps its keys and databases. */
export function putSqlResource<Resource extends SqlResource>(
  request: ArmRequest,
  existing: Resource | undefined,
  { blank, add, define, show }: Kind<Resource>,
): Answer {
  const server = existing ?? blank;
  const facts = { ...updateServerFacts(request, { ...server, ...blankIdentity }), server };
  refuseIfBroken(updateServerRules, facts);
  if (request.emulator.options.failures === 'start') refuseIf(brokenVaultRule(readVault(request, facts)));
  return startOperation(request, {
    kind: 'upsertServer',
    server,
    finish: () => {
      const broken = update(request, facts);
      if (broken) return broken;
      if (!existing) add(server);
      applyDefinition(server, request.body);
      define(server);
      return undefined;
    },
    result: () => ({ ...ok(show(server)), status: existing ? 200 : 201 }),
  });
}

const blankIdentity = { identityType: 'None' as const, userAssignedIdentities: [] };

/** A PUT replaces tags and settings; only the administrator stays. */
function applyDefinition(server: SqlResource, body: unknown): void {
  const login = stringOf(propertiesOf(body).administratorLogin) || server.settings?.administratorLogin;
  server.settings = login === undefined ? {} : { administratorLogin: login };
  server.tags = {};
  applySettings(server, body);
}

/** Deletes a server or managed instance. @param forget removes it from the state */
export function deleteSqlResource<Resource extends SqlResource>(
  request: ArmRequest,
  server: Resource | undefined,
  forget: (resource: Resource) => void,
): Answer {
  if (!server) return noContent;
  refuseIfBroken([oneOperationAtATime], { request, server });
  return startOperation(request, {
    kind: 'deleteServer',
    server,
    finish: () => {
      forget(server);
      return undefined;
    },
    result: () => noContent,
  });
}
