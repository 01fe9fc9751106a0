import { paged, type ArmRequest, type Route } from '../arm/route';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { guidOf, isWithin, same } from '../base/ids';
import { findVault } from '../base/find';
import { retentionDays, type Vault } from '../base/state';
import { vaultKinds, vaultType } from './vaults';

const dayMs = 86_400_000;

/** The names that the APIs of deleted key vaults and managed HSMs have for the same things. */
const names = {
  vault: { list: 'deletedVaults', id: 'vaultId', results: 'operationResults', notFound: 'DeletedVaultNotFound' },
  managedHsm: {
    list: 'deletedManagedHSMs',
    id: 'mhsmId',
    results: 'managedHsmOperationResults',
    notFound: 'ResourceNotFound',
  },
} as const;

const toDeleted = ({ kind, id, name, location, purgeProtection, deletionDate, tags = {} }: Vault) => ({
  id: `${id.split('/').slice(0, 3).join('/')}/providers/Microsoft.KeyVault/locations/${location}/${names[kind].list}/${name}`,
  name,
  type: `Microsoft.KeyVault/${names[kind].list}`,
  properties: {
    [names[kind].id]: id,
    location,
    tags,
    ...(deletionDate !== undefined && {
      deletionDate,
      scheduledPurgeDate: new Date(Date.parse(deletionDate) + retentionDays * dayMs).toISOString(),
    }),
    ...(purgeProtection && { purgeProtectionEnabled: true }),
  },
});

const deletedIn = ({ state, params: { sub = '' } }: ArmRequest, kind: Vault['kind']): Vault[] =>
  state.vaults.filter((v) => v.kind === kind && v.deleted && isWithin(`/subscriptions/${sub}`, v.id));

function requireDeleted(request: ArmRequest, kind: Vault['kind']): Vault {
  const { name = '', location = '' } = request.params;
  const vault = deletedIn(request, kind).find((v) => same(v.name, name) && same(v.location, location));
  if (vault) return vault;
  throw new Refusal(404, names[kind].notFound, `The specified deleted vault '${name}' does not exist.`);
}

function purge(request: ArmRequest, kind: Vault['kind']): Answer {
  const { state, armUrl, apiVersion, params } = request;
  const vault = requireDeleted(request, kind);
  if (vault.purgeProtection) {
    throw new Refusal(405, 'MethodNotAllowed', `Operation 'DeletedVaultPurge' is not allowed.`);
  }
  state.vaults = state.vaults.filter((v) => v !== vault);
  const results = `/subscriptions/${params.sub ?? ''}/providers/Microsoft.KeyVault/locations/${vault.location}/${names[kind].results}`;
  const location = `${armUrl}${results}/${guidOf(`purge ${vault.id}`)}?api-version=${apiVersion}`;
  return { status: 202, headers: { location, 'retry-after': '0' } };
}

/** A purge ends at once. */
const purged = ({ now }: ArmRequest): Answer =>
  ok({ createdDateTime: new Date(now).toISOString(), status: 'Succeeded' });

/** Soft-deletes a vault. Its keys stay, but its host no longer answers. */
function remove({ state, path, now }: ArmRequest, kind: Vault['kind']): Answer {
  const vault = findVault(state, path);
  if (vault?.kind !== kind) return noContent;
  Object.assign(vault, { deleted: true, deletionDate: new Date(now).toISOString() });
  return { status: 200 };
}

const subscription = '/subscriptions/:sub/providers/Microsoft.KeyVault';

export const deletedVaultRoutes: Route[] = vaultKinds.flatMap((kind): Route[] => {
  const { list, results } = names[kind];
  const type = `Microsoft.KeyVault/locations/${list}`;
  const one = `${subscription}/locations/:location/${list}/:name`;
  return [
    {
      method: 'GET',
      path: `${subscription}/${list}`,
      type: `Microsoft.KeyVault/${list}`,
      handle: (request) => paged(request, deletedIn(request, kind).map(toDeleted)),
    },
    { method: 'GET', path: one, type, handle: (request) => ok(toDeleted(requireDeleted(request, kind))) },
    {
      method: 'POST',
      path: `${one}/purge`,
      type,
      action: `${type}/purge/action`,
      handle: (request) => purge(request, kind),
    },
    {
      method: 'GET',
      path: `${subscription}/locations/:location/${results}/:id`,
      type: `Microsoft.KeyVault/locations/${results}`,
      handle: purged,
    },
    {
      method: 'DELETE',
      path: `/subscriptions/:sub/resourceGroups/:group/providers/${vaultType(kind)}/:vault`,
      type: vaultType(kind),
      handle: (request) => remove(request, kind),
    },
  ];
});
