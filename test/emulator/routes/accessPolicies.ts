import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { includesId, same } from '../base/ids';
import { propertiesOf, recordOf, recordsOf, stringOf, stringsOf } from '../base/json';
import type { AccessPolicy, Permissions } from '../base/state';
import { requireVault, toAccessPolicy } from './vaults';

const otherKinds = ['secrets', 'certificates', 'storage'] as const;

function toPermissions(sent: Record<string, unknown>): Permissions {
  const permissions: Permissions = { keys: stringsOf(sent.keys) };
  for (const kind of otherKinds) if (sent[kind] !== undefined) permissions[kind] = stringsOf(sent[kind]);
  return permissions;
}

/** An access policy as a request has it. */
export const toPolicy = ({
  tenantId,
  objectId,
  applicationId,
  permissions,
}: Record<string, unknown>): AccessPolicy => ({
  tenantId: stringOf(tenantId),
  objectId: stringOf(objectId),
  ...(typeof applicationId === 'string' && { applicationId }),
  permissions: toPermissions(recordOf(permissions)),
});

/** The policy of the same identity. */
export const policyOfSame = (policies: AccessPolicy[], policy: AccessPolicy): AccessPolicy | undefined =>
  policies.find((p) => same(p.objectId, policy.objectId) && same(p.applicationId ?? '', policy.applicationId ?? ''));

/** Adds the time to the permissions that the identity didn't have before. */
export function withTimes(policy: AccessPolicy, before: AccessPolicy | undefined, now: number): AccessPolicy {
  const had = (before?.permissions.keys ?? []).map((permission) => permission.toLowerCase());
  const added = policy.permissions.keys.map((key) => key.toLowerCase()).filter((key) => !had.includes(key));
  const since = { ...before?.since, ...Object.fromEntries(added.map((key) => [key, now])) };
  return { ...policy, ...(Object.keys(since).length > 0 && { since }) };
}

const union = (a: string[] = [], b: string[] = []): string[] => [...a, ...b.filter((added) => !includesId(a, added))];

function merged(known: AccessPolicy, added: AccessPolicy): AccessPolicy {
  const permissions: Permissions = { keys: union(known.permissions.keys, added.permissions.keys) };
  for (const kind of otherKinds) {
    const all = union(known.permissions[kind], added.permissions[kind]);
    if (all.length > 0) permissions[kind] = all;
  }
  return { ...known, permissions };
}

const minus = (a: string[] = [], b: string[] = []): string[] => a.filter((one) => !includesId(b, one));

function reduced(known: AccessPolicy, removed: AccessPolicy): AccessPolicy {
  const permissions: Permissions = { keys: minus(known.permissions.keys, removed.permissions.keys) };
  for (const kind of otherKinds) {
    const left = minus(known.permissions[kind], removed.permissions[kind]);
    if (left.length > 0) permissions[kind] = left;
  }
  return { ...known, permissions };
}

const isEmpty = ({ permissions }: AccessPolicy): boolean =>
  [permissions.keys, ...otherKinds.map((kind) => permissions[kind] ?? [])].every((list) => list.length === 0);

/** What becomes of the policy of an identity. */
const changes: Readonly<Record<string, (known: AccessPolicy | undefined, sent: AccessPolicy) => AccessPolicy>> = {
  add: (known, sent) => (known ? merged(known, sent) : sent),
  replace: (_known, sent) => sent,
  remove: (known, sent) => (known ? reduced(known, sent) : { ...sent, permissions: { keys: [] } }),
};

/** PUT …/vaults/V/accessPolicies/add, replace, or remove. A policy without permissions disappears. */
function put(request: ArmRequest): Answer {
  const vault = requireVault(request, 'vault');
  const change = changes[(request.params.how ?? '').toLowerCase()];
  if (!change) {
    const message = `The operation kind '${request.params.how ?? ''}' is not valid. It must be add, replace, or remove.`;
    throw new Refusal(400, 'BadRequest', message);
  }
  for (const sent of recordsOf(propertiesOf(request.body).accessPolicies).map(toPolicy)) {
    const known = policyOfSame(vault.accessPolicies, sent);
    const updated = withTimes(change(known, sent), known, request.now);
    if (known) Object.assign(known, updated);
    else vault.accessPolicies.push(updated);
  }
  vault.accessPolicies = vault.accessPolicies.filter((policy) => !isEmpty(policy));
  return ok({
    id: `${vault.id}/accessPolicies/`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    properties: { accessPolicies: vault.accessPolicies.map(toAccessPolicy) },
  });
}

export const accessPolicyRoutes: Route[] = [
  {
    method: 'PUT',
    path: '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.KeyVault/vaults/:vault/accessPolicies/:how',
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    handle: put,
  },
];
