import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Azure } from '../core/ports';
import { during } from './failures';
import type { SqlClients } from './sqlClient';

/** Where the policies do not choose: for Microsoft.Sql, and one that subscriptions and resource groups both have. */
const apiVersions = { sql: '2023-08-01', resources: '2021-04-01' };

export function resources(clients: SqlClients, resourceManager: string): Azure['resources'] {
  return {
    read: (resourceId, signal) =>
      during({ name: 'read resource', resource: resourceId }, async () => {
        const [, , subscriptionId = ''] = resourceId.split('/');
        const client = await clients(subscriptionId);
        const version = /\/providers\/Microsoft\.Sql\//i.test(resourceId) ? apiVersions.sql : apiVersions.resources;
        const url = `${resourceManager}${resourceId}?api-version=${version}`;
        const headers = createHttpHeaders({ accept: 'application/json' });
        const request = createPipelineRequest({ url, headers, ...(signal && { abortSignal: signal }) });
        const { bodyAsText } = await client.sendRequest(request);
        return JSON.parse(bodyAsText ?? '{}') as unknown;
      }),
  };
}
