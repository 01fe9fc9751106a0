import * as l10n from '@vscode/l10n';
import { builtInClouds, vaultAt, type Cloud } from '../clouds';
import type { KeyIdentifier } from '../vaultModel';
import { isKeyName, isKeyVersion, isVaultName } from './serverKeyName';

/** Why a text is not accepted as a key identifier. */
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

/** An example of a key identifier in the cloud, for messages that say what to enter. */
export const example = (cloud: Cloud): string => `https://myvault.${cloud.vaultSuffixes[0] ?? ''}/keys/mykey`;

/** Maximum length of the vault name and the key name together. Source: Azure SQL docs, TDE key rotation. */
const maxVaultAndKeyLength = 94;

/**
 * Checks whether Azure SQL accepts a key identifier in this cloud.
 * @returns why it is refused; undefined if it is accepted
 */
export function keyIdentifierProblem(key: KeyIdentifier, cloud: Cloud): Refusal | undefined {
  const home = findHome(key.host, cloud);
  return 'ok' in home ? home : namesProblem(key);
}

/** The part of a key identifier before the path. */
export type Home = Pick<KeyIdentifier, 'kind' | 'vault' | 'host'>;

/** The key vault or managed HSM at a host, or why there is none in this cloud. */
export function findHome(host: string, cloud: Cloud): Home | Refusal {
  const found = vaultAt(host, cloud);
  if (!found) {
    const other = builtInClouds.find((candidate) => vaultAt(host, candidate));
    return other
      ? refuse(
          'otherCloud',
          l10n.t('The host "{0}" belongs to {1}, but VS Code is set to {2}.', host, other.name, cloud.name),
        )
      : refuse(
          'unknownHost',
          l10n.t(
            'The host "{0}" isn\'t a key vault or managed HSM in this cloud; it must end in {1}.',
            host,
            [...cloud.vaultSuffixes, ...cloud.managedHsmSuffixes].map((suffix) => `.${suffix}`).join(', '),
          ),
        );
  }
  const { kind, vault } = found;
  if (kind === 'managedHsm' && vault.includes('.')) {
    return refuse(
      'regionalHsm',
      l10n.t(
        'The host "{0}" is the regional address of a managed HSM; use its global address, without the region.',
        host,
      ),
    );
  }
  return isVaultName(vault)
    ? { kind, vault, host }
    : refuse(
        'badVaultName',
        l10n.t(
          'The vault name "{0}" isn\'t valid: use 3 to 24 letters, digits, and single hyphens, starting with a letter.',
          vault,
        ),
      );
}

/** What is wrong with the vault name, the key name, or the version. */
export function namesProblem(key: KeyIdentifier): Refusal | undefined {
  const length = key.vault.length + key.name.length;
  if (length > maxVaultAndKeyLength) {
    return refuse(
      'tooLong',
      l10n.t(
        'The vault name and key name together can have at most {0} characters; these have {1}.',
        maxVaultAndKeyLength,
        length,
      ),
    );
  }
  if (!isKeyName(key.name)) {
    return refuse(
      'badKeyName',
      l10n.t('The key name "{0}" isn\'t valid: use 1 to 127 letters, digits, and hyphens.', key.name),
    );
  }
  if (key.version === undefined || isKeyVersion(key.version)) return undefined;
  return refuse(
    'badVersion',
    /^[0-9a-f]{1,31}$/i.test(key.version)
      ? l10n.t('The key version has only {0} of 32 hexadecimal digits.', key.version.length)
      : l10n.t('The key version "{0}" isn\'t valid: it must have 32 hexadecimal digits.', key.version),
  );
}
