import pMap from 'p-map';
import { keyIn, latestVersion, versionOf, type ChosenKey } from '../../core/keys/keyChoice';
import type { KeyVault, VaultKey } from '../../core/vaultModel';
import { tryRead } from '../../core/checks/facts';
import type { LikelyKey } from '../../core/keys/likelyKeys';
import type { Azure } from '../../core/ports';
import { allSubscriptions } from '../allSubscriptions';
import type { Services } from '../services';
import { required, type CreateServerKeyAnswers } from './answers';

/** A chosen key with its vault, if it had to be found. */
export type FoundKey = ChosenKey & { readonly vault?: KeyVault };

/** Maximum keys whose versions are read at once. */
const parallel = 8;

/** The keys that the user has chosen. */
export async function chosenKeys(
  services: Services,
  { vault, likely, newKey, several, keys = [] }: CreateServerKeyAnswers,
  signal: AbortSignal,
): Promise<readonly FoundKey[]> {
  if (likely) return [await newestOf(services, likely, signal)];
  if (newKey) return [{ id: keyIn(newKey.vault, newKey.name) }];
  if (!several) return keys;
  const { keyVaults } = await services.azure.get();
  const home = required(vault);
  return pMap(several, (key) => newestVersion(keyVaults, home, key, signal), { concurrency: parallel });
}

/**
 * The newest version of a likely key that TDE can use. If the account can't see the vault or the key, the version that is used
 * elsewhere, or none.
 */
export async function newestOf(services: Services, { key, used }: LikelyKey, signal: AbortSignal): Promise<FoundKey> {
  const { keyVaults } = await services.azure.get();
  const { subscriptions } = await allSubscriptions(services, signal);
  const subscriptionIds = subscriptions.map(({ id }) => id);
  const { value: vault } = await tryRead(keyVaults.find(key.host, subscriptionIds, signal), signal);
  if (!vault) return { id: used };
  const newest = await tryRead(keyVaults.getKey(vault, key.name, undefined, signal), signal);
  if (!newest.value) return { id: used, vault };
  const versions = newest.value.enabled
    ? undefined
    : (await tryRead(keyVaults.listVersions(vault, key.name, signal), signal)).value;
  const facts = latestVersion(versions ?? []) ?? newest.value;
  return { id: keyIn(vault, key.name, versionOf(facts)), facts, vault };
}

async function newestVersion(
  keyVaults: Azure['keyVaults'],
  vault: KeyVault,
  { name }: VaultKey,
  signal: AbortSignal,
): Promise<ChosenKey> {
  const latest = latestVersion(await keyVaults.listVersions(vault, name, signal));
  return latest ? { id: keyIn(vault, name, versionOf(latest)), facts: latest } : { id: keyIn(vault, name) };
}
