import { l10n } from 'vscode';
import { isInstanceId } from '../../core/armId';
import type { Creation } from '../../core/creation/creation';
import type { ChosenKey } from '../../core/keys/keyChoice';
import type { LikelyKey } from '../../core/keys/likelyKeys';
import type { SqlServer } from '../../core/model';
import type { KeyIdentifier, KeyVault, NewKey, VaultKey } from '../../core/vaultModel';
import type { AsProtector } from '../creation/createOne';
import type { Prompt } from './runWizard';

/** The answers of the wizard; a question whose answer is known is skipped. */
export interface CreateServerKeyAnswers {
  servers?: readonly SqlServer[];
  /** The name of the database that gets the key, instead of its server. */
  database?: string;
  /** The user wants to select several servers from a list. */
  severalServers?: true;
  source?: 'browse' | 'paste' | 'likely';
  /** The key that the first question offered. The summary finds its newest version. */
  likely?: LikelyKey;
  vault?: KeyVault;
  keyChoice?: KeyChoice;
  /** Several keys of the vault, each with its newest enabled version. */
  several?: readonly VaultKey[];
  newKeyName?: string;
  newKey?: NewKey;
  newKeyExpiry?: NewKeyExpiry;
  newKeyVersion?: 'first' | 'latest';
  /** The chosen key with its version. For a new key, or for several, the summary finds the versions. */
  keys?: readonly ChosenKey[];
  /** Only among earlier answers: the key that didn't work, to be offered last. */
  avoided?: KeyIdentifier;
  /** The cloud refused a versionless key identifier. */
  versionlessRefused?: true;
  /** Check Key: server keys that already exist are checked too, and nothing is created. */
  checkOnly?: true;
  /** Whether the server key is to be the TDE protector afterward. By default, a notification offers it. */
  asProtector?: AsProtector;
  /** The server keys that the user confirmed in the summary. */
  confirmed?: readonly Creation[];
}

/** One key of the vault, a new key beside the existing ones, or several of the existing ones. */
export type KeyChoice =
  | { readonly kind: 'one'; readonly key: VaultKey }
  | { readonly kind: 'new' | 'several'; readonly among: readonly VaultKey[] };

/** When a new key expires, and whether its vault rotates it before. */
export interface NewKeyExpiry {
  readonly when: 'never' | 'inYears' | 'onDay';
  readonly years: number;
  readonly rotates: boolean;
}

/** Whether the key identifier needs a version: the cloud refused one without, or a database or managed instance gets the key. */
export const needsVersion = ({ versionlessRefused, database, servers = [] }: CreateServerKeyAnswers): boolean =>
  versionlessRefused === true || database !== undefined || servers.some(({ id }) => isInstanceId(id));

export type Question = Prompt<CreateServerKeyAnswers>;

/** What gets the key, for a sentence: the name of a database or server in quotes, or the number of servers. */
export function targetsText({ database, servers }: CreateServerKeyAnswers): string {
  const [first, ...others] = required(servers);
  return first && others.length === 0
    ? l10n.t('"{0}"', database ?? first.name)
    : l10n.t('{0} servers', others.length + 1);
}

/** The answer to an earlier question. Throws if the questions are in the wrong order. */
export function required<T>(answer: T | undefined): T {
  if (answer === undefined) {
    throw new Error('The wizard asked a question before the one it depends on.');
  }
  return answer;
}
