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
      "If the vault of the TDE protector can't be reached, for example because its region fails, Azure SQL uses the server key with the same thumbprint from the second vault by itself.",
    ),
    l10n.t(
      "It isn't used if you revoke the rights of the server or delete the key or the vault, because you may want to lock the databases. It isn't a backup of the key either: it needs rights of its own.",
    ),
    `## ${l10n.t('1. Copy the key')}`,
    l10n.t(
      'This command hands the backup of the key, with all its versions, from one vault to the other, and neither shows nor saves it. You need the permissions to back up and restore keys, for example by the role Key Vault Crypto Officer on both vaults. Leave out --debug, which would log the backup.',
    ),
    asCode(standbyCommand(standby)),
    l10n.t(
      'The name must be free in the second vault: Azure restores neither over a key nor over a deleted one, and with purge protection a deleted key keeps its name until its retention ends.',
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
    l10n.t('Leave the standby key a server key: the TDE protector stays the key in the first vault.'),
    l10n.t(
      'Rotate by a new key name: create a new key, copy it, create both server keys, and only then change the TDE protector. A new version of the present key would exist in the first vault only.',
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
