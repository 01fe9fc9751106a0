import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { guidOf, isWithin, resourceGroupOf, same, subscriptionOf } from '../base/ids';
import type { ActivityEvent } from '../base/state';
import { currentOutages } from './databaseEvents';

const action = 'Microsoft.Insights/eventtypes/values/read';

const localized = (value: string) => ({ value, localizedValue: value });

/** The resource type of an ID below a resource group. */
const typeOfId = (id: string): string =>
  id
    .split('/')
    .slice(6)
    .filter((_, index) => index === 0 || index % 2 === 1)
    .join('/');

const typeOf = (action: string): string => action.replace(/\/(?:write|delete|[^/]+\/action)$/i, '');

/** Azure SQL's own events have a name; requests have an action. */
const isRequest = (event: ActivityEvent): boolean => event.action.includes('/');

const nameOf = (event: ActivityEvent): string => {
  if (!isRequest(event)) return event.action;
  return event.status === 'Accepted' ? 'BeginRequest' : 'EndRequest';
};

function detailsOf({ status, error }: ActivityEvent): object {
  const statusCode = status === 'Failed' ? 'BadRequest' : status === 'Accepted' ? 'Accepted' : 'OK';
  return { statusCode, ...(error && { statusMessage: JSON.stringify({ error }) }) };
}

function toEvent(event: ActivityEvent) {
  const { resourceId, caller, correlationId, status, time, description = '' } = event;
  const type = isRequest(event) ? typeOf(event.action) : typeOfId(resourceId);
  const eventDataId = guidOf(`${correlationId} ${status}`);
  return {
    authorization: { action: event.action, scope: resourceId },
    caller,
    channels: 'Operation',
    claims: {},
    correlationId,
    description,
    eventDataId,
    eventName: localized(nameOf(event)),
    category: localized('Administrative'),
    eventTimestamp: time,
    id: `${resourceId}/events/${eventDataId}`,
    level: status === 'Failed' ? 'Error' : 'Informational',
    operationId: correlationId,
    operationName: localized(event.action),
    properties: detailsOf(event),
    resourceGroupName: resourceGroupOf(resourceId),
    resourceId,
    resourceProviderName: localized(type.split('/')[0] ?? ''),
    resourceType: localized(type),
    status: localized(status),
    subStatus: localized(event.error?.code ?? ''),
    submissionTimestamp: time,
    subscriptionId: subscriptionOf(resourceId),
  };
}

/** The value that a filter compares a property with. */
function valueIn(filter: string, name: string, operator = 'eq'): string | undefined {
  const [, quoted, bare] = new RegExp(`\\b${name}\\s+${operator}\\s+(?:'([^']*)'|(\\S+))`, 'i').exec(filter) ?? [];
  return quoted ?? bare;
}

const oldest = 90 * 86_400_000;

/** The times of a filter in Unix milliseconds; throws a Refusal if the start is missing or too early. */
function timesOf({ now, query: { $filter = '' } }: ArmRequest): { from: number; to: number } {
  const from = Date.parse(valueIn($filter, 'eventTimestamp', 'ge') ?? '');
  if (Number.isNaN(from)) {
    throw new Refusal(400, 'BadRequest', "The filter must have the start of a time range: eventTimestamp ge 'TIME'.");
  }
  if (from < now - oldest) {
    throw new Refusal(400, 'BadRequest', 'The start time cannot be more than 90 days in the past.');
  }
  const to = Date.parse(valueIn($filter, 'eventTimestamp', 'le') ?? '');
  return { from, to: Number.isNaN(to) ? now : to };
}

/** The rest of a filter. The names are those of the API, which supports one of them at a time. */
function matches({ query: { $filter = '' } }: ArmRequest, event: ActivityEvent): boolean {
  const values = {
    resourceGroupName: resourceGroupOf(event.resourceId),
    resourceUri: event.resourceId,
    resourceId: event.resourceId,
    resourceProvider: (isRequest(event) ? event.action : typeOfId(event.resourceId)).split('/')[0] ?? '',
    correlationId: event.correlationId,
  };
  return Object.entries(values).every(([name, value]) => same(valueIn($filter, name) ?? value, value));
}

/** Lists the events of the subscription that the caller may see, newest first. */
function list(request: ArmRequest): Answer {
  const { state, params, may } = request;
  const { from, to } = timesOf(request);
  const scope = `/subscriptions/${params.sub ?? ''}`;
  const found = [...state.activityLog, ...currentOutages(state)].filter(
    (event) =>
      isWithin(scope, event.resourceId) &&
      Date.parse(event.time) >= from &&
      Date.parse(event.time) <= to &&
      matches(request, event) &&
      may(action, event.resourceId),
  );
  const newestFirst = found.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time)).toReversed();
  return ok({ value: newestFirst.map(toEvent) });
}

export const activityLogRoutes: Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/:sub/providers/Microsoft.Insights/eventtypes/management/values',
    type: 'Microsoft.Insights/eventtypes',
    action,
    filtered: true,
    handle: list,
  },
];
