import { idKey, sameId } from '../armId';
import { isSameKey, isServerKeyOf } from '../keys/sameKey';
import type { TdeProtector } from '../model';
import type { ServerPlace } from '../ports';
import type { PlanServer } from './rotationGroup';

/** One step. The next one may begin only after it has succeeded. */
export type Step =
  | { readonly kind: 'createServerKey'; readonly server: ServerPlace; readonly keyIdentifier: string }
  /** Every server must show the same thumbprint for the key. */
  | { readonly kind: 'compareThumbprints'; readonly servers: readonly ServerPlace[]; readonly keyIdentifier: string }
  | {
      readonly kind: 'setProtector';
      readonly server: ServerPlace;
      readonly keyIdentifier: string;
      readonly autoRotation: boolean;
      readonly former: TdeProtector;
    };

/** The rotation of the TDE protector of a server, and of the servers that share it through geo-replication. */
export interface RotationPlan {
  /** The server to rotate first. */
  readonly first: ServerPlace;
  /** All servers, replicas before primaries, in the state that the steps are for. */
  readonly servers: readonly PlanServer[];
  readonly keyIdentifier: string;
  /** The new keys of the servers that get another one. */
  readonly ownKeys: readonly OwnKey[];
  readonly autoRotation: boolean;
  readonly steps: readonly Step[];
}

/** The new key of one server, for example from a vault in its region. */
export interface OwnKey {
  /** The ARM ID of the server. */
  readonly server: string;
  readonly keyIdentifier: string;
}

/**
 * Plans two phases: first every server gets every key, replicas before primaries, and only then protectors change, in the same order.
 * Sources: Azure SQL docs, "Transparent data encryption with customer-managed keys" (geo-replication) and "Rotate the TDE protector";
 * Azure database support blog, 2026 (each server holds the other one's protector).
 * @param servers the one to rotate first
 * @param ownKeys the new keys of the servers that get another one
 * @param autoRotation of the new protector; false for a version that isn't the newest, because rotation would replace it
 */
export function rotationPlan(
  servers: readonly [PlanServer, ...PlanServer[]],
  keyIdentifier: string,
  autoRotation: boolean,
  ownKeys: readonly OwnKey[] = [],
): RotationPlan {
  const [first] = servers;
  const ordered = [...servers].sort((a, b) => rank(a) - rank(b));
  const ownKeyOf = ({ id }: ServerPlace) => ownKeys.find(({ server }) => sameId(server, id))?.keyIdentifier;
  const switches = ordered
    .filter((one) => one === first || ownKeyOf(one.server) !== undefined || sharesProtector(one, first))
    .map(({ server, protector }) => ({
      kind: 'setProtector' as const,
      server,
      keyIdentifier: ownKeyOf(server) ?? keyIdentifier,
      autoRotation,
      former: protector,
    }));
  const newKeys = distinct(switches.map((step) => step.keyIdentifier));
  const creations = ordered.flatMap(({ server, keys, ...rest }): Step[] => {
    const own = ownKeyOf(server) ?? keyIdentifier;
    return neededKeys({ server, keys, ...rest }, ordered, distinct([own, ...newKeys]))
      .filter((uri) => !keys.some(isServerKeyOf(uri)))
      .map((uri) => ({ kind: 'createServerKey', server, keyIdentifier: uri }));
  });
  const all = ordered.map(({ server }) => server);
  const comparisons = newKeys.map((uri): Step => ({ kind: 'compareThumbprints', servers: all, keyIdentifier: uri }));
  return {
    ...{ first: first.server, servers: ordered, keyIdentifier, ownKeys, autoRotation },
    steps: [...creations, ...(ordered.length > 1 ? comparisons : []), ...switches],
  };
}

/** Replicas come before primaries. */
const rank = ({ partners }: PlanServer): number => (partners.some(({ role }) => role === 'primary') ? 0 : 1);

/** The new keys, and the current TDE protectors of all other servers, which a failover needs. */
function neededKeys(
  { server, keys }: PlanServer,
  all: readonly PlanServer[],
  newKeys: readonly string[],
): readonly string[] {
  const others = all.filter((other) => other.server !== server).flatMap(({ protector }) => protector.uri ?? []);
  const missing = others.filter((uri) => !keys.some((key) => isSameKey(key, { uri })));
  return distinct([...newKeys, ...missing]);
}

const distinct = (uris: readonly string[]): readonly string[] => [
  ...new Map(uris.map((uri) => [idKey(uri), uri])).values(),
];

const sharesProtector = ({ protector }: PlanServer, first: PlanServer): boolean =>
  protector.type === 'customerManaged' &&
  first.protector.type === 'customerManaged' &&
  isSameKey(protector, first.protector);
