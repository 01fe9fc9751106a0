import * as l10n from '@vscode/l10n';
import { databaseId, idKey } from '../armId';
import { findPartner } from '../checks/findPartner';
import type { DatabasePartner, KeyedDatabase, SqlServer } from '../model';
import type { Azure } from '../ports';

/** A database, its server, and the databases that it replicates with. */
export interface DatabaseSide {
  readonly server: SqlServer;
  readonly database: KeyedDatabase;
  readonly partners: readonly DatabasePartner[];
}

/** A database and its replicas, starting with the one to change, or why they can't be changed. */
export type DatabaseGroup =
  { readonly sides: readonly [DatabaseSide, ...DatabaseSide[]] } | { readonly problem: string };

/** Azure SQL allows four secondaries. */
const maxSides = 5;

/**
 * Reads a database and all that it replicates with. Looks for servers without an ID in these subscriptions. Rejects with an `ArmError`
 * if one of them can't be read, because a change that leaves out a replica is wrong.
 */
export async function readDatabaseGroup(
  azure: Azure,
  { server, database }: { readonly server: SqlServer; readonly database: string },
  subscriptionIds: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<DatabaseGroup> {
  const start = await readSide(azure, server, database, signal);
  const found = new Map([[sideId(start), start]]);
  const waiting = [start];
  for (let side = waiting.shift(); side; side = waiting.shift()) {
    for (const partner of side.partners) {
      const ids = partner.id === undefined ? await subscriptionIds() : [];
      const at = await findPartner(azure, partner, ids, signal);
      if (!at) return { problem: unseen(side, partner) };
      if (found.has(idKey(databaseId(at, partner.database)))) continue;
      if (found.size === maxSides) return { problem: tooMany(start) };
      const other = await readSide(azure, await azure.sqlServers.get(at, signal), partner.database, signal);
      found.set(sideId(other), other);
      waiting.push(other);
    }
  }
  const sides = [...found.values()];
  const chained = sides.find((side) => isSecondary(side) && side.partners.some(({ role }) => role === 'secondary'));
  return chained ? { problem: chain(chained) } : { sides: [start, ...sides.slice(1)] };
}

async function readSide(
  { databaseKeys }: Azure,
  server: SqlServer,
  name: string,
  signal: AbortSignal,
): Promise<DatabaseSide> {
  const [database, partners] = await Promise.all([
    databaseKeys.get(server, name, signal),
    databaseKeys.listPartners(server, name, signal),
  ]);
  return { server, database, partners };
}

const sideId = ({ server, database }: DatabaseSide): string => idKey(databaseId(server, database.name));

/** Whether a database is a secondary of another one. */
export const isSecondary = ({ partners }: DatabaseSide): boolean => partners.some(({ role }) => role === 'primary');

const unseen = ({ server, database }: DatabaseSide, { name }: DatabasePartner): string =>
  l10n.t(
    'The database "{0}" on "{1}" replicates with a database on "{2}", which isn\'t in a subscription that your account can see. Nothing was changed.',
    database.name,
    server.name,
    name,
  );

const tooMany = ({ database }: DatabaseSide): string =>
  l10n.t('More than {0} databases replicate with "{1}". Nothing was changed.', maxSides - 1, database.name);

const chain = ({ server, database }: DatabaseSide): string =>
  l10n.t(
    'The database "{0}" on "{1}" is a replica and has a replica itself. With customer-managed keys, Azure SQL doesn\'t support a chain of replicas. Nothing was changed.',
    database.name,
    server.name,
  );
