import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { azCommand } from '../cli/commands';
import type { ErrorCode } from '../errors/errorCatalogue';
import { formatKeyIdentifier } from '../keys/keyIdentifier';
import type { KeyIdentifier } from '../vaultModel';
import { keyCodes, keyProblems, type KeyProblem } from '../keys/keySuitability';
import { isAbsent, type KeyUseFacts } from './facts';
import type { Finding } from '../errors/finding';
import { notChecked, type KeyUse, type KeyUseCheck } from './check';
import type { Fix } from '../errors/fix';

type KeyFact = 'version' | 'newest';

const notThere: readonly ErrorCode[] = ['AzureKeyVaultKeyNameNotFound', 'KeyNotFound'];
/** Azure SQL also reports these if the key can't be used, whatever the reason. Source: Azure SQL docs, troubleshooting TDE. */
const unusable: readonly ErrorCode[] = ['AzureKeyVaultMissingPermissions', 'UmiMissingAkvPermissions'];
const unusableKey: readonly ErrorCode[] = [keyCodes.disabled, keyCodes.expired];

/** Key Vault and Azure SQL report a disabled key with different codes. */
const withVaultCode = (codes: readonly ErrorCode[]): readonly ErrorCode[] =>
  codes.flatMap((code): ErrorCode[] => (code === keyCodes.disabled ? [code, 'KeyDisabled'] : [code]));

/** Does the key exist, and can TDE use it? */
export const keyCheck: KeyUseCheck<'vault' | KeyFact> = ({ key }, facts, { cloud, now }) => {
  const { vault, version } = facts;
  if (!vault.value || !version) return [];
  if (isAbsent(version)) return [absent(key)];
  const judged = [keyCodes.kind, keyCodes.disabled, keyCodes.expired];
  if (version.error) {
    return [notChecked(l10n.t('the key "{0}"', key.name), version.error, [...notThere, ...judged, ...unusable])];
  }
  const problems = keyProblems(version.value, now, cloud);
  const passed = judged.filter((code) => problems.every((problem) => problem.code !== code));
  const isUsable = problems.every(({ severity, code }) => severity !== 'refused' || !unusableKey.includes(code));
  return [
    ...problems.map((problem) => found(key, facts, problem)),
    {
      outcome: 'pass',
      text:
        problems.length === 0
          ? l10n.t('The key "{0}" is suitable for TDE', key.name)
          : l10n.t('The key "{0}" exists', key.name),
      codes: [...notThere, ...withVaultCode(passed), ...(isUsable ? unusable : [])],
    },
    // A key of an unsupported type can't wrap either; one finding is enough.
    ...(passed.includes(keyCodes.kind) ? operationFindings(key, version.value.operations) : []),
  ];
};

function absent({ name, vault, version }: KeyIdentifier): Finding {
  return {
    outcome: 'fail',
    text:
      version === undefined
        ? l10n.t('"{0}" has no key "{1}"', vault, name)
        : l10n.t('"{0}" has no key "{1}" with this version', vault, name),
    codes: notThere,
    fixes: [
      { kind: 'chooseKey' },
      {
        kind: 'runCommand',
        title: l10n.t('How to Recover the Deleted Key'),
        command: azCommand('recoverVaultKey', { vault, keyName: name }),
      },
    ],
  };
}

function found(key: KeyIdentifier, facts: Pick<KeyUseFacts, KeyFact>, { severity, code, text }: KeyProblem): Finding {
  return {
    outcome: severity === 'refused' ? 'fail' : 'warn',
    text:
      severity === 'refused'
        ? l10n.t('"{0}" is not suitable: {1}', key.name, text)
        : l10n.t('"{0}": {1}', key.name, text),
    ...(severity === 'doubtful' &&
      code === keyCodes.expired && { detail: l10n.t('Allowed; renew the key before then.') }),
    basis: 'documented',
    codes: withVaultCode(severity === 'refused' && unusableKey.includes(code) ? [code, ...unusable] : [code]),
    ...(severity === 'refused' && { fixes: fixesFor(key, facts, code) }),
  };
}

/** Offers another key, or a command for a change that only the vault's data plane can make. */
function fixesFor(
  key: KeyIdentifier,
  { newest, version }: Pick<KeyUseFacts, KeyFact>,
  code: KeyProblem['code'],
): readonly Fix[] {
  const uri = formatKeyIdentifier(key);
  const portal = `asset/Microsoft_Azure_KeyVault/Key/${uri}`;
  const isOld = newest?.value && !sameId(newest.value.uri, version?.value?.uri);
  const choose: Fix = { kind: isOld ? 'chooseVersion' : 'chooseKey' };
  const orRun = (title: string, command: string): readonly Fix[] => [
    choose,
    { kind: 'runCommand', title, command, portal },
  ];
  if (code === keyCodes.disabled && version?.value?.enabled) {
    return orRun(l10n.t('How to Change the Activation Date'), azCommand('setVaultKeyActivation', { keyUri: uri }));
  }
  if (code === keyCodes.disabled) {
    return orRun(l10n.t('How to Enable the Key'), azCommand('enableVaultKey', { keyUri: uri }));
  }
  if (code === keyCodes.expired) {
    return orRun(l10n.t('How to Change the Expiration Date'), azCommand('setVaultKeyExpiry', { keyUri: uri }));
  }
  return [{ kind: 'chooseKey' }];
}

function operationFindings({ name }: KeyIdentifier, operations: readonly string[] | undefined): readonly Finding[] {
  if (!operations) return [];
  const lacking = ['wrapKey', 'unwrapKey'].filter((operation) => !operations.includes(operation));
  return lacking.length === 0
    ? []
    : [
        {
          outcome: 'fail',
          text: l10n.t('The key "{0}" doesn\'t permit {1}', name, lacking.join(', ')),
          basis: 'documented',
          codes: unusable,
          fixes: [{ kind: 'chooseKey' }],
        },
      ];
}

/** Is the chosen version the newest? Only that one can become the TDE protector. */
export const newestCheck = (
  { key }: Pick<KeyUse, 'key'>,
  { newest, version }: Pick<KeyUseFacts, KeyFact>,
): readonly Finding[] => {
  const [wanted, latest] = [version?.value?.uri, newest?.value?.uri];
  const codes: readonly ErrorCode[] = ['OldGenerationOfAKVKeyBeingUsedError'];
  if (key.version === undefined || !wanted) return [];
  if (newest?.error) return [notChecked(l10n.t('newest version of the key "{0}"', key.name), newest.error, codes)];
  if (!latest || sameId(wanted, latest)) return [];
  return [
    {
      outcome: 'warn',
      text: l10n.t('"{0}" has a newer version', key.name),
      detail: l10n.t('An older version can become a server key, but Azure SQL may refuse it as the TDE protector.'),
      basis: 'documented',
      codes,
      fixes: [{ kind: 'chooseVersion' }],
    },
  ];
};
