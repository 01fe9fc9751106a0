import * as l10n from '@vscode/l10n';
import type { ErrorCode } from './errorCatalogue';
import type { Fix } from './fix';

/** pass: no problem. warn: a possible problem. fail: Azure will refuse the request. unknown: couldn't be checked. */
export type Outcome = 'pass' | 'warn' | 'fail' | 'unknown';

/**
 * On what a finding rests besides the state that was read just now: only on that (read), on a rule that Microsoft documents, or on
 * what users have seen Azure do, because Microsoft documents no rule or another one.
 */
type Basis = 'read' | 'documented' | 'seen';

/** The result of one check. */
export interface Finding {
  readonly outcome: Outcome;
  /** One sentence without its period. */
  readonly text: string;
  /** The consequence, or why it couldn't be checked. */
  readonly detail?: string;
  /** "read" if absent. */
  readonly basis?: Basis;
  /** The error codes that it explains or rules out. */
  readonly codes: readonly ErrorCode[];
  /** The best first. */
  readonly fixes?: readonly Fix[];
}

/** On what a finding rests, in a few words. */
export function basisOf({ basis = 'read', outcome }: Pick<Finding, 'basis' | 'outcome'>): string {
  if (outcome === 'unknown') return l10n.t('not read');
  switch (basis) {
    case 'read':
      return l10n.t('read now');
    case 'documented':
      return l10n.t('documented by Microsoft');
    case 'seen':
      return l10n.t('seen in Azure, not documented');
  }
}

/** On what a finding rests if that isn't only what was read, which comes first because rows are cut, and its consequence. */
export function detailOf({ detail = '', basis, outcome }: Finding): string {
  const about = outcome === 'unknown' || basis === undefined || basis === 'read' ? '' : basisOf({ basis, outcome });
  return [about, detail].filter(Boolean).join(' · ');
}

/** A finding on one line, and on what it rests, or why it couldn't be checked. */
export function findingText(finding: Finding): string {
  const { outcome, text, detail = '' } = finding;
  return [text, outcome === 'unknown' ? detail : basisOf(finding)].filter(Boolean).join(' · ');
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
