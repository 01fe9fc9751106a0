import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { EmulatorInfo } from '../emulator/startEmulator';

/** A client that knows nothing but HTTP: what it sees is what is on the wire. */
export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The JSON body; undefined when there is none or when it is something else. */
  body: Json;
}

/** Bodies are looked at as they come; a test names what it expects. */
export interface Json {
  [name: string]: unknown;
  error?: { code: string; message: string; details?: { code: string }[] };
  value?: Resource[];
  nextLink?: string;
  properties?: Record<string, unknown>;
  status?: string;
}

export interface Resource {
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

export function send(
  method: string,
  url: string,
  { ca, body, headers = {} }: Call & { ca?: Buffer } = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const call = request(url, { method, headers, agent: false, ...(ca && { ca }) }, (response) => {
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
  /** Path with or without api-version (added when absent), or a whole address as the emulator handed it out. */
  call: (method: string, pathOrUrl: string, call?: Call) => Promise<HttpAnswer>;
  get: (pathOrUrl: string, call?: Call) => Promise<HttpAnswer>;
  /** Without a token. */
  anonymous: (method: string, pathOrUrl: string, call?: Call) => Promise<HttpAnswer>;
  /** Follows Azure-AsyncOperation of a 202 to its end. */
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

export async function managedIdentityToken({ identity, arm }: EmulatorInfo, resource = arm): Promise<string> {
  const url = `${identity.endpoint}?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
  const answer = await send('GET', url, { headers: { 'X-IDENTITY-HEADER': identity.header } });
  return String(answer.body.access_token);
}

/** Operations of the test emulator run for some milliseconds; polling yields to them without a fixed wait. */
async function finish(client: ArmClient, accepted: HttpAnswer): Promise<HttpAnswer> {
  const poll = await client.get(String(accepted.headers['azure-asyncoperation']));
  return poll.body.status === 'InProgress' ? finish(client, poll) : poll;
}

export async function armClient(info: EmulatorInfo, token?: string): Promise<ArmClient> {
  const ca = readFileSync(info.ca);
  const bearer = token ?? (await managedIdentityToken(info));
  const anonymous = (method: string, pathOrUrl: string, { body, headers = {} }: Call = {}) =>
    send(method, urlOf(info.arm, pathOrUrl), {
      ca,
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
