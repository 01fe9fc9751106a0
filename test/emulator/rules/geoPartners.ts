import { findServer, same } from '../base/find';
import type { Server, State } from '../base/state';

export interface GeoLink {
  primary: string;
  secondary: string;
  by: 'failoverGroup' | 'replication';
}

export const geoLinks = (state: State): GeoLink[] => [
  ...state.failoverGroups.flatMap(({ primary, secondaries }) =>
    secondaries.map((secondary): GeoLink => ({ primary, secondary, by: 'failoverGroup' })),
  ),
  ...state.replicationLinks.map(({ primary, secondary }): GeoLink => ({ primary, secondary, by: 'replication' })),
];

/** Servers to which this one replicates. */
export const secondariesOf = (state: State, server: Server, by?: GeoLink['by']): Server[] =>
  geoLinks(state)
    .filter((link) => same(link.primary, server.id) && (by === undefined || link.by === by))
    .flatMap((link) => findServer(state, link.secondary) ?? []);

export const primariesOf = (state: State, server: Server): Server[] =>
  geoLinks(state)
    .filter((link) => same(link.secondary, server.id))
    .flatMap((link) => findServer(state, link.primary) ?? []);
