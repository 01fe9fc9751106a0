import type { ErrorCode } from './errorCatalogue';
import type { Fix } from './fix';

/** pass: no problem. warn: a possible problem. fail: Azure will refuse the request. unknown: couldn't be checked. */
export type Outcome = 'pass' | 'warn' | 'fail' | 'unknown';

/** The result of one check. */
export interface Finding {
  readonly outcome: Outcome;
  /** One sentence without its period. */
  readonly text: string;
  /** The consequence, or why it couldn't be checked. */
  readonly detail?: string;
  /** The error codes that it explains or rules out. */
  readonly codes: readonly ErrorCode[];
  /** The best first. */
  readonly fixes?: readonly Fix[];
}

const outcomes: readonly Outcome[] = ['fail', 'warn', 'unknown', 'pass'];

/** The findings that need attention before those that passed, otherwise in their order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return outcomes.flatMap((outcome) => findings.filter((finding) => finding.outcome === outcome));
}

/** The findings about the causes of an error code. */
export interface Evidence {
  readonly found: readonly Finding[];
  readonly ruledOut: readonly Finding[];
  readonly unchecked: readonly Finding[];
  /** True if the code names no cause; `found` then has every problem. */
  readonly isSuspicion: boolean;
}
