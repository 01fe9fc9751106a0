import * as l10n from '@vscode/l10n';
import type { ArmError } from './armError';
import type { Cloud } from './clouds';
import { diagnose } from './errors/diagnose';
import type { Facts } from './checks/facts';
import type { Fix } from './fix';

/** pass: ruled out. warn: worth a look. fail: the service will refuse. unknown: it could not be checked. */
export type Outcome = 'pass' | 'warn' | 'fail' | 'unknown';

/** What one check has found out. */
export interface Finding {
  readonly outcome: Outcome;
  /** One sentence without its full stop, with the names that matter. */
  readonly text: string;
  /** More of it: what follows, or why it could not be checked. */
  readonly detail?: string;
  /** The error codes that it explains or rules out. */
  readonly codes: readonly string[];
  /** What would change it, the best first. */
  readonly fixes?: readonly Fix[];
}

/** Looks at some of the facts. Facts that are missing because of others, which have a finding of their own, give none. */
export type Check = (facts: Facts, world: { readonly cloud: Cloud; readonly now: Date }) => readonly Finding[];

/** A fact that could not be read leaves its question open. */
export function notChecked(text: string, error: ArmError, codes: readonly string[]): Finding {
  const { what, cause } = diagnose(error);
  return { outcome: 'unknown', text: l10n.t('Could not be checked: {0}', text), detail: `${what} ${cause}`, codes };
}
