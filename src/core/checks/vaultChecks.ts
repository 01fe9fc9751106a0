import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { KeyVault, VaultSettings } from '../model';
import { isAbsent } from './facts';
import type { Finding } from '../errors/finding';
import { notChecked, type Check } from './check';

const notThere: readonly ErrorCode[] = [
  'AkvHostNotResolvingFromNode',
  'AzureKeyVaultConnectionFailed',
  'VaultNotFound',
];
const notReady: readonly ErrorCode[] = ['AzureKeyVaultGenericConnectionError', 'AzureKeyVaultConnectionFailed'];
/** A firewall that keeps Azure SQL out shows as any of these. */
const blocked: readonly ErrorCode[] = [
  'AkvEndpointNotReachableFromNode',
  'AzureKeyVaultConnectionFailed',
  'AzureKeyVaultMissingPermissions',
];
const unprotected: readonly ErrorCode[] = ['SecurityInvalidAzureKeyVaultRecoveryLevel'];

/** Is there a vault at the address of the key? */
export const vaultCheck: Check = ({ key, vault, settings }) => {
  if (!key || !vault) return [];
  const what = l10n.t('key vault "{0}"', key.vault);
  if (vault.error) return [notChecked(what, vault.error, notThere)];
  if (!vault.value) {
    return [
      {
        outcome: 'warn',
        text: l10n.t('No vault at "{0}" is in sight of this sign-in', key.host),
        detail: l10n.t(
          'It is misspelt, deleted, or in a subscription that this sign-in does not see. What follows from the vault could not be checked.',
        ),
        codes: notThere,
        fixes: [recover(key.vault)],
      },
    ];
  }
  if (isAbsent(settings)) {
    const text = l10n.t('Key vault "{0}" does not exist any more', key.vault);
    return [{ outcome: 'fail', text, codes: notThere, fixes: [recover(key.vault)] }];
  }
  return settings?.value
    ? [{ outcome: 'pass', text: l10n.t('Key vault "{0}" is there', vault.value.name), codes: notThere }]
    : [];
};

const recover = (name: string) => ({
  kind: 'runCommand' as const,
  title: l10n.t('Recover the Deleted Vault…'),
  command: `az keyvault recover -n ${name}`,
});

/** "Activated" is said of a managed HSM. */
const working = ['succeeded', 'activated', 'updating'];

export const provisioningCheck: Check = ({ vault, settings }) => {
  if (!vault?.value || !settings?.value) return [];
  const { provisioningState } = settings.value;
  return working.includes(provisioningState.toLowerCase())
    ? [{ outcome: 'pass', text: l10n.t('"{0}" is in operation', vault.value.name), codes: notReady }]
    : [
        {
          outcome: 'fail',
          text: l10n.t('"{0}" is not in operation: its state is {1}', vault.value.name, provisioningState),
          ...(vault.value.kind === 'managedHsm' && {
            detail: l10n.t('A managed HSM works from the moment its security domain has been downloaded.'),
          }),
          codes: notReady,
        },
      ];
};

/** Can the key be destroyed for good? Source: Azure SQL docs, "TDE with customer-managed keys", requirements for Key Vault. */
export const protectionCheck: Check = ({ vault, settings }) => {
  if (!vault?.value || !settings) return [];
  if (settings.error) {
    return isAbsent(settings)
      ? []
      : [
          notChecked(l10n.t('purge protection, firewall and rights of "{0}"', vault.value.name), settings.error, [
            ...unprotected,
            ...blocked,
          ]),
        ];
  }
  const { softDelete, purgeProtection } = settings.value;
  if (softDelete && purgeProtection) {
    const text = l10n.t('Soft delete and purge protection of "{0}" are on', vault.value.name);
    return [{ outcome: 'pass', text, codes: unprotected }];
  }
  return [
    {
      outcome: 'fail',
      text: softDelete
        ? l10n.t('Purge protection of "{0}" is off', vault.value.name)
        : l10n.t('Soft delete of "{0}" is off', vault.value.name),
      detail: l10n.t('A key that can be destroyed for good is refused, with a message about an invalid address.'),
      codes: unprotected,
      fixes: [{ kind: 'enablePurgeProtection', vault: vault.value }],
    },
  ];
};

/** Does the vault's firewall let Azure SQL in? Source: Key Vault docs, network security, trusted services. */
export const firewallCheck: Check = ({ vault, settings }) => {
  if (!vault?.value || !settings?.value) return [];
  return [{ ...findingOf[settings.value.firewall](vault.value), codes: blocked }];
};

const findingOf: Readonly<Record<VaultSettings['firewall'], (vault: KeyVault) => Omit<Finding, 'codes'>>> = {
  off: ({ name }) => ({ outcome: 'pass', text: l10n.t('The firewall of "{0}" is off', name) }),
  trustedServices: ({ name }) => ({
    outcome: 'pass',
    text: l10n.t('The firewall of "{0}" lets trusted Microsoft services in', name),
  }),
  on: (vault) => ({
    outcome: 'fail',
    text: l10n.t('The firewall of "{0}" keeps Azure SQL out', vault.name),
    detail: l10n.t('It is on and has no exception for trusted Microsoft services, of which Azure SQL is one.'),
    fixes: [{ kind: 'allowTrustedServices', vault }],
  }),
  perimeter: ({ name }) => ({
    outcome: 'unknown',
    text: l10n.t('Could not be checked: the network security perimeter of "{0}"', name),
    detail: l10n.t('Its access rules decide whether Azure SQL gets in; no exception counts there.'),
  }),
};
