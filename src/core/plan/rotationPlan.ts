import { idKey } from '../armId';
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
  readonly autoRotation: boolean;
  readonly steps: readonly Step[];
}

/**
 * Plans two phases: first every server gets every key, replicas before primaries, and only then protectors change, in the same order.
 * Sources: Azure SQL docs, "Transparent data encryption with customer-managed keys" (geo-replication) and "Rotate the TDE protector";
 * Azure database support blog, 2026 (each server holds the other one's protector).
 * @param servers the one to rotate first
 * @param autoRotation of the new protector; false for a version that isn't the newest, because rotation would replace it
 */
export function rotationPlan(
  servers: readonly [PlanServer, ...PlanServer[]],
  keyIdentifier: string,
  autoRotation: boolean,
): RotationPlan {
  const [first] = servers;
  const ordered = [...servers].sort((a, b) => rank(a) - rank(b));
  const changing = ordered.filter((server) => server === first || sharesProtector(server, first));
  const creations = ordered.flatMap((server): Step[] =>
    neededKeys(server, ordered, keyIdentifier)
      .filter((uri) => !server.keys.some(isServerKeyOf(uri)))
      .map((uri) => ({ kind: 'createServerKey', server: server.server, keyIdentifier: uri })),
  );
  const comparison: Step = { kind: 'compareThumbprints', servers: ordered.map(({ server }) => server), keyIdentifier };
  const switches = changing.map(({ server, protector }): Step => ({
    kind: 'setProtector',
    server,
    keyIdentifier,
    autoRotation,
    former: protector,
  }));
  return {
    first: first.server,
    servers: ordered,
    keyIdentifier,
    autoRotation,
    steps: [...creations, ...(ordered.length > 1 ? [comparison] : []), ...switches],
  };
}

/** Replicas come before primaries. */
const rank = ({ partners }: PlanServer): number => (partners.some(({ role }) => role === 'primary') ? 0 : 1);

/** The new key, and the present TDE protectors of all other servers, which a failover needs. */
function neededKeys(server: PlanServer, all: readonly PlanServer[], keyIdentifier: string): readonly string[] {
  const others = all.filter((other) => other !== server).flatMap(({ protector }) => protector.uri ?? []);
  const missing = others.filter((uri) => !server.keys.some((key) => isSameKey(key, { uri })));
  return [...new Map([keyIdentifier, ...missing].map((uri) => [idKey(uri), uri])).values()];
}

const sharesProtector = ({ protector }: PlanServer, first: PlanServer): boolean =>
  protector.type === 'customerManaged' &&
  first.protector.type === 'customerManaged' &&
  isSameKey(protector, first.protector);
