import type { ErrorCode } from './errorCatalogue';
import type { Fix } from './fix';

/** pass: ruled out. warn: worth a look. fail: the service will refuse. unknown: it could not be checked. */
export type Outcome = 'pass' | 'warn' | 'fail' | 'unknown';

/** The result of one check. */
export interface Finding {
  readonly outcome: Outcome;
  /** One sentence without its full stop, with the names that matter. */
  readonly text: string;
  /** What follows from it, or why it could not be checked. */
  readonly detail?: string;
  /** The error codes that it explains or rules out. */
  readonly codes: readonly ErrorCode[];
  /** What would change it, the best first. */
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
  /** The code names no cause: `found` holds everything else that is wrong. */
  readonly isSuspicion: boolean;
}
