import { byGateway, ok, type Answer } from '../base/answer';
import type { Emulator } from '../base/emulator';
import type { State } from '../base/state';
import type { Claims } from '../directory/tokens';
import type { Access } from './access';

export interface ArmRequest extends Access {
  emulator: Emulator;
  state: State;
  caller: Claims;
  method: string;
  /** Path without query, in the caller's casing. */
  path: string;
  /** Values of the :placeholders in the route's path. */
  params: Partial<Record<string, string>>;
  query: Partial<Record<string, string>>;
  /** The parsed JSON body; undefined without a body. */
  body: unknown;
  apiVersion: string;
  /** The URL of ARM as the caller addresses it. */
  armUrl: string;
  /** Unix milliseconds. */
  now: number;
}

export interface Route {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** With the placeholders :sub and :group, the gateway checks that the subscription and the resource group exist. */
  path: string;
  /** Determines the supported api-versions and the action that the caller needs: TYPE/read, /write or /delete. */
  type: string;
  /** Replaces the action derived from type and method. */
  action?: string;
  /** For a list in a subscription or resource group: returns only what the caller may read, instead of refusing the request. */
  filtered?: boolean;
  handle: (request: ArmRequest) => Answer;
}

const verbs = { GET: 'read', PUT: 'write', PATCH: 'write', POST: 'action', DELETE: 'delete' };

/** The action that the caller of a route needs, for example Microsoft.Sql/servers/keys/write. */
export const actionOf = ({ action, type, method }: Route): string => action ?? `${type}/${verbs[method]}`;

/** The methods of HTTP that a route answers. HEAD asks whether a named resource exists. */
export const methodsOf = ({ method, path }: Route): (Route['method'] | 'HEAD')[] =>
  method === 'GET' && /\/:\w+$/.test(path) ? [method, 'HEAD'] : [method];

/** The number of items that the client requests. */
function wantedSize({ $top, maxresults }: ArmRequest['query']): number {
  const wanted = $top ?? maxresults;
  if (wanted === undefined || /^0*[1-9]\d*$/.test(wanted)) return Number(wanted ?? Infinity);
  throw byGateway(400, 'InvalidTopInQueryString', `Invalid $top '${wanted}' specified in the query string.`);
}

/** The index of the first item of the page. */
function startOf({ $skiptoken: token = '' }: ArmRequest['query']): number {
  const text = Buffer.from(token, 'base64url').toString();
  if (/^\d+$/.test(text)) return Number(text);
  if (token === '') return 0;
  throw byGateway(400, 'InvalidSkipToken', `The skip token '${token}' is invalid.`);
}

/** Answers a list whose API documents nextLink. With the option pageSize, the list has several pages. */
export function paged(request: ArmRequest, items: readonly unknown[]): Answer {
  const { emulator, armUrl, path, query } = request;
  const size = Math.min(emulator.options.pageSize ?? Infinity, wantedSize(query));
  const start = startOf(query);
  const value = items.slice(start, start + size);
  const next = start + size;
  if (next >= items.length) return ok({ value });
  const token = Buffer.from(String(next)).toString('base64url');
  const others = Object.entries(query).flatMap(([name, text = '']) =>
    name === '$skiptoken' ? [] : [`${name}=${encodeURIComponent(text)}`],
  );
  return ok({ value, nextLink: `${armUrl}${path}?${[...others, `$skiptoken=${token}`].join('&')}` });
}
