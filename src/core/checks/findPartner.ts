import { parseArmId } from '../armId';
import type { GeoPartner } from '../model';
import type { Azure, ServerPlace } from '../ports';

/** Where a geo-replication partner is; undefined if it has no ID and isn't in these subscriptions. */
export async function findPartner(
  { sqlServers }: Pick<Azure, 'sqlServers'>,
  { id, name }: GeoPartner,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
): Promise<ServerPlace | undefined> {
  return id === undefined ? sqlServers.find(name, subscriptionIds, signal) : { id, ...parseArmId(id) };
}
