import { guidOf } from '../base/ids';
import type { Database, DroppedDatabase, LongTermRetentionBackup } from '../base/state';
import { inProduction } from './demoNames';

const timeOf = (now: Date, days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString();

interface BackupInput {
  server: string;
  database: string;
  /** Days from now of the backup, the end of its retention, and the deletion of the database. */
  taken: number;
  expires: number;
  deleted?: number;
  hold?: LongTermRetentionBackup['hold'];
}

function backup(now: Date, { server, database, taken, expires, deleted, hold }: BackupInput): LongTermRetentionBackup {
  const ticks = BigInt(now.getTime() + taken * 86_400_000 + 11_644_473_600_000) * 10_000n;
  return {
    name: `${guidOf(`backup ${server} ${database} ${taken}`)};${ticks}`,
    group: inProduction('rg-orders'),
    location: 'westeurope',
    server,
    serverCreateTime: timeOf(now, server === 'sql-orders-weu' ? -700 : -1500),
    database,
    ...(deleted !== undefined && { databaseDeletionTime: timeOf(now, deleted) }),
    backupTime: timeOf(now, taken),
    backupExpirationTime: timeOf(now, expires),
    ...(hold && { hold }),
  };
}

/** Long-term retention of a database, of one that was dropped, and of one whose server was deleted. */
export const demoBackups = (now: Date): LongTermRetentionBackup[] => [
  backup(now, { server: 'sql-orders-weu', database: 'orders', taken: -380, expires: 1000, hold: 'legal' }),
  ...[-21, -14, -7].map((taken) =>
    backup(now, { server: 'sql-orders-weu', database: 'orders', taken, expires: taken + 84 }),
  ),
  backup(now, { server: 'sql-orders-weu', database: 'orders-2024', taken: -400, expires: 695, deleted: -300 }),
  backup(now, { server: 'sql-orders-old', database: 'orders', taken: -800, expires: 295, deleted: -720 }),
];

/** A database whose point-in-time backups remain. */
export const demoDropped = (now: Date): DroppedDatabase => ({
  name: 'orders-2025',
  sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' },
  creationDate: timeOf(now, -600),
  deletionDate: timeOf(now, -5),
  earliestRestoreDate: timeOf(now, -19),
});

/** Two weeks of point-in-time restore, and for the first database long-term retention. */
export const withBackups = (now: Date, databases: Database[]): Database[] =>
  databases.map((database, index) => ({
    ...database,
    earliestRestoreDate: timeOf(now, -14),
    retentionDays: 14,
    ...(index === 0 && {
      longTermRetention: { weeklyRetention: 'P12W', monthlyRetention: 'PT0S', yearlyRetention: 'P5Y', weekOfYear: 1 },
    }),
  }));
