import { idKey, sameId } from '../armId';
import type { Cloud } from '../clouds';
import type { SqlServer } from '../model';
import type { KeyIdentifier } from '../vaultModel';
import { formatKeyIdentifier, parseKeyIdentifier, versionless } from './keyIdentifier';

/** A key that the user is likely to choose. */
export interface LikelyKey {
  /** Versionless: the newest version is read only if the key is chosen. */
  readonly key: KeyIdentifier;
  /** As a server or the user has used it, for a vault that the account can't see. */
  readonly used: KeyIdentifier;
  /** The servers whose TDE protector it is, the nearest first. Empty if it was only used recently. */
  readonly servers: readonly SqlServer[];
}

/** Where likely keys come from. */
export interface KeySources {
  /** The servers that get the server key. */
  readonly targets: readonly SqlServer[];
  /** All servers that are known, with their listed TDE protectors. */
  readonly servers: readonly SqlServer[];
  /** Identifiers of keys that were used, the most recent first. */
  readonly recent: readonly string[];
  /** Names of the replication partners of the targets, if known. */
  readonly partners?: readonly string[];
  readonly cloud: Cloud;
}

/** Maximum keys to offer. */
const most = 5;

/**
 * The keys that the targets are likely to need, without a request: the TDE protectors of their replication partners, their own, those of
 * servers in the same resource group, recently used ones, and those of servers in the same subscription.
 */
export function likelyKeys(sources: KeySources): readonly LikelyKey[] {
  const byKey = new Map<string, Ranked>();
  for (const [uri, use] of usesByUri(sources)) {
    const parsed = parseKeyIdentifier(uri, sources.cloud);
    if (!parsed.ok) continue;
    const key = versionless(parsed.key);
    const id = idKey(formatKeyIdentifier(key));
    const { rank, likely } = byKey.get(id) ?? { rank: use.rank, likely: { key, used: parsed.key, servers: [] } };
    const servers = [...likely.servers, ...use.servers];
    byKey.set(id, { rank: Math.min(rank, use.rank), likely: { ...likely, servers } });
  }
  return [...byKey.values()]
    .sort((a, b) => a.rank - b.rank || b.likely.servers.length - a.likely.servers.length)
    .slice(0, most)
    .map(({ likely }) => likely);
}

interface Ranked {
  readonly rank: number;
  readonly likely: LikelyKey;
}

/** Each identifier once, with the near servers that use it, because thousands of servers may use a few keys. */
function usesByUri(sources: KeySources): Map<string, { rank: number; readonly servers: SqlServer[] }> {
  const rankOf = rankIn(sources);
  const near = sources.servers
    .filter(({ listedProtector }) => listedProtector?.type === 'customerManaged')
    .map((server) => ({ server, rank: rankOf(server) }))
    .filter(({ rank }) => rank < far)
    .sort((a, b) => a.rank - b.rank || (a.server.name < b.server.name ? -1 : 1));
  const uses = new Map<string, { rank: number; readonly servers: SqlServer[] }>();
  for (const { server, rank } of near) {
    const { listedProtector } = server;
    if (listedProtector?.type !== 'customerManaged') continue;
    const use = uses.get(listedProtector.uri) ?? { rank, servers: [] };
    use.servers.push(server);
    uses.set(listedProtector.uri, use);
  }
  for (const uri of sources.recent) {
    const { rank = recentRank, servers = [] } = uses.get(uri) ?? {};
    uses.set(uri, { rank: Math.min(rank, recentRank), servers });
  }
  return uses;
}

const [partnerRank, ownRank, groupRank, recentRank, subscriptionRank, far] = [0, 1, 2, 3, 4, 5];

/** How near a server is to the targets. A key of another tenant works only with more configuration, so it is never near. */
function rankIn({ targets, partners = [] }: KeySources): (server: SqlServer) => number {
  const tenants = new Set(targets.map(({ tenantId }) => idKey(tenantId ?? '')));
  const ids = new Set(targets.map(({ id }) => idKey(id)));
  const groups = new Set(targets.map(groupKey));
  const subscriptions = new Set(targets.map(({ subscriptionId }) => idKey(subscriptionId)));
  return (server) => {
    const { id, name, subscriptionId, tenantId } = server;
    if (!tenants.has(idKey(tenantId ?? ''))) return far;
    if (partners.some((partner) => sameId(partner, name))) return partnerRank;
    if (ids.has(idKey(id))) return ownRank;
    if (groups.has(groupKey(server))) return groupRank;
    return subscriptions.has(idKey(subscriptionId)) ? subscriptionRank : far;
  };
}

const groupKey = ({ subscriptionId, resourceGroup }: SqlServer): string => idKey(`${subscriptionId}/${resourceGroup}`);
