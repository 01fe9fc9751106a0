import pMap from 'p-map';
import { keyIn, latestVersion, versionOf, type ChosenKey } from '../../core/keys/keyChoice';
import type { KeyVault, VaultKey } from '../../core/model';
import type { Azure } from '../../core/ports';
import type { Services } from '../services';
import { required, type CreateServerKeyAnswers } from './answers';

/** Maximum keys whose versions are read at once. */
const parallel = 8;

/** The keys that the user has chosen. */
export async function chosenKeys(
  { azure }: Services,
  { vault, newKey, several, keys = [] }: CreateServerKeyAnswers,
  signal: AbortSignal,
): Promise<readonly ChosenKey[]> {
  if (newKey) return [{ id: keyIn(newKey.vault, newKey.name) }];
  if (!several) return keys;
  const { keyVaults } = await azure.get();
  const home = required(vault);
  return pMap(several, (key) => newestVersion(keyVaults, home, key, signal), { concurrency: parallel });
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
