import { l10n } from 'vscode';
import type { ChosenKey } from '../../../core/keys/keyChoice';
import { formatKeyIdentifier } from '../../../core/keys/keyIdentifier';
import { lifetimeText } from '../../../core/keys/keyLifetime';
import { serverKeyName, shortServerKeyName } from '../../../core/keys/serverKeyName';
import type { Summary } from './summary';
import { expiryConsequence, rotationText } from '../newKeyOptions';
import { describeVaultKey } from '../vaultKeyPicks';

/** One row of the summary. */
export interface Fact {
  /** The choice that the row shows; "nothing" if it follows from the others. */
  readonly about: 'server' | 'vault' | 'key' | 'expiry' | 'newKeyVersion' | 'nothing';
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** The text to copy. */
  readonly copied: string;
}

export function serverFact({ servers, subscriptionName }: Summary): Fact {
  const names = servers.map(({ name }) => name).join(', ');
  const [first, ...others] = servers;
  const place = first && l10n.t('{0}, resource group {1}', subscriptionName(first.subscriptionId), first.resourceGroup);
  return {
    about: 'server',
    icon: 'server',
    copied: names,
    ...(others.length === 0
      ? { label: l10n.t('Server: {0}', names), detail: place ?? '' }
      : { label: l10n.t('{0} servers', servers.length), detail: names }),
  };
}

export function vaultFacts({ vault, subscriptionName }: Summary): readonly Fact[] {
  if (!vault) return [];
  const { name, kind, subscriptionId, resourceGroup } = vault;
  return [
    {
      about: 'vault',
      icon: 'archive',
      label: kind === 'managedHsm' ? l10n.t('Managed HSM: {0}', name) : l10n.t('Key vault: {0}', name),
      detail: l10n.t('{0}, resource group {1}', subscriptionName(subscriptionId), resourceGroup),
      copied: name,
    },
  ];
}

export function keyFact({ newKey }: Summary, { id, facts }: ChosenKey): Fact {
  const identifier = formatKeyIdentifier(id);
  return {
    about: 'key',
    icon: 'key',
    label: newKey
      ? l10n.t('Key: {0} ({1} {2}), created first', id.name, newKey.keyType, newKey.keySize)
      : id.version === undefined
        ? l10n.t('Key: {0}, always the latest version', id.name)
        : l10n.t('Key: {0}', id.name),
    description: facts ? describeVaultKey(facts, new Date()) : newKey ? '' : l10n.t('could not be checked'),
    detail: identifier,
    copied: identifier,
  };
}

/** When the new key expires, and what that means to the servers. */
export function lifetimeFacts({ newKey }: Summary): readonly Fact[] {
  if (!newKey) return [];
  const { lifetime } = newKey;
  const label = lifetimeText(lifetime);
  const detail = lifetime ? (lifetime.rotates ? rotationText() : expiryConsequence()) : '';
  return [{ about: 'expiry', icon: 'calendar', label, detail, copied: label }];
}

/** Only for one key, because the names of several would repeat their identifiers. */
export function nameFacts({ keys: [key, ...others], newKey }: Summary): readonly Fact[] {
  if (!key || others.length > 0) return [];
  const isPending = newKey !== undefined && !newKey.versionless;
  const name = isPending ? l10n.t('{0}_<version>', serverKeyName(key.id)) : serverKeyName(key.id);
  const about = newKey ? 'newKeyVersion' : 'nothing';
  return [{ about, icon: 'tag', label: l10n.t('Server key name'), detail: name, copied: name }];
}

export function existingFacts({ creations }: Summary): readonly Fact[] {
  const there = creations.filter(({ existing }) => existing);
  if (there.length === 0) return [];
  const list = there.map(({ server, key }) =>
    l10n.t('{0} on "{1}"', shortServerKeyName(serverKeyName(key)), server.name),
  );
  return [
    {
      about: 'nothing',
      icon: 'pass',
      label: l10n.t('{0} of {1} server keys already exist', there.length, creations.length),
      detail: list.join(', '),
      copied: list.join('\n'),
    },
  ];
}

/** What follows from a versionless key identifier. Source: Azure SQL docs, TDE key rotation. */
export function versionlessFacts({ keys, newKey }: Summary): readonly Fact[] {
  if (newKey ? !newKey.versionless : keys.every(({ id }) => id.version !== undefined)) return [];
  return [
    l10n.t('A new version of the key needs no new server key; the TDE protector uses it only with automatic rotation'),
    l10n.t("The server's identity needs the get permission on the key, in addition to wrapKey and unwrapKey"),
    l10n.t('Geo-replicas need the same key from the same vault'),
    l10n.t("For Azure SQL Database only; some clouds don't support it yet"),
  ].map((label) => ({ about: 'key', icon: 'info', label, copied: label }));
}
