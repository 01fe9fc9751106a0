import {
  createPipelineRequest,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  type SendRequest,
} from '@azure/core-rest-pipeline';
import { idKey, lastSegment, sameId } from '../../core/armId';
import { asObject, parseJson, unexpectedResponse, type Json } from './failures';
import { hasExpectedTypes } from './fieldTypes';
import type { Limits } from './limits';

/**
 * Checks that a successful response is what was asked for, and puts all pages of a list into one response. The SDKs would
 * take an empty response for an empty list or resource, and follow links without end or signal.
 */
export function responsePolicy(limits: Limits): PipelinePolicy {
  return {
    name: 'sqlServerKeysResponses',
    async sendRequest(request, next) {
      const response = await next(request);
      const body = checkedBody(request, response);
      return request.method === 'GET' && body?.nextLink ? withAllPages(request, response, next, limits) : response;
    },
  };
}

async function withAllPages(
  request: PipelineRequest,
  first: PipelineResponse,
  next: SendRequest,
  { pages, responseBytes }: Limits,
): Promise<PipelineResponse> {
  const links = new Set<unknown>([request.url]);
  const items: unknown[] = [];
  let size = 0;
  for (let page = first; ;) {
    const body = checkedBody(request, page);
    if (!body) return { ...page, request };
    items.push(...(body.value as unknown[]));
    size += page.bodyAsText?.length ?? 0;
    const { nextLink } = body;
    if (nextLink === undefined || nextLink === null || nextLink === '') break;
    if (typeof nextLink !== 'string' || links.has(nextLink) || links.size >= pages || size > responseBytes) {
      throw unexpectedResponse(page, `The list doesn't end after ${links.size} pages.`);
    }
    links.add(nextLink);
    page = await next(createPipelineRequest({ ...request, url: nextLink }));
  }
  return { ...first, bodyAsText: JSON.stringify({ value: withoutRepeats(items) }) };
}

/** The items of several pages, each once. A page may repeat, and an item moves to the next page if one is added before it. */
export function withoutRepeats<T>(items: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const id = asObject(item)?.id;
    const key = typeof id === 'string' ? idKey(id) : JSON.stringify(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** The body of a successful response to a read, a PUT, or a PATCH; undefined if it is of no interest. Throws if it isn't as expected. */
function checkedBody(request: PipelineRequest, response: PipelineResponse): Json | undefined {
  const { status, bodyAsText: text, headers } = response;
  if (status >= 300) return undefined;
  if (text && !/json|^$/i.test(headers.get('content-type') ?? '')) {
    throw unexpectedResponse(response, 'The response is not JSON.');
  }
  const path = pathOf(request.url);
  const isExpected = expectationOf(request.method, path, response);
  if (!isExpected) return undefined;
  const body = parseJson(text);
  // Only a list has more pages.
  const hasPages = body?.nextLink && isExpected !== hasList;
  if (
    (isRead(request.method) && status !== 200) ||
    !body ||
    !isExpected(body, path) ||
    hasPages ||
    !hasExpectedTypes(body)
  ) {
    throw unexpectedResponse(response, `Not the expected response: "${(text ?? '').slice(0, 300)}"`);
  }
  return body;
}

/** POST only asks Resource Graph. */
const isRead = (method: string): boolean => method === 'GET' || method === 'POST';

type Expectation = (body: Json, path: string) => boolean;

function expectationOf(method: string, path: string, { status, headers }: PipelineResponse): Expectation | undefined {
  if (/(asyncOperation|operationStatus(es)?)\//i.test(path)) {
    return status === 200 ? ({ status: state }) => typeof state === 'string' : undefined;
  }
  // The result of an operation has any form.
  if ((status === 202 && !isRead(method)) || /\/locations\/(?!.*\/longTerm)|\/operationResults\//i.test(path))
    return undefined;
  if (method === 'GET') return isCollection(path) ? hasList : isResource;
  if (method === 'POST') return /\/providers\/Microsoft\.ResourceGraph\//i.test(path) ? hasRows : undefined;
  if (method === 'DELETE' || headers.has('azure-asyncoperation') || headers.has('location')) return undefined;
  if (/\/accessPolicies\//i.test(path)) return hasAccessPolicies;
  // The response to a change of a server isn't used, because the server is read afterwards.
  return method === 'PUT' || isInKeyVault(path) ? isResource : undefined;
}

/** Types and names alternate after the namespace of the last provider, so a collection ends with a type. */
const isCollection = (path: string): boolean =>
  path
    .replace(/^.*\/providers\/[^/]+/i, '')
    .split('/')
    .filter(Boolean).length %
    2 ===
  1;

const hasList: Expectation = ({ value }, path) =>
  Array.isArray(value) && value.every((item) => isReadable(asObject(item), path));

const hasRows: Expectation = ({ data }) => Array.isArray(data);

/** The id of Azure SQL's resources is their path. Others, such as role definitions, may have another scope. */
const isResource: Expectation = (body, path) => {
  const { id, name } = body;
  const hasId = typeof id === 'string';
  if (/\/providers\/Microsoft\.Sql\//i.test(path)) return hasId && sameId(id, path) && isReadable(body, path);
  const isNamed = [name, hasId && lastSegment(id)].some(
    (one) => typeof one === 'string' && sameId(one, lastSegment(path)),
  );
  return isNamed && isReadable(body, path);
};

/** The response to a new access policy has no name. */
const hasAccessPolicies: Expectation = ({ properties }) => Array.isArray(asObject(properties)?.accessPolicies);

/** Whether a resource has what azure/ and the SDK of Key Vault read without looking whether it is there. */
function isReadable(resource: Json | undefined, path: string): boolean {
  if (/\/Microsoft\.Sql\/servers\/[^/]+$/i.test(path)) return typeof resource?.location === 'string';
  if (!isInKeyVault(path)) return resource !== undefined;
  const properties = asObject(resource?.properties);
  return /\/vaults\/[^/]+$/i.test(path) ? asObject(properties?.sku) !== undefined : properties !== undefined;
}

const isInKeyVault = (path: string): boolean => /\/providers\/Microsoft\.KeyVault\/(?!.*\/providers\/)/i.test(path);

/** The decoded path, without the path of a private cloud's Resource Manager itself. */
function pathOf(url: string): string {
  const pathname = new URL(url).pathname.replace(/^.*?(?=\/(subscriptions|tenants|providers)(\/|$))/i, '');
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
