import * as l10n from '@vscode/l10n';
import type { Finding, Outcome } from '../errors/finding';
import { listed } from '../text';

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
