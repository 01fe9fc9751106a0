import { paged, type ArmRequest, type Route } from '../arm/route';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { guidOf, isWithin, same } from '../base/ids';
import { findVault } from '../base/find';
import { retentionDays, type Vault } from '../base/state';
import { vaultType } from './vaults';

const dayMs = 86_400_000;

const toDeleted = ({ id, name, location, purgeProtection, deletionDate, tags = {} }: Vault) => ({
  id: `${id.split('/').slice(0, 3).join('/')}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
  name,
  type: 'Microsoft.KeyVault/deletedVaults',
  properties: {
    vaultId: id,
    location,
    tags,
    ...(deletionDate !== undefined && {
      deletionDate,
      scheduledPurgeDate: new Date(Date.parse(deletionDate) + retentionDays * dayMs).toISOString(),
    }),
    ...(purgeProtection && { purgeProtectionEnabled: true }),
  },
});

/** The soft-deleted vaults of the subscription. Azure has a separate list for managed HSMs. */
const deletedIn = ({ state, params: { sub = '' } }: ArmRequest): Vault[] =>
  state.vaults.filter((v) => v.kind === 'vault' && v.deleted && isWithin(`/subscriptions/${sub}`, v.id));

function requireDeleted(request: ArmRequest): Vault {
  const { name = '', location = '' } = request.params;
  const vault = deletedIn(request).find((v) => same(v.name, name) && same(v.location, location));
  if (vault) return vault;
  throw new Refusal(404, 'DeletedVaultNotFound', `The specified deleted vault '${name}' does not exist.`);
}

function purge(request: ArmRequest): Answer {
  const { state, armUrl, apiVersion, params } = request;
  const vault = requireDeleted(request);
  if (vault.purgeProtection) {
    throw new Refusal(405, 'MethodNotAllowed', `Operation 'DeletedVaultPurge' is not allowed.`);
  }
  state.vaults = state.vaults.filter((v) => v !== vault);
  const results = `/subscriptions/${params.sub ?? ''}/providers/Microsoft.KeyVault/locations/${vault.location}/operationResults`;
  const location = `${armUrl}${results}/${guidOf(`purge ${vault.id}`)}?api-version=${apiVersion}`;
  return { status: 202, headers: { location, 'retry-after': '0' } };
}

/** A purge ends at once. */
const purged = ({ now }: ArmRequest): Answer =>
  ok({ createdDateTime: new Date(now).toISOString(), status: 'Succeeded' });

/** Soft-deletes a vault. Its keys stay, but its host no longer answers. */
function remove({ state, path, now }: ArmRequest): Answer {
  const vault = findVault(state, path);
  if (vault?.kind !== 'vault') return noContent;
  Object.assign(vault, { deleted: true, deletionDate: new Date(now).toISOString() });
  return { status: 200 };
}

const subscription = '/subscriptions/:sub/providers/Microsoft.KeyVault';
const type = 'Microsoft.KeyVault/locations/deletedVaults';
const one = `${subscription}/locations/:location/deletedVaults/:name`;

export const deletedVaultRoutes: Route[] = [
  {
    method: 'GET',
    path: `${subscription}/deletedVaults`,
    type: 'Microsoft.KeyVault/deletedVaults',
    handle: (request) => paged(request, deletedIn(request).map(toDeleted)),
  },
  { method: 'GET', path: one, type, handle: (request) => ok(toDeleted(requireDeleted(request))) },
  { method: 'POST', path: `${one}/purge`, type, action: `${type}/purge/action`, handle: purge },
  {
    method: 'GET',
    path: `${subscription}/locations/:location/operationResults/:id`,
    type: 'Microsoft.KeyVault/locations/operationResults',
    handle: purged,
  },
  {
    method: 'DELETE',
    path: `/subscriptions/:sub/resourceGroups/:group/providers/${vaultType('vault')}/:vault`,
    type: vaultType('vault'),
    handle: remove,
  },
];
