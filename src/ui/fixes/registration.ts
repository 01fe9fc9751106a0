import { parseArmId } from '../../core/armId';
import type { Diagnosis } from '../../core/errors/diagnose';
import { hasCode } from '../../core/errors/errorCode';
import type { Finding } from '../../core/errors/finding';
import { messageValues } from '../../core/errors/messageValues';

/** The registration that fixes a failure caused by a missing resource provider. */
export function registrationFor({ code, what, serviceMessage, operation }: Diagnosis): readonly Finding[] {
  const { provider: namespace } = messageValues(serviceMessage);
  if (!hasCode({ code }, 'MissingSubscriptionRegistration') || namespace === undefined || !operation) return [];
  const { subscriptionId } = parseArmId(operation.resource);
  const fix = { kind: 'registerProvider', subscriptionId, namespace } as const;
  return [{ outcome: 'fail', text: what.replace(/\.$/, ''), codes: [], fixes: [fix] }];
}
