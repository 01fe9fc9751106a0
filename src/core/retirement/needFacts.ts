import type { PartnerProtector } from '../checks/deletionCheck';
import type { Reading } from '../checks/facts';
import type { DatabaseState, DroppedDatabase, LongTermBackup, ServerKey, SqlServer, TdeProtector } from '../model';

/** A database, with how long its point-in-time backups are kept. */
export interface DatabaseUse extends DatabaseState {
  readonly retentionDays: Reading<number>;
  /** The key identifiers of its database-level keys; absent if it uses the server's TDE protector. */
  readonly ownKeys?: Reading<readonly string[]>;
}

/** What may still need the keys of a server. Source of what each fact shows: Azure SQL docs, automated backups and TDE key rotation. */
export interface ServerUses {
  readonly server: SqlServer;
  readonly protector: Reading<TdeProtector>;
  /** The server key that is the TDE protector; undefined if it is service-managed or not in the list. */
  readonly protectorKey: Reading<ServerKey | undefined>;
  readonly partners: Reading<readonly PartnerProtector[]>;
  readonly databases: Reading<readonly DatabaseUse[]>;
  readonly dropped: Reading<readonly DroppedDatabase[]>;
  readonly longTerm: Reading<readonly LongTermBackup[]>;
  /** When this server and its partners were changed in the last 90 days in a way that may have changed the TDE protector. */
  readonly changes: Reading<readonly Date[]>;
}

/** What may still need one of its server keys. */
export interface NeedFacts extends ServerUses {
  readonly key: ServerKey;
}
