import { isInstanceId } from '../core/armId';
import type { RunningOperation } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { apiVersions, serverPath, type ArmRequests } from './armRequests';
import type { SqlClients } from './clients';
import type { RunOperation } from './gateway/deadline';
import { during } from './gateway/failures';
import { listGeoPartners, listInstancePartners } from './geoPartners';
import { assignIdentity, listDetails, readServer, setPrimaryIdentity } from './serverDetails';
import { databasesInGraph, serversInGraph } from './serversInGraph';
import type { Tenants } from './tenants';

export function sqlServers(
  tenants: Tenants,
  clients: SqlClients,
  arm: ArmRequests,
  runOperation: RunOperation,
): Azure['sqlServers'] {
  return { ...serversInGraph(tenants), ...databasesInGraph(tenants), ...inResourceManager(clients, arm, runOperation) };
}

function inResourceManager(
  clients: SqlClients,
  arm: ArmRequests,
  runOperation: RunOperation,
): Omit<Azure['sqlServers'], keyof ReturnType<typeof serversInGraph> | keyof ReturnType<typeof databasesInGraph>> {
  return {
    get: (server, signal) =>
      during({ name: 'read SQL server', resource: server.id }, () => readServer(arm, server, signal)),

    listDetails: (subscriptionId, signal) =>
      during({ name: 'list SQL servers', resource: `/subscriptions/${subscriptionId}` }, () =>
        listDetails(arm, subscriptionId, signal),
      ),

    listGeoPartners: (server, signal) =>
      during({ name: 'list geo-replication partners', resource: server.id }, async () =>
        isInstanceId(server.id)
          ? listInstancePartners(arm, server, signal)
          : listGeoPartners(await clients(server.subscriptionId), arm, server, signal),
      ),

    listRunningOperations: (server, signal) =>
      during({ name: 'list running operations', resource: server.id }, () =>
        listRunningOperations(arm, server, signal),
      ),

    assignIdentity: (server, signal) =>
      during({ name: 'assign identity', resource: server.id }, async () =>
        assignIdentity({ arm, client: await clients(server.subscriptionId) }, server, runOperation, signal),
      ),
    setPrimaryIdentity: (server, identityId, signal) =>
      during({ name: 'set primary identity', resource: server.id }, async () =>
        setPrimaryIdentity(
          { arm, client: await clients(server.subscriptionId) },
          { server, identityId },
          runOperation,
          signal,
        ),
      ),
  };
}

async function listRunningOperations(
  arm: ArmRequests,
  server: ServerPlace,
  signal?: AbortSignal,
): Promise<readonly RunningOperation[]> {
  const path = `${serverPath(server)}/operations`;
  const listed = (await arm.list({ path, apiVersion: apiVersions.sql }, signal)) as Operation[];
  return listed
    .filter(({ properties }) => running.has(properties?.state?.toLowerCase() ?? ''))
    .map(({ name = '', properties: { operationFriendlyName, operation } = {} }) => ({
      name: operationFriendlyName ?? operation ?? name,
    }));
}

interface Operation {
  readonly name?: string;
  readonly properties?: {
    readonly state?: string;
    readonly operation?: string;
    readonly operationFriendlyName?: string;
  };
}

/** States of an operation in progress. The list also has operations that have ended. */
const running = new Set(['pending', 'inprogress', 'cancelinprogress']);
