import type { Creation } from '../../core/creation/creation';
import type { ChosenKey } from '../../core/keys/keyChoice';
import type { KeyVault, NewKey, SqlServer, VaultKey } from '../../core/model';
import type { Prompt } from './runWizard';

/** The answers of the wizard; a question whose answer is known is skipped. */
export interface CreateServerKeyAnswers {
  servers?: readonly SqlServer[];
  /** The user wants to select several servers from a list. */
  severalServers?: true;
  source?: 'browse' | 'paste';
  vault?: KeyVault;
  keyChoice?: KeyChoice;
  /** Several keys of the vault, each with its newest enabled version. */
  several?: readonly VaultKey[];
  newKeyName?: string;
  newKey?: NewKey;
  /** The chosen key with its version. For a new key, or for several, the summary finds the versions. */
  keys?: readonly ChosenKey[];
  /** The cloud refused a versionless key identifier. */
  versionlessRefused?: true;
  /** Check Key: server keys that already exist are checked too, and nothing is created. */
  checkOnly?: true;
  /** The server keys that the user confirmed in the summary. */
  confirmed?: readonly Creation[];
}

/** One key of the vault, a new key beside the existing ones, or several of the existing ones. */
export type KeyChoice =
  | { readonly kind: 'one'; readonly key: VaultKey }
  | { readonly kind: 'new' | 'several'; readonly among: readonly VaultKey[] };

export type Question = Prompt<CreateServerKeyAnswers>;

/** The answer to an earlier question. Throws if the questions are in the wrong order. */
export function required<T>(answer: T | undefined): T {
  if (answer === undefined) {
    throw new Error('The wizard asked a question before the one it depends on.');
  }
  return answer;
}
