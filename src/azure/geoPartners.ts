import type { SqlManagementClient } from '@azure/arm-sql';
import { idKey, lastSegment, sameId } from '../core/armId';
import type { GeoPartner } from '../core/model';
import type { ServerPlace } from '../core/ports';
import { abortable, toArray } from './paging';

/** Partners in failover groups, with IDs, and in active geo-replication, for which Azure returns only names. */
export async function listGeoPartners(
  { failoverGroups, replicationLinks }: SqlManagementClient,
  { resourceGroup, name }: ServerPlace,
  signal?: AbortSignal,
): Promise<readonly GeoPartner[]> {
  const at = [resourceGroup, name, abortable(signal)] as const;
  const [groups, links] = await Promise.all([
    toArray(failoverGroups.listByServer(...at)),
    toArray(replicationLinks.listByServer(...at)),
  ]);
  const members = groups.flatMap(({ partnerServers, replicationState }) =>
    (partnerServers ?? []).flatMap(({ id, location, replicationRole }) =>
      partner(lastSegment(id), replicationRole, { id, location, replicationState }),
    ),
  );
  const linked = links
    // A named replica shares the storage of its primary, in the same region.
    .filter(({ linkType }) => linkType?.toLowerCase() !== 'named')
    .flatMap(({ partnerServer, partnerRole, partnerLocation, replicationState }) =>
      partner(partnerServer, partnerRole, { location: partnerLocation, replicationState }),
    );
  // Databases of a failover group have links too. Members come first because they have IDs.
  return (
    distinct([...members, ...linked])
      // A database that is copied within the server is linked to the server itself.
      .filter((one) => !sameId(one.name, name))
  );
}

/** A database copy in progress is also a replication link, with its own names for the two roles. */
const roles: ReadonlyMap<string, GeoPartner['role']> = new Map([
  ['primary', 'primary'],
  ['source', 'primary'],
  ['secondary', 'secondary'],
  ['nonreadablesecondary', 'secondary'],
  ['copy', 'secondary'],
]);

interface Seen {
  readonly id?: string;
  readonly location: string | undefined;
  readonly replicationState: string | undefined;
}

function partner(
  name: string | undefined,
  roleName: string | undefined,
  { id, location, replicationState: state }: Seen,
): GeoPartner[] {
  const role = roles.get(roleName?.toLowerCase() ?? '');
  const lag = state !== undefined && !sameId(state, 'CATCH_UP') ? state : '';
  return name && role ? [{ name, role, ...(id && { id }), ...(location && { location }), ...(lag && { lag }) }] : [];
}

function distinct(partners: readonly GeoPartner[]): GeoPartner[] {
  const byNameAndRole = new Map<string, GeoPartner>();
  for (const one of partners) {
    const key = `${idKey(one.name)} ${one.role}`;
    // Of several databases, one that lags decides.
    byNameAndRole.set(key, { ...one, ...byNameAndRole.get(key), ...(one.lag && { lag: one.lag }) });
  }
  return [...byNameAndRole.values()];
}
