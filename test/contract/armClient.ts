import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { EmulatorInfo } from '../emulator/startEmulator';

/** An HTTP response. */
export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The JSON body; empty if there is no body or it isn't JSON. */
  body: Json;
}

/** The properties of ARM's bodies that tests read. */
export interface Json {
  [name: string]: unknown;
  error?: { code: string; message: string; details?: { code: string }[] };
  value?: Resource[];
  nextLink?: string;
  properties?: Record<string, unknown>;
  status?: string;
}

interface Resource {
  id: string;
  name: string;
  type: string;
  kind?: string;
  location?: string;
  properties: Record<string, unknown>;
  [name: string]: unknown;
}

export interface Call {
  body?: unknown;
  headers?: Record<string, string>;
}

const parse = (text: string): Json => {
  try {
    return (JSON.parse(text) ?? {}) as Json;
  } catch {
    return {};
  }
};

/** Sends a request, without an agent on a new connection. */
export function send(
  method: string,
  url: string,
  { ca, agent = false, body, headers = {} }: Call & { ca?: Buffer; agent?: Agent | false } = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const call = request(url, { method, headers, agent, ...(ca && { ca }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parse(text) });
      });
    });
    call.on('error', reject);
    if (body !== undefined) call.write(typeof body === 'string' ? body : JSON.stringify(body));
    call.end();
  });
}

export interface ArmClient {
  /** Sends a request to a path, or to a URL that the emulator returned. Adds an api-version if there is none. */
  call: (method: string, pathOrUrl: string, call?: Call) => Promise<HttpAnswer>;
  get: (pathOrUrl: string, call?: Call) => Promise<HttpAnswer>;
  /** Sends a request without a token. */
  anonymous: (method: string, pathOrUrl: string, call?: Call) => Promise<HttpAnswer>;
  /** Polls the operation of a 202 answer until it ends; returns the last poll. */
  finish: (accepted: HttpAnswer) => Promise<HttpAnswer>;
  token: string;
}

const versions: [RegExp, string][] = [
  [/\/providers\/Microsoft\.Authorization\/locks/i, '2016-09-01'],
  [/\/providers\/Microsoft\.Authorization\//i, '2022-04-01'],
  [/\/providers\/Microsoft\.Sql/i, '2023-08-01'],
  [/\/providers\/Microsoft\.KeyVault/i, '2023-07-01'],
  [/\/providers\/Microsoft\.ManagedIdentity/i, '2023-01-31'],
  [/\/providers\/Microsoft\.ResourceGraph/i, '2021-03-01'],
];

function urlOf(arm: string, pathOrUrl: string): string {
  const url = pathOrUrl.startsWith('https:') ? pathOrUrl : arm + pathOrUrl;
  if (url.includes('api-version')) return url;
  const version = versions.find(([path]) => path.test(url))?.[1] ?? '2022-12-01';
  return `${url}${url.includes('?') ? '&' : '?'}api-version=${version}`;
}

/** Posts a form, the format of token requests. */
export function postForm(url: string, { ca }: EmulatorInfo, form: Record<string, string>): Promise<HttpAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send('POST', url, { ca: readFileSync(ca), headers, body: new URLSearchParams(form).toString() });
}

/** The claims of a token. */
export function claimsOf(token: unknown): Json {
  const [, payload = ''] = String(token).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json;
}

/** A token of the managed identity, by default for ARM. */
export async function managedIdentityToken({ identity, arm }: EmulatorInfo, resource = arm): Promise<string> {
  const url = `${identity.endpoint}?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
  const answer = await send('GET', url, { headers: { 'X-IDENTITY-HEADER': identity.header } });
  return String(answer.body.access_token);
}

/** Operations in tests take a few milliseconds, so polling needs no delay. */
async function finish(client: ArmClient, accepted: HttpAnswer): Promise<HttpAnswer> {
  const poll = await client.get(String(accepted.headers['azure-asyncoperation']));
  return poll.body.status === 'InProgress' ? finish(client, poll) : poll;
}

/** A client of ARM with a token, by default that of the managed identity. */
export async function armClient(info: EmulatorInfo, token?: string): Promise<ArmClient> {
  const agent = new Agent({ ca: readFileSync(info.ca), keepAlive: true });
  const bearer = token ?? (await managedIdentityToken(info));
  const anonymous = (method: string, pathOrUrl: string, { body, headers = {} }: Call = {}) =>
    send(method, urlOf(info.arm, pathOrUrl), {
      agent,
      body,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
  const call = (method: string, pathOrUrl: string, { body, headers = {} }: Call = {}) =>
    anonymous(method, pathOrUrl, { body, headers: { authorization: `Bearer ${bearer}`, ...headers } });
  const client: ArmClient = {
    call,
    get: (pathOrUrl, options) => call('GET', pathOrUrl, options),
    anonymous,
    finish: (accepted) => finish(client, accepted),
    token: bearer,
  };
  return client;
}
