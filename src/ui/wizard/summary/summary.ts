import { l10n } from 'vscode';
import type { Creation } from '../../../core/creation/creation';
import { worstFirst, type Finding, type Outcome } from '../../../core/errors/finding';
import type { ChosenKey } from '../../../core/keys/keyChoice';
import type { KeyVault, NewKey, SqlServer } from '../../../core/model';
import { listed } from '../../../core/text';

/** The server keys to create or check, and the findings about them. */
export interface Summary {
  readonly servers: readonly SqlServer[];
  readonly subscriptionName: (id: string) => string;
  /** Absent if only a key identifier is known. */
  readonly vault: KeyVault | undefined;
  readonly keys: readonly ChosenKey[];
  /** The key to create first. If present, it is the only key. */
  readonly newKey: NewKey | undefined;
  readonly creations: readonly Creation[];
  readonly findings: readonly Finding[];
}

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
