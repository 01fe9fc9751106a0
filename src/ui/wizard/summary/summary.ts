import type { Creation } from '../../../core/creation/creation';
import { worstFirst, type Finding, type Outcome } from '../../../core/errors/finding';
import type { ChosenKey } from '../../../core/keys/keyChoice';
import type { SqlServer } from '../../../core/model';
import type { KeyVault, NewKey } from '../../../core/vaultModel';

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
