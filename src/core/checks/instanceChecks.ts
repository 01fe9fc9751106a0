import type { Finding } from '../errors/finding';
import type { ServerDetails } from '../model';
import type { KeyIdentifier } from '../vaultModel';
import type { Azure } from '../ports';
import type { World } from './check';
import { keyUseChecks } from './keyUseChecks';
import { readKeyFacts, readRoles } from './readFacts';

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
  const creation = { server: instance, key };
  const server = { value: instance };
  const reads = readKeyFacts(azure, creation, subscriptionIds, signal);
  const [vault, settings, version, newest, roles] = await Promise.all([
    reads.vault,
    reads.settings,
    reads.version,
    reads.newest,
    readRoles(azure, creation, { server: Promise.resolve(server), vault: reads.vault }, signal),
  ]);
  const facts = { server, vault, settings, version, newest, roles };
  return keyUseChecks.flatMap((check) => check(creation, facts, world));
}
