import { l10n } from 'vscode';
import { listed } from '../../../core/text';
import { worstFirst, type Finding, type Outcome } from '../../../core/errors/finding';

/** Equal findings about several servers or keys count once. Those that need attention come first. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  const byText = new Map(findings.map((finding) => [finding.text, finding]));
  return worstFirst([...byText.values()]);
}

/** A codicon for each outcome. */
export const outcomeIcon: Readonly<Record<Outcome, string>> = {
  fail: 'error',
  warn: 'warning',
  unknown: 'question',
  pass: 'pass',
};

/** The number of checks for each outcome: "1 problem, 15 passed". */
export function countOutcomes(findings: readonly Finding[]): string {
  const count = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  const counts: readonly (readonly [number, (count: number) => string])[] = [
    [count('fail'), (n) => (n === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', n))],
    [count('warn'), (n) => (n === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', n))],
    [count('unknown'), (n) => l10n.t('{0} could not be checked', n)],
    [count('pass'), (n) => l10n.t('{0} passed', n)],
  ];
  return listed(counts.flatMap(([n, words]) => (n === 0 ? [] : [words(n)])));
}
