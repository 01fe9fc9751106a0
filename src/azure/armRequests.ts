import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { parseArmId } from '../core/armId';
import type { SqlClients } from './clients';

/** A request to Resource Manager. The connection is the one of the subscription that its path begins with. */
export interface ArmRequest {
  readonly method?: 'GET' | 'PUT';
  /** An ARM id, or the address of a list beneath one. */
  readonly path: string;
  readonly apiVersion: string;
  readonly filter?: string;
  readonly body?: unknown;
}

/** Requests for which no package of the SDK is worth its size. */
export interface ArmRequests {
  send(request: ArmRequest, signal?: AbortSignal): Promise<unknown>;
  /** All items of all pages. */
  list(request: ArmRequest, signal?: AbortSignal): Promise<unknown[]>;
}

export function armRequests(clients: SqlClients, resourceManager: string): ArmRequests {
  const sendTo = async (url: string, { method = 'GET', path, body }: ArmRequest, signal?: AbortSignal) => {
    const client = await clients(parseArmId(path).subscriptionId);
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
    const { bodyAsText } = await client.sendRequest(request);
    return bodyAsText ? (JSON.parse(bodyAsText) as unknown) : {};
  };
  const urlOf = ({ path, apiVersion, filter }: ArmRequest): string =>
    `${resourceManager}${path}?api-version=${apiVersion}${filter ? `&$filter=${encodeURIComponent(filter)}` : ''}`;

  return {
    send: (request, signal) => sendTo(urlOf(request), request, signal),

    async list(request, signal) {
      const items: unknown[] = [];
      let url: string | null | undefined = urlOf(request);
      while (url) {
        const page = (await sendTo(url, request, signal)) as Page;
        items.push(...(page.value ?? []));
        url = page.nextLink;
      }
      return items;
    },
  };
}

interface Page {
  readonly value?: readonly unknown[];
  readonly nextLink?: string | null;
}
