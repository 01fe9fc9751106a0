import { findPartner } from '../checks/findPartner';
import { readPartnerProtectors } from '../checks/deletionCheck';
import { tryRead } from '../checks/facts';
import { requireLogRead } from '../checks/activityLog';
import { isProtectorKey } from '../keys/sameKey';
import type { DatabaseState, SqlServer } from '../model';
import type { Azure, ServerPlace } from '../ports';
import type { DatabaseUse, ServerUses } from './needFacts';

/** What to read about. Looks for partners without an ID in these subscriptions. */
interface UsesRequest {
  readonly server: SqlServer;
  readonly subscriptionIds: readonly string[];
  readonly now: Date;
}

/** Runs a function for each item, a few at a time. */
export type MapLimited = <T, U>(items: readonly T[], map: (item: T) => Promise<U>) => Promise<U[]>;

/** Reads what may still need the keys of a server. Changes nothing, and doesn't resume a paused database. */
export async function readServerUses(
  azure: Azure,
  { server, subscriptionIds, now }: UsesRequest,
  mapLimited: MapLimited,
  signal: AbortSignal,
): Promise<ServerUses> {
  const { backups, databaseKeys, tdeProtectors, serverKeys } = azure;
  const listOwnKeys = async (database: string): Promise<readonly string[]> =>
    (await databaseKeys.get(server, database, signal)).keys.map(({ uri }) => uri);
  const readDatabase = async (database: DatabaseState): Promise<DatabaseUse> => ({
    ...database,
    retentionDays: await tryRead(backups.getRetentionDays(server, database.name, signal), signal),
    ...(database.hasIdentity && { ownKeys: await tryRead(listOwnKeys(database.name), signal) }),
  });
  const databases = backups.listDatabases(server, signal).then((all) => mapLimited(all, readDatabase));
  const protector = tdeProtectors.get(server, signal);
  const protectorKey = Promise.all([serverKeys.list(server, signal), protector]).then(([keys, current]) =>
    keys.find((one) => one.type === 'customerManaged' && isProtectorKey(one, current)),
  );
  const [readProtector, readProtectorKey, partners, readDatabases, dropped, longTerm, changes] = await Promise.all([
    tryRead(protector, signal),
    tryRead(protectorKey, signal),
    readPartnerProtectors(azure, server, subscriptionIds, signal),
    tryRead(databases, signal),
    tryRead(backups.listDropped(server, signal), signal),
    tryRead(backups.listLongTerm(server, signal), signal),
    tryRead(readChanges(azure, server, subscriptionIds, now, signal), signal),
  ]);
  return {
    server,
    protector: readProtector,
    protectorKey: readProtectorKey,
    partners,
    databases: readDatabases,
    dropped,
    longTerm,
    changes,
  };
}

/** Changes of the server and of its partners, because a secondary database uses the TDE protector of its primary. */
async function readChanges(
  { sqlServers, backups, access }: Azure,
  server: SqlServer,
  subscriptionIds: readonly string[],
  now: Date,
  signal: AbortSignal,
): Promise<readonly Date[]> {
  const partners = await sqlServers.listGeoPartners(server, signal);
  const places = await Promise.all(partners.map((one) => findPartner({ sqlServers }, one, subscriptionIds, signal)));
  const all = [server, ...places.flatMap((place) => place ?? [])];
  const read = async (one: ServerPlace): Promise<readonly Date[]> => {
    await requireLogRead({ access }, one, signal);
    return backups.listProtectorChanges(one, now, signal);
  };
  return (await Promise.all(all.map(read))).flat();
}
