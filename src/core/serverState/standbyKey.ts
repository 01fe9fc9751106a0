import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import type { Reading } from '../checks/facts';
import { copyKeyCommand } from '../cli/restCommand';
import { asCode, asText } from '../markdown';
import type { ServerKey, SqlServer, TdeProtector } from '../model';
import { isSameVaultKey, isServerKeyOf } from '../keys/sameKey';
import type { KeyIdentifier, KeyVault } from '../vaultModel';

/** A vault for the standby key. */
export interface StandbyVault {
  readonly vault: KeyVault;
  /** Why Azure doesn't restore the key there. */
  readonly problem?: string;
  /** What to know about the vault. */
  readonly note?: string;
}

/**
 * The vaults to which the backup of a key can be restored come first. Source: Key Vault docs, "Azure Key Vault backup and restore": the
 * same subscription and geography.
 * @param geographies of the regions
 */
export function standbyVaults(
  source: KeyVault,
  vaults: readonly KeyVault[],
  geographies: Reading<ReadonlyMap<string, string>>,
): readonly StandbyVault[] {
  const all = vaults
    .filter(({ id }) => !sameId(id, source.id))
    .map((vault): StandbyVault => {
      const problem = problemOf(source, vault, geographies);
      const note = problem === undefined ? noteOn(source, vault, geographies) : undefined;
      return { vault, ...(problem !== undefined && { problem }), ...(note !== undefined && { note }) };
    });
  return [...all.filter(({ problem }) => problem === undefined), ...all.filter(({ problem }) => problem !== undefined)];
}

const geographyOf = ({ location }: KeyVault, { value }: Reading<ReadonlyMap<string, string>>): string | undefined =>
  value?.get(location.replace(/\s/g, '').toLowerCase());

function problemOf(
  source: KeyVault,
  vault: KeyVault,
  geographies: Reading<ReadonlyMap<string, string>>,
): string | undefined {
  if (vault.kind === 'managedHsm') return l10n.t("a managed HSM doesn't restore keys of a key vault");
  if (!sameId(vault.subscriptionId, source.subscriptionId)) return l10n.t('in another subscription');
  const [from, to] = [source, vault].map((one) => geographyOf(one, geographies));
  if (from === undefined || to === undefined || from === to) return undefined;
  return l10n.t('in the geography {0}, but the key is in {1}', to, from);
}

function noteOn(
  source: KeyVault,
  vault: KeyVault,
  geographies: Reading<ReadonlyMap<string, string>>,
): string | undefined {
  if (sameId(source.location, vault.location)) return l10n.t("same region: doesn't help if the region fails");
  const isKnown = [source, vault].every((one) => geographyOf(one, geographies) !== undefined);
  return isKnown ? undefined : l10n.t("the geography couldn't be checked");
}

/** A key, the server that uses it, and the vault that gets a copy. */
export interface Standby {
  readonly server: SqlServer;
  readonly key: KeyIdentifier;
  readonly target: KeyVault;
  readonly protector: Pick<TdeProtector, 'autoRotation'>;
}

/** The key in the second vault. It has the same name and versions. */
export const standbyKeyOf = ({ key, target }: Standby): KeyIdentifier => ({
  ...key,
  host: target.uri.replace('https://', ''),
  vault: target.name,
});

/** The command that copies the key. */
export const standbyCommand = ({ key, target }: Standby): string => copyKeyCommand(key, target.uri);

/** Whether two server keys have the same key material; undefined if the server lacks one of them, or Azure doesn't show it. */
export function haveSameThumbprint(keys: readonly ServerKey[], one: string, other: string): boolean | undefined {
  const [first, second] = [one, other].map((uri) => keys.find(isServerKeyOf(uri)));
  if (!first?.thumbprint || !second?.thumbprint || isSameVaultKey(first, second)) return undefined;
  return sameId(first.thumbprint, second.thumbprint);
}

/**
 * What a standby key is for and how it is made, as a Markdown document. Source: Azure SQL docs, "Transparent data encryption with
 * customer-managed keys", high availability.
 */
export function standbyDocument(standby: Standby): string {
  const { server, key, target, protector } = standby;
  return [
    `# ${asText(l10n.t('Standby key for "{0}" in "{1}"', server.name, target.name))}`,
    `## ${l10n.t('What Azure uses it for')}`,
    l10n.t(
      "If the vault of the TDE protector can't be reached, for example because its region fails, Azure SQL automatically uses the server key with the same thumbprint from the second vault.",
    ),
    l10n.t(
      "Azure SQL doesn't use it if you revoke the permissions of the server, or delete the key or the vault, because you may want to lock the databases. A standby key doesn't replace a backup of the key, and it needs its own permissions.",
    ),
    `## ${l10n.t('1. Copy the key')}`,
    l10n.t(
      "This command passes the backup of the key, with all its versions, from one vault to the other, without showing or saving it. You need permissions to back up and restore keys, for example through the role Key Vault Crypto Officer on both vaults. Don't use --debug, which logs the backup.",
    ),
    asCode(standbyCommand(standby)),
    l10n.t(
      "The name must be free in the second vault. Azure doesn't restore a backup over an existing or deleted key, and with purge protection, a deleted key keeps its name until its retention period ends.",
    ),
    `## ${l10n.t('2. Let the server use it')}`,
    asText(
      l10n.t(
        'Choose Continue in the notification. The extension looks for version {0} of "{1}" in "{2}", checks the identity of the server there, creates the server key after you confirm it, and compares the thumbprints.',
        key.version ?? '',
        key.name,
        target.name,
      ),
    ),
    `## ${l10n.t('From then on')}`,
    fromThenOn(protector),
    '',
  ].join('\n\n');
}

const fromThenOn = ({ autoRotation }: Standby['protector']): string =>
  [
    l10n.t('Keep the standby key as a server key only. The key in the first vault stays the TDE protector.'),
    l10n.t(
      'To rotate, use a new key name: create a key, copy it, create both server keys, and only then change the TDE protector. A new version of the current key would exist only in the first vault.',
    ),
    ...(autoRotation
      ? [
          l10n.t(
            '**Automatic rotation is on.** Turn it off, or the next version has no standby: **Turn Off Automatic Rotation…**.',
          ),
        ]
      : []),
  ]
    .map((line) => `- ${line}`)
    .join('\n');
