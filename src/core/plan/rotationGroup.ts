import * as l10n from '@vscode/l10n';
import { idKey, sameId } from '../armId';
import { findPartner } from '../checks/findPartner';
import type { GeoPartner, ServerDetails, ServerKey, TdeProtector } from '../model';
import type { Azure, ServerPlace } from '../ports';

/** A server of a rotation, with what decides its steps. */
export interface PlanServer {
  readonly server: ServerPlace;
  readonly partners: readonly GeoPartner[];
  readonly keys: readonly ServerKey[];
  readonly protector: TdeProtector;
}

/** A server of a rotation as Azure shows it now. */
export interface ReadServer extends PlanServer {
  readonly server: ServerDetails;
}

/** The servers of a rotation, starting with the one to rotate, or why no plan is possible. */
export type RotationGroup = { readonly servers: readonly [ReadServer, ...ReadServer[]] } | { readonly problem: string };

/** Servers with more partners are not of one application. */
const maxPartners = 9;

/**
 * Reads a server and all servers that it replicates with, directly or through another one. Looks for partners without an ID in these
 * subscriptions. Rejects with an `ArmError` if one of them can't be read, because a plan that leaves out a replica is wrong.
 */
export async function readRotationGroup(
  azure: Azure,
  first: ServerPlace,
  subscriptionIds: readonly string[],
  signal: AbortSignal,
): Promise<RotationGroup> {
  const start = await readServer(azure, first, signal);
  const others = new Map<string, ReadServer>();
  const waiting = [start];
  for (let server = waiting.shift(); server; server = waiting.shift()) {
    for (const partner of server.partners) {
      const at = await findPartner(azure, partner, subscriptionIds, signal);
      if (!at) return { problem: unseen(partner.name, server.server.name) };
      if (sameId(at.id, first.id) || others.has(idKey(at.id))) continue;
      if (others.size === maxPartners) return { problem: tooMany(first.name) };
      const other = await readServer(azure, at, signal);
      others.set(idKey(at.id), other);
      waiting.push(other);
    }
  }
  const servers = [start, ...others.values()] as const;
  const chained = servers.find(isChained);
  return chained ? { problem: chain(chained.server.name) } : { servers };
}

async function readServer(
  { sqlServers, serverKeys, tdeProtectors }: Azure,
  place: ServerPlace,
  signal: AbortSignal,
): Promise<ReadServer> {
  const [server, partners, keys, protector] = await Promise.all([
    sqlServers.get(place, signal),
    sqlServers.listGeoPartners(place, signal),
    serverKeys.list(place, signal),
    tdeProtectors.get(place, signal),
  ]);
  return { server, partners, keys, protector };
}

/** Whether a server is a replica that has another replica. Source: Azure SQL docs, active geo-replication. */
function isChained({ partners }: PlanServer): boolean {
  const of = (role: GeoPartner['role']) => partners.filter((partner) => partner.role === role).map(({ name }) => name);
  const primaries = of('primary');
  return primaries.length > 0 && of('secondary').some((name) => !primaries.some((primary) => sameId(primary, name)));
}

const unseen = (partner: string, server: string): string =>
  l10n.t('"{0}" replicates with "{1}", which isn\'t in a subscription that your account can see.', server, partner);

const tooMany = (server: string): string =>
  l10n.t('More than {0} servers replicate with "{1}", directly or through others.', maxPartners, server);

const chain = (server: string): string =>
  l10n.t(
    '"{0}" is a replica and has a replica itself. With customer-managed keys, Azure SQL doesn\'t support a chain of replicas.',
    server,
  );
