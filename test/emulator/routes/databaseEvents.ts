import { addEvent } from '../arm/activityLog';
import { guidOf, isInstance } from '../base/ids';
import type { ActivityEvent, Database, SqlResource, State } from '../base/state';

/** How long Azure SQL waits for the key to become accessible again before only a revalidation helps. */
const selfHealingMs = 30 * 60_000;

interface DatabaseEvent {
  readonly verb: 'Inaccessible' | 'Accessible';
  readonly status: ActivityEvent['status'];
  /** Unix milliseconds. */
  readonly time: number;
  readonly description: string;
}

/** An event about a database. Its names for managed instances are those that their alerts use. */
function eventOf(server: SqlResource, { name }: Database, { verb, status, time, description }: DatabaseEvent) {
  const resourceId = `${server.id}/databases/${name}`;
  const host = `${isInstance(server) ? 'managed server' : 'server'} ${server.name}`;
  return {
    time: new Date(time).toISOString(),
    action: `Make${isInstance(server) ? 'ManagedDb' : 'Database'}${verb}`,
    resourceId,
    caller: '',
    status,
    correlationId: guidOf(`${resourceId} ${verb} ${status === 'Started' ? time : ''}`),
    description: description.replace('DATABASE', name).replace('SERVER', host),
  };
}

/**
 * The events about the loss of a key: one at once, and one when Azure SQL stops waiting.
 * Source: Azure SQL docs, "Common errors with customer-managed keys".
 */
function eventsOfLoss(server: SqlResource, database: Database): ActivityEvent[] {
  const lost = Date.parse(database.inaccessibleSince ?? '');
  if (database.status !== 'Inaccessible' || Number.isNaN(lost)) return [];
  const events: DatabaseEvent[] = [
    {
      verb: 'Inaccessible',
      status: 'Started',
      time: lost,
      description:
        'Database DATABASE on SERVER has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    },
    {
      verb: 'Inaccessible',
      status: 'Succeeded',
      time: lost + selfHealingMs,
      description:
        'Database is inaccessible and requires user to resolve Azure key vault errors and reestablish access to Azure key vault key using Re-validate key.',
    },
  ];
  return events.map((event) => eventOf(server, database, event));
}

/** The events about databases that are inaccessible now, which follow from the state. */
export const currentOutages = ({ servers, managedInstances }: State): ActivityEvent[] =>
  [...servers, ...managedInstances].flatMap((server) =>
    server.databases.flatMap((database) => eventsOfLoss(server, database)),
  );

const returns = {
  Started:
    'Access to Azure Key Vault Key has been re-established, operation to make database DATABASE on SERVER accessible started.',
  Succeeded: 'Access to Azure Key Vault Key has been re-established and database DATABASE on SERVER is now online.',
  Failed:
    'Access to Azure Key Vault Key has been re-established, operation to make database DATABASE accessible on SERVER failed',
};

/** Logs that a revalidation of inaccessible databases started, or how it ended. After a success, they are online. */
export function logReturn(
  state: State,
  server: SqlResource,
  databases: readonly Database[],
  status: keyof typeof returns,
): void {
  for (const database of databases) {
    if (database.status !== 'Inaccessible') continue;
    const event = eventOf(server, database, {
      verb: 'Accessible',
      status,
      time: Date.now(),
      description: returns[status],
    });
    if (status === 'Succeeded') {
      eventsOfLoss(server, database).forEach((loss) => {
        addEvent(state, loss);
      });
      database.status = 'Online';
      delete database.inaccessibleSince;
    }
    addEvent(state, event);
  }
}
