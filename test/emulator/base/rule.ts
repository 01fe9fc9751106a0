import { Refusal } from './answer';

/** One check that Azure makes: its error, and the condition. A table of rules is checked from top to bottom. */
export interface Rule<Facts> {
  readonly code: string;
  readonly status: number;
  /** Returns the error message if the facts break the rule. */
  readonly when: (facts: Facts) => string | undefined;
}

export interface BrokenRule {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** For rules with a fixed message. */
export const messageIf = (broken: boolean, message: string): string | undefined => (broken ? message : undefined);

/** The first rule that the facts break. */
export function firstBroken<Facts>(rules: readonly Rule<Facts>[], facts: Facts): BrokenRule | undefined {
  for (const { code, status, when } of rules) {
    const message = when(facts);
    if (message !== undefined) return { code, status, message };
  }
  return undefined;
}

/** Throws a Refusal if there is a broken rule. */
export function refuseIf(broken: BrokenRule | undefined): void {
  if (broken) throw new Refusal(broken.status, broken.code, broken.message);
}

/** Throws a Refusal for the first rule that the facts break. */
export function refuseIfBroken<Facts>(rules: readonly Rule<Facts>[], facts: Facts): void {
  refuseIf(firstBroken(rules, facts));
}
