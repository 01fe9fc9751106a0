import pMap from 'p-map';
import { parseArmId } from '../../core/armId';
import { parallelServers } from '../../core/creation/createAll';
import type { Replica } from '../../core/creation/creation';
import type { CreationOutcome } from '../../core/creation/creationReport';
import type { SqlServer } from '../../core/model';
import type { Services } from '../services';

/** Reads the replicas of the servers of a run, which the checks have read unless they are turned off. A failure leaves them unknown. */
export async function withReplicas(
  services: Services,
  attempts: readonly CreationOutcome[],
  signal: AbortSignal,
): Promise<readonly CreationOutcome[]> {
  const { sqlServers } = await services.azure.get();
  const servers = new Set(attempts.map(({ creation }) => creation.server));
  const unread = attempts.filter(({ creation }) => !creation.replicas).map(({ creation }) => creation.server);
  if (servers.size < 2 || unread.length === 0) return attempts;
  const read = async (server: SqlServer): Promise<readonly [SqlServer, readonly Replica[]]> => {
    const partners = await sqlServers.listGeoPartners(server, signal).catch(() => []);
    const replicas = partners.filter(({ role }) => role === 'secondary');
    return [
      server,
      replicas.map(({ name, id = '' }) => ({ name, ...(id && { resourceGroup: parseArmId(id).resourceGroup }) })),
    ];
  };
  const replicas = new Map(await pMap(new Set(unread), read, { concurrency: parallelServers }));
  return attempts.map(({ creation, ...attempt }) => ({
    ...attempt,
    creation: { ...creation, replicas: creation.replicas ?? replicas.get(creation.server) },
  }));
}
