import type { SqlManagementClient } from '@azure/arm-sql';
import { armResources, idKey, lastSegment, sameId } from '../core/armId';
import type { DatabasePartner, GeoPartner } from '../core/model';
import type { ServerPlace } from '../core/ports';
import { apiVersions, databasePath, instanceFailoverGroupsPath, serverPath, type ArmRequests } from './armRequests';
import { abortable, toArray } from './paging';
import { readServer } from './serverDetails';

/** Partners in failover groups, and in active geo-replication. Azure may leave out the IDs of the latter. */
export async function listGeoPartners(
  { failoverGroups }: SqlManagementClient,
  arm: ArmRequests,
  server: ServerPlace,
  signal?: AbortSignal,
): Promise<readonly GeoPartner[]> {
  const { resourceGroup, name } = server;
  // The SDK uses an API version without the IDs.
  const request = { path: `${serverPath(server)}/replicationLinks`, apiVersion: apiVersions.sql };
  const [groups, links] = await Promise.all([
    toArray(failoverGroups.listByServer(resourceGroup, name, abortable(signal))),
    arm.list(request, signal) as Promise<ReplicationLink[]>,
  ]);
  const members = groups.flatMap(({ partnerServers, replicationState }) =>
    (partnerServers ?? []).flatMap(({ id, location, replicationRole }) =>
      partner(lastSegment(id), replicationRole, { id, location, replicationState }),
    ),
  );
  const linked = geoLinks(links).flatMap(partnerIn);
  // Databases of a failover group have links too.
  return (
    distinct([...members, ...linked])
      // A database that is copied within the server is linked to the server itself.
      .filter((one) => !sameId(one.name, name))
  );
}

/** The databases that one replicates with. A copy in progress ends on its own. */
export async function listDatabasePartners(
  arm: ArmRequests,
  server: ServerPlace,
  name: string,
  signal?: AbortSignal,
): Promise<readonly DatabasePartner[]> {
  const request = { path: `${databasePath(server, name)}/replicationLinks`, apiVersion: apiVersions.sql };
  const links = (await arm.list(request, signal)) as ReplicationLink[];
  return geoLinks(links)
    .filter(({ partnerRole }) => !copyRoles.has(partnerRole?.toLowerCase() ?? ''))
    .flatMap((link) => partnerIn(link).map((one) => ({ ...one, database: link.partnerDatabase ?? name })));
}

type Link = NonNullable<ReplicationLink['properties']>;

/** A named replica shares the storage of its primary, in the same region. */
const geoLinks = (links: readonly ReplicationLink[]): readonly Link[] =>
  links.map(({ properties }) => properties ?? {}).filter(({ linkType }) => linkType?.toLowerCase() !== 'named');

const partnerIn = ({ partnerServer, partnerRole, partnerDatabaseId, partnerLocation, replicationState }: Link) =>
  partner(partnerServer, partnerRole, {
    id: serverIdIn(partnerDatabaseId),
    location: partnerLocation,
    replicationState,
  });

interface ReplicationLink {
  readonly properties?: Readonly<
    Partial<
      Record<
        | 'linkType'
        | 'partnerServer'
        | 'partnerDatabase'
        | 'partnerDatabaseId'
        | 'partnerRole'
        | 'partnerLocation'
        | 'replicationState',
        string | null
      >
    >
  > | null;
}

/** The server in the ID of a database. */
const serverIdIn = (databaseId: string | null | undefined): string | undefined =>
  armResources(databaseId ?? '').find(({ type }) => sameId(type, 'Microsoft.Sql/servers'))?.id;

/** The partners of a managed instance in failover groups. Azure lists those of a region, which it learns first. */
export async function listInstancePartners(
  arm: ArmRequests,
  instance: ServerPlace,
  signal?: AbortSignal,
): Promise<readonly GeoPartner[]> {
  const path = instanceFailoverGroupsPath(await readServer(arm, instance, signal));
  const groups = (await arm.list({ path, apiVersion: apiVersions.sql }, signal)) as InstanceFailoverGroup[];
  const members = groups.flatMap(({ properties }) =>
    (properties?.managedInstancePairs ?? []).flatMap(
      ({ primaryManagedInstanceId: primary, partnerManagedInstanceId: secondary }) => {
        const isPrimary = sameId(primary, instance.id);
        if (!isPrimary && !sameId(secondary, instance.id)) return [];
        const id = (isPrimary ? secondary : primary) ?? '';
        return partner(lastSegment(id), isPrimary ? 'Secondary' : 'Primary', {
          id,
          location: properties?.partnerRegions?.[0]?.location,
          replicationState: properties?.replicationState,
        });
      },
    ),
  );
  return distinct(members);
}

interface InstanceFailoverGroup {
  readonly properties?: {
    readonly replicationState?: string;
    readonly partnerRegions?: readonly { readonly location?: string }[];
    readonly managedInstancePairs?: readonly {
      readonly primaryManagedInstanceId?: string;
      readonly partnerManagedInstanceId?: string;
    }[];
  };
}

/** A database copy in progress is also a replication link, with its own names for the two roles. */
const roles: ReadonlyMap<string, GeoPartner['role']> = new Map([
  ['primary', 'primary'],
  ['source', 'primary'],
  ['secondary', 'secondary'],
  ['nonreadablesecondary', 'secondary'],
  ['copy', 'secondary'],
]);

const copyRoles: ReadonlySet<string> = new Set(['source', 'copy']);

interface Seen {
  readonly id: string | undefined;
  readonly location: string | null | undefined;
  readonly replicationState: string | null | undefined;
}

function partner(
  name: string | null | undefined,
  roleName: string | null | undefined,
  { id, location, replicationState: state }: Seen,
): GeoPartner[] {
  const role = roles.get(roleName?.toLowerCase() ?? '');
  const lag = state && !sameId(state, 'CATCH_UP') ? state : '';
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
