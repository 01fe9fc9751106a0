import type { ServerPlace } from '../core/ports';
import { subscriptionPath, type ArmRequests } from './armRequests';
import { asObject } from './gateway/failures';
import { isValidDate } from './paging';

const apiVersion = '2015-04-01';

/** The activity log starts 90 days ago. An hour less allows for clocks that differ. */
const logMs = (90 * 24 - 1) * 3_600_000;

/** An event about a resource. */
interface LogEvent {
  /** The action of a request, or the name of an event of the service. */
  readonly name: string;
  readonly status: string;
  readonly time: Date;
}

/** The events about one resource of a server's subscription, newest first. Leaves out those that the account may not read. */
export async function listEvents(
  arm: ArmRequests,
  server: ServerPlace,
  resource: string,
  now: Date,
  signal?: AbortSignal,
): Promise<readonly LogEvent[]> {
  const [from, to] = [new Date(now.getTime() - logMs), now].map((time) => time.toISOString());
  const filter = `eventTimestamp ge '${from}' and eventTimestamp le '${to}' and resourceUri eq '${resource.replaceAll("'", "''")}'`;
  const path = `${subscriptionPath(server)}/providers/Microsoft.Insights/eventtypes/management/values`;
  const events = await arm.list({ path, apiVersion, filter }, signal);
  return events.map((event) => {
    const { operationName, status, eventTimestamp } = asObject(event) ?? {};
    const time = typeof eventTimestamp === 'string' ? new Date(eventTimestamp) : undefined;
    return { name: valueOf(operationName), status: valueOf(status), time: isValidDate(time) ? time : now };
  });
}

/** A localizable string. */
function valueOf(text: unknown): string {
  const value = asObject(text)?.value;
  return typeof value === 'string' ? value : '';
}
