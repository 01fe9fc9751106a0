import { sameId } from '../../core/armId';
import type { Services } from '../services';

/** So many vaults are offered first. */
const most = 5;

/** The ids of the vaults whose keys were used last in the cloud of the settings, the latest first. */
export function recentVaults({ memory, cloud }: Services): readonly string[] {
  return memory.get<readonly string[]>(keyOf(cloud().name), []);
}

/** Remembers that a key of this vault has been used. */
export async function rememberVault(services: Services, id: string): Promise<void> {
  const others = recentVaults(services).filter((other) => !sameId(other, id));
  await services.memory.update(keyOf(services.cloud().name), [id, ...others].slice(0, most));
}

const keyOf = (cloud: string): string => `recentVaults.${cloud}`;
