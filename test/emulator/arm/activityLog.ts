import { randomUUID } from 'node:crypto';
import { Refusal, type Answer } from '../base/answer';
import type { Emulator } from '../base/emulator';
import type { Operation } from '../base/operation';
import type { ActivityEvent, State } from '../base/state';
import { actionOf, type ArmRequest, type Route } from './route';

const maxEvents = 5000;

/** Adds an event to the activity log, which keeps the last 5,000. */
export function addEvent({ activityLog }: State, event: ActivityEvent): void {
  activityLog.push(event);
  if (activityLog.length > maxEvents) activityLog.shift();
}

/** Logs that an operation has ended. */
export function logEnd({ state }: Emulator, { event, status, failure, due }: Operation): void {
  if (!event || (status !== 'Succeeded' && status !== 'Failed')) return;
  const { code, message } = failure ?? {};
  const error = code !== undefined && message !== undefined && { error: { code, message } };
  addEvent(state, { ...event, time: new Date(due).toISOString(), status, ...error });
}

/** The resource of a request. The last part of the path of a POST is the name of the action. */
const resourceOf = ({ path, method }: ArmRequest): string => (method === 'POST' ? path.replace(/\/[^/]+$/, '') : path);

const isLogged = (request: ArmRequest, route: Route): boolean =>
  request.params.sub !== undefined && !actionOf(route).endsWith('/read');

/** Carries out a request and logs it if it changes something or is refused. An operation that it starts is logged when it ends. */
export function logged(request: ArmRequest, route: Route, carryOut: () => Answer): Answer {
  if (!isLogged(request, route)) return carryOut();
  const { emulator, state, caller, now } = request;
  const event = {
    time: new Date(now).toISOString(),
    action: actionOf(route),
    resourceId: resourceOf(request),
    caller: caller.upn ?? caller.oid,
    correlationId: randomUUID(),
  };
  const before = emulator.operations.length;
  try {
    const answer = carryOut();
    const accepted: ActivityEvent = { ...event, status: answer.status === 202 ? 'Accepted' : 'Succeeded' };
    addEvent(state, accepted);
    const started = emulator.operations[before];
    if (started) started.event = accepted;
    return answer;
  } catch (error) {
    if (error instanceof Refusal) {
      addEvent(state, { ...event, status: 'Failed', error: { code: error.code, message: error.message } });
    }
    throw error;
  }
}
