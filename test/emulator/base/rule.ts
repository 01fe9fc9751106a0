import { Refusal } from './answer';

/** One thing that Azure checks: the error it answers, and when. A table of rules is tried from top to bottom. */
export interface Rule<Facts> {
  readonly code: string;
  readonly status: number;
  /** The message, when the facts break the rule. */
  readonly when: (facts: Facts) => string | undefined;
}

export interface Broken {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** Most rules have a fixed text. */
export const text = (broken: boolean, message: string): string | undefined => (broken ? message : undefined);

export function firstBroken<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Broken | undefined {
  for (const { code, status, when } of rules) {
    const message = when(facts);
    if (message !== undefined) return { code, status, message };
  }
  return undefined;
}

export function refuseIfBroken<Facts>(rules: readonly Rule<Facts>[], facts: Facts): void {
  const broken = firstBroken(rules, facts);
  if (broken) throw new Refusal(broken.status, broken.code, broken.message);
}
