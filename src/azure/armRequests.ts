import { setTimeout } from 'node:timers/promises';
import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { SqlServer } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { serverType } from '../core/serverType';
import { pollIntervalMs, type SqlClients } from './clients';
import { requirePlainName, requirePlainPath } from './gateway/addresses';
import { asObject, during, parseJson } from './gateway/failures';
import { retryAfterMs } from './gateway/retryAfter';

/** A request to Resource Manager. It uses the connection for the subscription in its path. */
interface ArmRequest {
  readonly method?: 'GET' | 'PUT' | 'PATCH' | 'POST';
  /** An ARM ID, or a list below one. */
  readonly path: string;
  readonly apiVersion: string;
  readonly filter?: string;
  readonly expand?: string;
  readonly body?: unknown;
}

/** Requests for which an SDK package would be too large. */
export interface ArmRequests {
  send(request: ArmRequest, signal?: AbortSignal): Promise<unknown>;
  /** Sends a request, and waits for the operation that it starts. */
  run(request: ArmRequest, signal: AbortSignal): Promise<void>;
  /** The response to a GET of an address that Azure has given. */
  get(url: string, signal?: AbortSignal): Promise<PipelineResponse>;
  /** All items of all pages. */
  list(request: ArmRequest, signal?: AbortSignal): Promise<unknown[]>;
}

const subscriptionIn = (url: string): string => /\/subscriptions\/([^/?]+)/i.exec(url)?.[1] ?? '';

/** Refuses a path that would become another one. */
function pathAndQuery({ path, apiVersion, filter, expand }: ArmRequest): string {
  requirePlainPath(path);
  const options = Object.entries({ filter, expand }).flatMap(([name, value]) =>
    value === undefined ? [] : `&$${name}=${encodeURIComponent(value)}`,
  );
  return `${path}?api-version=${apiVersion}${options.join('')}`;
}

export function armRequests(clients: SqlClients, resourceManager: string): ArmRequests {
  const sendTo = async (
    url: string,
    { method = 'GET', body }: Pick<ArmRequest, 'method' | 'body'>,
    signal?: AbortSignal,
    owner = url,
  ): Promise<PipelineResponse> => {
    const client = await clients(subscriptionIn(owner));
    const request = createPipelineRequest({
      url,
      method,
      headers: createHttpHeaders({
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { abortSignal: signal }),
    });
    return client.sendRequest(request);
  };
  const urlOf = (request: ArmRequest): string => `${resourceManager}${pathAndQuery(request)}`;
  const send = async (request: ArmRequest, signal?: AbortSignal) => {
    const { bodyAsText } = await sendTo(urlOf(request), request, signal);
    return bodyAsText ? (JSON.parse(bodyAsText) as unknown) : {};
  };

  return {
    send,
    run: async (request, signal) => {
      const { headers } = await sendTo(urlOf(request), request, signal);
      const url = headers.get('azure-asyncoperation') ?? headers.get('location');
      // The connection of the request refuses an address on another host.
      if (url !== undefined) await pollUntilEnd((limit) => sendTo(url, {}, limit, request.path), signal);
    },
    get: (url, signal) => sendTo(url, {}, signal),
    // The gateway has put all pages into one response.
    list: async (request, signal) => ((await send(request, signal)) as { readonly value: unknown[] }).value,
  };
}

async function pollUntilEnd(
  poll: (signal: AbortSignal) => Promise<PipelineResponse>,
  signal: AbortSignal,
): Promise<void> {
  for (let response = await poll(signal); !hasEnded(response); response = await poll(signal)) {
    await setTimeout(retryAfterMs(response.headers) ?? pollIntervalMs, undefined, { signal });
  }
}

/** Whether the operation in a response has ended. The gateway has turned a failed one into an error. */
export function hasEnded({ status, bodyAsText }: PipelineResponse): boolean {
  const state = asObject(parseJson(bodyAsText))?.status;
  return typeof state === 'string' ? /^succeeded$/i.test(state) : status !== 202;
}

/** `sql` is for Microsoft.Sql unless a policy sets another version, `resources` for subscriptions and resource groups. */
export const apiVersions = { sql: '2023-08-01', resources: '2021-04-01' };

export const subscriptionPath = ({ subscriptionId }: Pick<ServerPlace, 'subscriptionId'>): string =>
  `/subscriptions/${part(subscriptionId)}`;

/** The path of the resource group of a server. Refuses names that would change it. */
export const resourceGroupPath = (server: ServerPlace): string =>
  `${subscriptionPath(server)}/resourceGroups/${part(server.resourceGroup)}`;

/** The path of a logical server or a managed instance. Refuses names that would change it. */
export const serverPath = (server: ServerPlace): string =>
  `${resourceGroupPath(server)}/providers/${serverType(server).name}/${part(server.name)}`;

/** The path of a database. Refuses names that would change it. */
export const databasePath = (server: ServerPlace, database: string): string =>
  `${serverPath(server)}/databases/${part(database)}`;

/** A server and its region. */
type LocatedServer = Pick<SqlServer, keyof ServerPlace | 'location'>;

const locationPath = (server: LocatedServer): string =>
  `${resourceGroupPath(server)}/providers/Microsoft.Sql/locations/${part(server.location)}`;

/** The path of the failover groups of managed instances in the region and resource group of one. Refuses names that would change it. */
export const instanceFailoverGroupsPath = (instance: LocatedServer): string =>
  `${locationPath(instance)}/instanceFailoverGroups`;

/** The path of the long-term backups of a server in its resource group. Refuses names that would change it. */
export const longTermBackupsPath = (server: LocatedServer): string =>
  `${locationPath(server)}/${serverType(server).longTerm.join(`/${part(server.name)}/`)}`;

function part(name: string): string {
  requirePlainName(name);
  return encodeURIComponent(name);
}

export function resources(arm: ArmRequests): Azure['resources'] {
  return {
    read: (resourceId, signal) =>
      during({ name: 'read resource', resource: resourceId }, () => {
        const isSql = /\/providers\/Microsoft\.Sql\//i.test(resourceId);
        return arm.send({ path: resourceId, apiVersion: isSql ? apiVersions.sql : apiVersions.resources }, signal);
      }),
  };
}
