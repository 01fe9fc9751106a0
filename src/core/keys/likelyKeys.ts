import { idKey, sameId } from '../armId';
import type { Cloud } from '../clouds';
import type { KeyIdentifier, SqlServer } from '../model';
import { resourceGroupId } from '../resourceGroupId';
import { formatKeyIdentifier, parseKeyIdentifier, versionless } from './keyIdentifier';

/** A key that the user probably wants. */
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
 * The keys that the targets probably need, without a request: the TDE protectors of their replication partners, their own, those of
 * servers in the same resource group, recently used ones, and those of servers in the same subscription.
 */
export function likelyKeys(sources: KeySources): readonly LikelyKey[] {
  const { cloud, recent, servers } = sources;
  const rank = rankIn(sources);
  const near = servers
    .filter((server) => rank(server) < far)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const candidates = [
    ...near.flatMap((server) =>
      server.listedProtector?.type === 'customerManaged'
        ? [{ uri: server.listedProtector.uri, rank: rank(server), servers: [server] }]
        : [],
    ),
    ...recent.map((uri) => ({ uri, rank: recentRank, servers: [] })),
  ];
  const byKey = new Map<string, Ranked>();
  for (const candidate of candidates) {
    const parsed = parseKeyIdentifier(candidate.uri, cloud);
    if (!parsed.ok) continue;
    const key = versionless(parsed.key);
    const id = idKey(formatKeyIdentifier(key));
    const known = byKey.get(id) ?? { rank: candidate.rank, likely: { key, used: parsed.key, servers: [] } };
    const servers = [...known.likely.servers, ...candidate.servers];
    byKey.set(id, { rank: Math.min(known.rank, candidate.rank), likely: { ...known.likely, servers } });
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

const [partnerRank, ownRank, groupRank, recentRank, subscriptionRank, far] = [0, 1, 2, 3, 4, 5];

/** How near a server is to the targets. A key of another tenant works only with more configuration, so it is never near. */
function rankIn({ targets, partners = [] }: KeySources): (server: SqlServer) => number {
  const tenants = new Set(targets.map(({ tenantId }) => idKey(tenantId ?? '')));
  const ids = new Set(targets.map(({ id }) => idKey(id)));
  const groups = new Set(targets.map(({ id }) => idKey(resourceGroupId(id) ?? '')));
  const subscriptions = new Set(targets.map(({ subscriptionId }) => idKey(subscriptionId)));
  return ({ id, name, subscriptionId, tenantId }) => {
    if (!tenants.has(idKey(tenantId ?? ''))) return far;
    if (partners.some((partner) => sameId(partner, name))) return partnerRank;
    if (ids.has(idKey(id))) return ownRank;
    if (groups.has(idKey(resourceGroupId(id) ?? ''))) return groupRank;
    return subscriptions.has(idKey(subscriptionId)) ? subscriptionRank : far;
  };
}
