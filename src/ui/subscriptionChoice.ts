import { lastSegment, sameId } from '../core/armId';

/** What a user was asked for and answered; subscriptions are "tenant/subscription" each, as in the settings. */
export interface SubscriptionAnswer {
  /** The choice until now; empty means everything. */
  readonly before: readonly string[];
  /** What could be read and was offered. */
  readonly offered: readonly string[];
  /** Whether every tenant could be read. */
  readonly complete: boolean;
  readonly checked: readonly string[];
}

/** The choice to save: what is checked and, of tenants that could not be read, what was chosen before. */
export function subscriptionChoice({ before, offered, complete, checked }: SubscriptionAnswer): readonly string[] {
  const isOffered = (entry: string) => offered.some((other) => sameId(lastSegment(other), lastSegment(entry)));
  const kept = complete ? [] : before.filter((entry) => !isOffered(entry));
  const everything = checked.length === offered.length && (complete || before.length === 0);
  return everything ? [] : [...checked, ...kept];
}
