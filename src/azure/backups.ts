import { isArmError } from '../core/armError';
import type { DroppedDatabase, LongTermBackup } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { apiVersions, databasePath, longTermBackupsPath, serverPath, type ArmRequests } from './armRequests';
import { toDatabaseState } from './databaseKeys';
import { knownError } from '../core/errors/errorCode';
import { isVersionRefusal } from './gateway/apiVersions';
import { during } from './gateway/failures';
import { byName } from './paging';
import { dateOf, propertiesOf, textOf } from './properties';
import { listEvents } from './activityLog';

/** The first API version that shows legal holds. */
const longTermVersion = '2025-01-01';

export function backups(arm: ArmRequests): Azure['backups'] {
  return { ...ofDatabases(arm), ...ofServers(arm) };
}

function ofDatabases(arm: ArmRequests): Pick<Azure['backups'], 'listDatabases' | 'getRetentionDays'> {
  return {
    listDatabases: (server, signal) =>
      during({ name: 'list databases', resource: server.id }, async () => {
        const listed = await arm.list({ path: `${serverPath(server)}/databases`, apiVersion: apiVersions.sql }, signal);
        return listed
          .map(toDatabaseState)
          .filter(({ name }) => name !== 'master')
          .sort(byName);
      }),

    getRetentionDays: (server, database, signal) =>
      during({ name: 'read backup retention', resource: server.id }, async () => {
        const path = `${databasePath(server, database)}/backupShortTermRetentionPolicies/default`;
        const { retentionDays } = propertiesOf(await arm.send({ path, apiVersion: apiVersions.sql }, signal));
        if (typeof retentionDays !== 'number') {
          throw knownError({ code: 'UnexpectedAnswer', message: 'The policy has no retention.' });
        }
        return retentionDays;
      }),
  };
}

function ofServers(arm: ArmRequests): Omit<Azure['backups'], keyof ReturnType<typeof ofDatabases>> {
  return {
    listDropped: (server, signal) =>
      during({ name: 'list dropped databases', resource: server.id }, async () => {
        const path = `${serverPath(server)}/restorableDroppedDatabases`;
        return (await arm.list({ path, apiVersion: apiVersions.sql }, signal)).map(toDropped);
      }),

    listLongTerm: (server, signal) =>
      during({ name: 'list long-term backups', resource: server.id }, async () => {
        const path = longTermBackupsPath(server);
        const listed = await arm.list({ path, apiVersion: longTermVersion }, signal).catch((error: unknown) => {
          if (isArmError(error) && isVersionRefusal(error))
            return arm.list({ path, apiVersion: apiVersions.sql }, signal);
          throw error;
        });
        return listed.map(toLongTerm);
      }),

    listProtectorChanges: (server, now, signal) =>
      during({ name: 'read activity log', resource: server.id }, async () => {
        const changes = [`${server.id}/encryptionProtector/current`, server.id].map((resource) =>
          listChanges(arm, server, resource, now, signal),
        );
        return (await Promise.all(changes)).flat();
      }),
  };
}

/** When writes of a resource succeeded. */
async function listChanges(
  arm: ArmRequests,
  server: ServerPlace,
  resource: string,
  now: Date,
  signal?: AbortSignal,
): Promise<readonly Date[]> {
  const events = await listEvents(arm, server, resource, now, signal);
  return events
    .filter(({ name, status }) => /\/write$/i.test(name) && /^succeeded$/i.test(status))
    .map(({ time }) => time);
}

function toDropped(database: unknown): DroppedDatabase {
  const { databaseName, deletionDate } = propertiesOf(database);
  const dropped = dateOf(deletionDate);
  return { name: textOf(databaseName)[0] ?? '', ...(dropped && { dropped }) };
}

function toLongTerm(backup: unknown): LongTermBackup {
  const { databaseName, backupTime, backupExpirationTime, legalHoldImmutability } = propertiesOf(backup);
  const [taken, expires] = [dateOf(backupTime), dateOf(backupExpirationTime)];
  const [hold] = textOf(legalHoldImmutability);
  return {
    database: textOf(databaseName)[0] ?? '',
    ...(taken && { taken }),
    ...(expires && { expires }),
    ...(hold !== undefined && { isOnHold: /^enabled$/i.test(hold) }),
  };
}
