import type { Cloud } from '../clouds';

/** Why a text is not taken as a key identifier. */
export type KeyIdentifierProblem =
  | 'empty'
  | 'notAnAddress'
  | 'notHttps'
  | 'resourceId'
  | 'portalLink'
  | 'extraParts'
  | 'otherCloud'
  | 'regionalHsm'
  | 'unknownHost'
  | 'secret'
  | 'certificate'
  | 'vaultOnly'
  | 'badPath'
  | 'badVaultName'
  | 'badKeyName'
  | 'badVersion'
  | 'tooLong'
  | 'several';

export interface Refusal {
  readonly ok: false;
  readonly problem: KeyIdentifierProblem;
  /** One sentence: what is wrong and what is expected. */
  readonly message: string;
}

export const refuse = (problem: KeyIdentifierProblem, message: string): Refusal => ({ ok: false, problem, message });

/** A key identifier of the cloud, for messages that say what is expected. */
export const example = (cloud: Cloud): string => `https://myvault.${cloud.vaultSuffixes[0] ?? ''}/keys/mykey`;
