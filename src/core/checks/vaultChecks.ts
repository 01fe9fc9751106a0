import * as l10n from '@vscode/l10n';
import { azCommand } from '../cli/commands';
import type { ErrorCode } from '../errors/errorCatalogue';
import { isNationalCloud } from '../clouds';
import { isInstanceId } from '../armId';
import type { KeyVault, VaultSettings } from '../vaultModel';
import { isAbsent } from './facts';
import type { Finding } from '../errors/finding';
import { notChecked, type KeyUseCheck } from './check';

const notThere: readonly ErrorCode[] = [
  'AkvHostNotResolvingFromNode',
  'AzureKeyVaultConnectionFailed',
  'VaultNotFound',
];
const notReady: readonly ErrorCode[] = ['AzureKeyVaultGenericConnectionError', 'AzureKeyVaultConnectionFailed'];
/** A firewall that blocks Azure SQL can cause any of these. */
const blocked: readonly ErrorCode[] = [
  'AkvEndpointNotReachableFromNode',
  'AzureKeyVaultConnectionFailed',
  'AzureKeyVaultMissingPermissions',
  'UmiMissingAkvPermissions',
];
const unprotected: readonly ErrorCode[] = ['SecurityInvalidAzureKeyVaultRecoveryLevel'];

/** Is there a vault at the address of the key? */
export const vaultCheck: KeyUseCheck<'vault' | 'settings'> = ({ key }, { vault, settings }) => {
  if (vault.error) return [notChecked(l10n.t('key vault "{0}"', key.vault), vault.error, notThere)];
  if (!vault.value) {
    return [
      {
        outcome: 'warn',
        text: l10n.t('No vault at "{0}" is visible to your account', key.host),
        detail: l10n.t(
          "The name may be misspelled, or the vault may be deleted, just created, or in a subscription that your account can't see. Checks that depend on the vault were skipped.",
        ),
        codes: notThere,
        fixes: [recover(key.vault)],
      },
    ];
  }
  if (isAbsent(settings)) {
    const text = l10n.t('Key vault "{0}" no longer exists', key.vault);
    return [{ outcome: 'fail', text, codes: notThere, fixes: [recover(key.vault)] }];
  }
  return settings?.value
    ? [{ outcome: 'pass', text: l10n.t('Key vault "{0}" exists', vault.value.name), codes: notThere }]
    : [];
};

const recover = (name: string) => ({
  kind: 'runCommand' as const,
  title: l10n.t('How to Recover the Deleted Vault'),
  command: azCommand('recoverVault', { vault: name }),
});

/** The states of a usable vault; "activated" is a state of managed HSMs only. */
const ready = ['succeeded', 'activated', 'updating'];

/** Is the vault ready for use? */
export const provisioningCheck: KeyUseCheck<'vault' | 'settings'> = (_, { vault, settings }) => {
  if (!vault.value || !settings?.value) return [];
  const { provisioningState } = settings.value;
  return ready.includes(provisioningState.toLowerCase())
    ? [{ outcome: 'pass', text: l10n.t('"{0}" is ready', vault.value.name), codes: notReady }]
    : [
        {
          outcome: 'fail',
          text: l10n.t('"{0}" isn\'t ready: its state is {1}', vault.value.name, provisioningState),
          ...(vault.value.kind === 'managedHsm' && {
            detail: l10n.t('A managed HSM works only after its security domain has been downloaded.'),
          }),
          codes: notReady,
        },
      ];
};

/** Is the key protected from permanent deletion? Source: Azure SQL docs, "TDE with customer-managed keys", requirements for Key Vault. */
export const protectionCheck: KeyUseCheck<'vault' | 'settings'> = (_, { vault, settings }) => {
  if (!vault.value || !settings) return [];
  if (settings.error) {
    return isAbsent(settings)
      ? []
      : [
          notChecked(l10n.t('purge protection, firewall, and permissions of "{0}"', vault.value.name), settings.error, [
            ...unprotected,
            ...blocked,
          ]),
        ];
  }
  const { softDelete, purgeProtection, retentionDays } = settings.value;
  if (softDelete && purgeProtection) {
    const text = l10n.t('Soft delete and purge protection of "{0}" are on', vault.value.name);
    return [{ outcome: 'pass', text, codes: unprotected }];
  }
  return [
    {
      outcome: 'warn',
      text: softDelete
        ? l10n.t('Purge protection of "{0}" is off', vault.value.name)
        : l10n.t('Soft delete of "{0}" is off', vault.value.name),
      detail: l10n.t(
        'Microsoft documents it as required: Azure SQL may refuse keys that can be deleted permanently, with a misleading message about an invalid URI. It has been seen to accept such a key.',
      ),
      basis: 'seen',
      codes: unprotected,
      fixes: [
        { kind: 'enablePurgeProtection', vault: vault.value, ...(retentionDays !== undefined && { retentionDays }) },
      ],
    },
  ];
};

/**
 * Does the vault's firewall allow Azure SQL? Sources: Key Vault docs, network security, trusted services; Azure SQL docs, "Managed
 * identities for TDE with customer-managed keys", limitations.
 */
export const firewallCheck: KeyUseCheck<'user' | 'vault' | 'settings'> = (
  { user: { id } },
  { user, vault, settings },
  { cloud },
) => {
  if (!vault.value || !settings?.value) return [];
  const isUserAssigned = user.value !== undefined && user.value.identity.userAssigned.length > 0;
  const findings = {
    ...findingOf,
    ...(isInstanceId(id) && isUserAssigned && forInstance),
    ...(isNationalCloud(cloud) && inNationalCloud),
  };
  return [{ ...findings[settings.value.firewall](vault.value), codes: blocked }];
};

type FirewallFinding = (vault: KeyVault) => Omit<Finding, 'codes'>;

const findingOf: Readonly<Record<VaultSettings['firewall'], FirewallFinding>> = {
  off: ({ name }) => ({ outcome: 'pass', text: l10n.t('The firewall of "{0}" is off', name) }),
  trustedServices: ({ name }) => ({
    outcome: 'pass',
    text: l10n.t('The firewall of "{0}" allows trusted Microsoft services', name),
    detail: l10n.t('Azure SQL is one of them.'),
    basis: 'documented',
  }),
  on: (vault) => ({
    outcome: 'fail',
    text: l10n.t('The firewall of "{0}" blocks Azure SQL', vault.name),
    detail: l10n.t('It is on and has no exception for trusted Microsoft services, which include Azure SQL.'),
    basis: 'documented',
    fixes: [{ kind: 'allowTrustedServices', vault }],
  }),
  serviceTags: ({ name }) => ({
    outcome: 'unknown',
    text: l10n.t('Could not be checked: whether the service tags in the firewall of "{0}" include Azure SQL', name),
    detail: l10n.t('It has no exception for trusted Microsoft services, but allows the addresses of service tags.'),
  }),
  perimeter: ({ name }) => ({
    outcome: 'unknown',
    text: l10n.t('Could not be checked: the network security perimeter of "{0}"', name),
    detail: l10n.t(
      "Its access rules decide whether Azure SQL has access. The exception for trusted services doesn't apply.",
    ),
  }),
};

/** For a managed instance with a user-assigned identity. */
const mayBlockInstance: FirewallFinding = ({ name }) => ({
  outcome: 'warn',
  text: l10n.t('The firewall of "{0}" may block the managed instance', name),
  detail: l10n.t(
    "The exception for trusted Microsoft services doesn't apply to a managed instance with a user-assigned identity. A private endpoint or a rule for its subnet may let it through.",
  ),
  basis: 'documented',
});

const forInstance: typeof inNationalCloud = { trustedServices: mayBlockInstance, on: mayBlockInstance };

const inNationalCloud: Pick<typeof findingOf, 'trustedServices' | 'on'> = {
  trustedServices: ({ name }) => ({
    outcome: 'warn',
    text: l10n.t('The firewall of "{0}" may block Azure SQL', name),
    detail: l10n.t("In this cloud, the exception for trusted Microsoft services doesn't let Azure SQL through."),
    basis: 'documented',
  }),
  on: ({ name }) => ({
    outcome: 'fail',
    text: l10n.t('The firewall of "{0}" blocks Azure SQL', name),
    detail: l10n.t(
      "In this cloud, the exception for trusted Microsoft services doesn't help. Use a vault whose firewall is off.",
    ),
    basis: 'documented',
  }),
};
