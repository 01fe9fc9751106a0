import type { Facts } from '../core/checks/facts';
import type { Finding } from '../core/errors/finding';
import { preflight } from '../core/checks/checkCreation';
import { factsReader, type Planned } from '../core/checks/readFacts';
import type { Services } from './services';

/** The facts about a planned server key, and the findings about them. */
export interface Checked {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
}

/**
 * Checks planned server keys. Facts that several of them share are read once.
 * @param longestMs longest time to read the facts of a server or key; what takes longer is not checked
 */
export async function preflightReader(
  { azure, inventory, cloud }: Services,
  signal: AbortSignal | undefined,
  longestMs?: number,
): Promise<(planned: Planned) => Promise<Checked>> {
  const { subscriptions, filtered } = await inventory.get();
  const connected = await azure.get();
  // Vaults and replicas may be in subscriptions that are not shown.
  const all = filtered ? (await connected.subscriptions.list(undefined, signal)).items : subscriptions;
  const ids = all.map(({ id }) => id);
  const read = factsReader(connected, ids, signal, longestMs);
  return async (planned) => {
    const facts = await read(planned);
    return { facts, findings: preflight(facts, cloud(), new Date()) };
  };
}
