import { findServer, findSqlResource } from './find';
import { guidOf, same } from './ids';
import type { Database, ReplicationLink, Server, SqlResource, State } from './state';

interface GeoLink {
  primary: string;
  secondary: string;
  by: 'failoverGroup' | 'replication';
}

/** Named replicas share the storage of their primary, and a copy ends on its own. */
const isGeo = ({ linkType, secondaryRole }: ReplicationLink): boolean =>
  linkType !== 'NAMED' && secondaryRole !== 'Copy';

const geoLinks = (state: State): GeoLink[] => [
  ...state.failoverGroups.flatMap(({ primary, secondaries }) =>
    secondaries.map((secondary): GeoLink => ({ primary, secondary, by: 'failoverGroup' })),
  ),
  ...state.instanceFailoverGroups.map(({ primary, secondary }): GeoLink => ({
    primary,
    secondary,
    by: 'failoverGroup',
  })),
  ...state.replicationLinks
    .filter(isGeo)
    .map(({ primary, secondary }): GeoLink => ({ primary, secondary, by: 'replication' })),
];

/** The servers or managed instances that one replicates to, by failover groups, by replication links, or both. */
export const secondariesOf = (state: State, server: SqlResource, by?: GeoLink['by']): SqlResource[] =>
  geoLinks(state)
    .filter((link) => same(link.primary, server.id) && (by === undefined || link.by === by))
    .flatMap((link) => findSqlResource(state, link.secondary) ?? []);

/** The servers or managed instances that replicate to one. */
export const primariesOf = (state: State, server: SqlResource): SqlResource[] =>
  geoLinks(state)
    .filter((link) => same(link.secondary, server.id))
    .flatMap((link) => findSqlResource(state, link.primary) ?? []);

/** The replication of single databases, including those in failover groups. */
export function databaseLinks(state: State): ReplicationLink[] {
  const ofGroups = state.failoverGroups.flatMap(({ primary, secondaries, databases, suspended = false }) =>
    secondaries.flatMap((secondary) =>
      databases.map((database) => ({
        // A failover keeps the name.
        name: guidOf(`${[primary, secondary].toSorted().join('')}${database}`),
        primary,
        secondary,
        database,
        suspended,
      })),
    ),
  );
  return [...ofGroups, ...state.replicationLinks];
}

/** The database that one replicates from. */
export function primaryDatabaseOf(state: State, server: Server, name: string): Database | undefined {
  const link = databaseLinks(state).find((l) => same(l.secondary, server.id) && same(l.database, name));
  return link && findServer(state, link.primary)?.databases.find((d) => same(d.name, name));
}
