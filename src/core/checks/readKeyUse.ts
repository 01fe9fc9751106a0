import type { Creation } from '../creation/creation';
import { latestVersion } from '../keys/keyChoice';
import type { Azure } from '../ports';
import type { KeyVault, VaultKey } from '../vaultModel';
import type { KeyUse } from './check';
import { tryRead, type KeyUseFacts, type Reading } from './facts';
import { effectiveIdentity } from './identityChecks';

/**
 * Reads the facts about the use of a key.
 * @param subscriptionIds where to look for the vault
 */
export async function readKeyUse(
  azure: Azure,
  { user, key }: Pick<KeyUse, 'key'> & { readonly user: Promise<KeyUseFacts['user']> },
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
): Promise<KeyUseFacts> {
  const reads = readKeyFacts(azure, { key }, subscriptionIds, signal);
  const [of, vault, settings, version, newest, roles] = await Promise.all([
    user,
    reads.vault,
    reads.settings,
    reads.version,
    reads.newest,
    readRoles(azure, { key }, { user, vault: reads.vault }, signal),
  ]);
  return { user: of, vault, settings, version, newest, roles };
}

/** The vault and the key of a creation. */
export function readKeyFacts(
  { keyVaults, access }: Azure,
  { key, isNew, vault: known }: Pick<Creation, 'key' | 'isNew' | 'vault'>,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
) {
  const vault: Promise<Reading<KeyVault | undefined>> = known
    ? Promise.resolve({ value: known })
    : tryRead(keyVaults.find(key.host, subscriptionIds, signal), signal);
  const inVault = async <T>(read: (home: KeyVault) => Promise<T>) => {
    const { value } = await vault;
    return value && tryRead(read(value), signal);
  };
  const readVersion = async (version?: string) =>
    isNew ? undefined : inVault((home) => keyVaults.getKey(home, key.name, version, signal));
  const newestEnabled = (newest: VaultKey) =>
    inVault(async (home) => latestVersion(await keyVaults.listVersions(home, key.name, signal)) ?? newest);
  const newest = readVersion();
  return {
    vault,
    settings: inVault((home) => keyVaults.getSettings(home, signal)),
    vaultPermissions: isNew ? inVault(({ id }) => access.listPermissions(id, signal)) : Promise.resolve(undefined),
    newest,
    version:
      key.version === undefined
        ? newest.then((reading) => (reading?.value?.enabled === false ? newestEnabled(reading.value) : reading))
        : readVersion(key.version),
  };
}

/** The roles on the key of the identity that uses it. Only a key vault has them, and only for an identity that exists. */
export async function readRoles(
  { access }: Azure,
  { key }: Pick<KeyUse, 'key'>,
  reads: { readonly [Name in 'user' | 'vault']: Promise<KeyUseFacts[Name]> },
  signal?: AbortSignal,
): Promise<KeyUseFacts['roles']> {
  const [user, vault] = await Promise.all([reads.user, reads.vault]);
  const principalId = user.value && effectiveIdentity(user.value)?.principalId;
  return principalId !== undefined && vault.value?.kind === 'vault'
    ? tryRead(access.listRoles(principalId, `${vault.value.id}/keys/${key.name}`, signal), signal)
    : undefined;
}
