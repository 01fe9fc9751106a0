import { idKey, sameId } from '../../core/armId';
import { formatKeyIdentifier, versionless } from '../../core/keys/keyIdentifier';
import type { KeyIdentifier } from '../../core/vaultModel';
import type { Services } from '../services';

/** Maximum keys to remember. */
const most = 5;

/** Versionless identifiers of the keys used in the configured cloud, the most recent first. */
export function recentKeys({ memory, cloud }: Services): readonly string[] {
  return memory.get<readonly string[]>(memoryKey(cloud().name), []);
}

/** Puts keys at the start of the recently used ones. */
export async function rememberKeys(services: Services, keys: readonly KeyIdentifier[]): Promise<void> {
  const used = keys.map((key) => formatKeyIdentifier(versionless(key)));
  const distinct = used.filter((uri, i) => used.findIndex((other) => sameId(other, uri)) === i);
  const ids = new Set(distinct.map(idKey));
  const others = recentKeys(services).filter((uri) => !ids.has(idKey(uri)));
  await services.memory.update(memoryKey(services.cloud().name), [...distinct, ...others].slice(0, most));
}

const memoryKey = (cloud: string): string => `recentKeys.${cloud}`;
