import pMap from 'p-map';
import { isArmError } from '../../core/armError';
import { hasTrait } from '../../core/errors/errorCatalogue';
import { keyIn, latestVersion, versionOf, type ChosenKey } from '../../core/keys/keyChoice';
import type { KeyIdentifier, KeyVault, VaultKey } from '../../core/model';
import type { Azure } from '../../core/ports';
import { logFailure } from '../failures/report';
import type { Services } from '../services';
import { required, type CreateServerKeyAnswers } from './answers';

/** Keys and where they are, as far as that is known. */
interface Chosen {
  readonly keys: readonly ChosenKey[];
  readonly vault: KeyVault | undefined;
}

/** Keys whose versions are asked for at once. */
const parallel = 8;

/** The keys that the answers come to, with what the vault says about each. */
export async function chosenKeys(
  services: Services,
  { vault, newKey, several, keys = [] }: CreateServerKeyAnswers,
  signal: AbortSignal,
): Promise<Chosen> {
  const { keyVaults } = await services.azure.get();
  if (newKey) return { vault, keys: [{ id: keyIn(newKey.vault, newKey.name) }] };
  if (several) {
    const home = required(vault);
    const newest = (key: VaultKey) => newestVersion(keyVaults, home, key, signal);
    return { vault, keys: await pMap(several, newest, { concurrency: parallel }) };
  }
  const [first] = keys;
  return vault || !first ? { vault, keys } : lookUp(services, first.id, signal);
}

async function newestVersion(
  keyVaults: Azure['keyVaults'],
  vault: KeyVault,
  { name }: VaultKey,
  signal: AbortSignal,
): Promise<ChosenKey> {
  const latest = latestVersion(await keyVaults.listVersions(vault, name, signal));
  return latest
    ? { id: keyIn(vault, name, versionOf(latest)), facts: latest }
    : { id: keyIn(vault, name), facts: 'missing' };
}

/** What is known of a pasted key identifier. That its vault can't be read is no reason to stop. */
async function lookUp(services: Services, id: KeyIdentifier, signal: AbortSignal): Promise<Chosen> {
  let vault: KeyVault | undefined;
  try {
    const { subscriptions } = await services.inventory.get();
    const { keyVaults } = await services.azure.get();
    const ids = subscriptions.map((subscription) => subscription.id);
    vault = await keyVaults.find(id.host, ids, signal);
    if (!vault) return { vault, keys: [{ id }] };
    const facts =
      id.version === undefined
        ? latestVersion(await keyVaults.listVersions(vault, id.name, signal))
        : await keyVaults.getKey(vault, id.name, id.version, signal);
    return { vault, keys: [{ id, facts: facts ?? 'missing' }] };
  } catch (error) {
    signal.throwIfAborted();
    if (isArmError(error) && hasTrait(error.code, 'notFound')) {
      return { vault, keys: [{ id, facts: 'missing' }] };
    }
    logFailure(services, error);
    return { vault, keys: [{ id }] };
  }
}
