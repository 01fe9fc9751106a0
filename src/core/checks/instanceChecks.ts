import type { Finding } from '../errors/finding';
import type { ServerDetails } from '../model';
import type { KeyIdentifier } from '../vaultModel';
import type { Azure } from '../ports';
import type { World } from './check';
import { serverKeyCheck } from './keyUseChecks';
import { readKeyUse } from './readKeyUse';

/**
 * Reads whether a managed instance can use a key.
 * @param subscriptionIds where to look for the vault
 */
export async function checkInstance(
  azure: Azure,
  instance: ServerDetails,
  key: KeyIdentifier,
  { subscriptionIds, ...world }: World & { readonly subscriptionIds: readonly string[] },
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const server = { value: instance };
  const facts = await readKeyUse(azure, { user: Promise.resolve(server), key }, subscriptionIds, signal);
  return serverKeyCheck({ server: instance, key }, { ...facts, server }, world);
}
