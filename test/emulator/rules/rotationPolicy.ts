import { propertiesOf, recordOf, recordsOf, stringOf } from '../base/json';
import type { RotationPolicy } from '../base/state';

const durations = ({ timeAfterCreate, timeBeforeExpiry }: Record<string, unknown>) => ({
  ...(timeAfterCreate !== undefined && { timeAfterCreate: stringOf(timeAfterCreate) }),
  ...(timeBeforeExpiry !== undefined && { timeBeforeExpiry: stringOf(timeBeforeExpiry) }),
});

/** The rotation policy in the body of a request for a key; undefined if there is none. */
export function sentRotationPolicy(body: unknown, now: number): RotationPolicy | undefined {
  const { rotationPolicy } = propertiesOf(body);
  if (rotationPolicy === undefined || rotationPolicy === null) return undefined;
  const { attributes, lifetimeActions } = recordOf(rotationPolicy);
  const { expiryTime } = recordOf(attributes);
  const seconds = Math.floor(now / 1000);
  return {
    created: seconds,
    updated: seconds,
    ...(expiryTime !== undefined && { expiryTime: stringOf(expiryTime) }),
    lifetimeActions: recordsOf(lifetimeActions).map(({ trigger, action }) => ({
      trigger: durations(recordOf(trigger)),
      action: { type: stringOf(recordOf(action).type).toLowerCase() === 'rotate' ? 'rotate' : 'notify' },
    })),
  };
}

/** ARM's JSON for the rotation policy of a key. */
export const toRotationPolicy = ({ created, updated, expiryTime, lifetimeActions }: RotationPolicy) => ({
  attributes: { created, updated, ...(expiryTime !== undefined && { expiryTime }) },
  lifetimeActions,
});
