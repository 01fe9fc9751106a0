import type { ArmRequest } from '../arm/route';
import { messageIf, refuseIfBroken, type Rule } from '../base/rule';
import type { SqlResource } from '../base/state';
import { requireSqlResource } from './serverRules';

/** A managed instance that doesn't run refuses changes. */
const instanceRules: readonly Rule<SqlResource>[] = [
  {
    code: 'ManagedInstanceStoppingOrStopped',
    status: 400,
    when: ({ state }) =>
      messageIf(state === 'Stopped', 'Conflicting operation submitted while instance is in stopping/stopped state'),
  },
  {
    code: 'ManagedInstanceStarting',
    status: 400,
    when: ({ state }) =>
      messageIf(state === 'Starting', 'Conflicting operation submitted while instance is in starting state'),
  },
];

/** The server or managed instance that a request changes; throws a Refusal if there is none, or if it doesn't run. */
export function requireRunning(request: ArmRequest): SqlResource {
  const resource = requireSqlResource(request);
  refuseIfBroken(instanceRules, resource);
  return resource;
}
