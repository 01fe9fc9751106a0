import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { byGateway, errorBody, notEmulated, Refusal, type Answer } from '../base/answer';
import { connectionNumbers } from '../base/connections';
import type { Emulator } from '../base/emulator';
import { takeFault, type FaultyRequest } from '../base/faults';
import { accessOf } from './access';
import { logged } from './activityLog';
import { checkApiVersion, versionsOf } from './apiVersions';
import { authenticate } from './authenticate';
import { readToken } from '../directory/tokens';
import { changeAnswer } from './changeAnswer';
import { cloudMetadata } from './cloudMetadata';
import { applyFault, goesOn } from './faultBehaviors';
import { sendFrameworkError } from './frameworkErrors';
import { checkAtGateway } from './gatewayChecks';
import { finishDueOperations } from './operations';
import { randomFault } from './randomFaults';
import { takeAllowance, throttled, type Limited } from './rateLimits';
import { logRequest } from './requestLog';
import { pathOf } from './requestUrl';
import { methodsOf, type ArmRequest, type Route } from './route';

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** URLs in answers have the host and port that the client uses. */
const armUrlOf = ({ host }: FastifyRequest): string => `https://${host}`;

/** The limit of ARM that a request counts for. */
function limitedBy(emulator: Emulator, request: FastifyRequest): Limited {
  const kinds: Partial<Record<string, Limited['kind']>> = { GET: 'reads', HEAD: 'reads', DELETE: 'deletes' };
  const [, subscription] = /^\/subscriptions\/([^/?]+)/i.exec(request.url) ?? [];
  const caller = emulator.options.armQuota === null ? '' : (faulty(emulator, request).caller() ?? '');
  return { kind: kinds[request.method] ?? 'writes', subscription, caller };
}

/** Adds the headers that every ARM answer has. */
function commonHeaders(request: FastifyRequest, reply: FastifyReply, limited: Limited, remaining: number): void {
  const requestId = randomUUID();
  const scope = limited.subscription === undefined ? 'tenant' : 'subscription';
  const clientId = header(request, 'x-ms-client-request-id');
  reply.headers({
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': header(request, 'x-ms-correlation-request-id') ?? requestId,
    'x-ms-routing-request-id': `WESTEUROPE:${new Date().toISOString()}:${requestId}`,
    [`x-ms-ratelimit-remaining-${scope}-${limited.kind}`]: String(remaining),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    ...(clientId !== undefined && { 'x-ms-client-request-id': clientId }),
  });
}

function parseBody(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const message = `The request content was invalid and could not be deserialized: '${reason}'.`;
    throw byGateway(400, 'InvalidRequestContent', message);
  }
}

function toArmRequest(emulator: Emulator, request: FastifyRequest, now: number): ArmRequest {
  const caller = authenticate(emulator, request.headers.authorization, now);
  const query = request.query as Partial<Record<string, string>>;
  return {
    emulator,
    state: emulator.state,
    caller,
    ...accessOf(emulator.state, caller.oid),
    method: request.method,
    path: pathOf(request),
    params: request.params as Partial<Record<string, string>>,
    query,
    body: parseBody(request.body),
    apiVersion: query['api-version'] ?? '',
    armUrl: armUrlOf(request),
    now,
  };
}

function handle(emulator: Emulator, route: Route, request: FastifyRequest): Answer {
  const now = Date.now();
  finishDueOperations(emulator, now);
  const armRequest = toArmRequest(emulator, request, now);
  checkApiVersion({
    method: route.method,
    type: route.type,
    version: armRequest.apiVersion,
    supported: versionsOf(route.type, emulator.options.apiVersions),
  });
  const answer = logged(armRequest, route, () => {
    checkAtGateway(armRequest, route);
    return route.handle(armRequest);
  });
  if (route.method !== 'GET') emulator.saveState();
  return answer;
}

function sendRefusal(reply: FastifyReply, refusal: Refusal): void {
  if (refusal.by === 'gateway') reply.header('x-ms-failure-cause', 'gateway');
  reply
    .code(refusal.status)
    .headers(refusal.headers)
    .send(errorBody(refusal.code, refusal.message, refusal.extra));
}

/** The answer to a request without a route. */
function unknownRoute(emulator: Emulator, request: FastifyRequest): Refusal {
  authenticate(emulator, request.headers.authorization, Date.now());
  const path = pathOf(request);
  if (!/^\/(subscriptions|providers)(\/|$)/i.test(path)) {
    const message = 'The request did not have a subscription or a valid tenant level resource provider.';
    return byGateway(404, 'MissingSubscription', message);
  }
  return notEmulated(request.method, path);
}

/** The request as faults see it. */
function faulty({ secret }: Emulator, { method, headers, url }: FastifyRequest): FaultyRequest {
  let caller: string | undefined;
  const readCaller = () => (caller ??= readToken(secret, headers.authorization?.split(' ')[1] ?? '')?.oid);
  return { method, path: pathOf({ url }), caller: readCaller };
}

/** Carries out a request and answers it, unless a fault prevents one or the other. `carriedOut` is called between them. */
function serveRoute(
  emulator: Emulator,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  carriedOut: () => void,
): FastifyReply {
  if (route.type.startsWith('Microsoft.KeyVault/')) reply.header('x-ms-keyvault-service-version', '1.5.1361.0');
  const random = randomFault(emulator, route.type);
  const at = { emulator, path: pathOf(request) };
  if (random?.when === 'start') return applyFault(reply, random, at);
  const answer = handle(emulator, route, request);
  carriedOut();
  const fault = takeFault(emulator.faults, 'afterEffect', faulty(emulator, request)) ?? random;
  if (fault && fault.behavior !== 'change') return applyFault(reply, fault, at);
  if (request.method === 'HEAD') return reply.code(204).send();
  const { status, body, headers } = fault ? changeAnswer(answer, fault, armUrlOf(request) + request.url) : answer;
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}

/** Serves a table of routes in the way of ARM's gateway. */
export function serveArm(server: FastifyInstance, emulator: Emulator, routes: readonly Route[]): void {
  const carriedOut = new WeakSet<FastifyRequest>();
  const connectionOf = connectionNumbers();
  server.addHook('onRequest', async (request, reply) => {
    const arrived = Date.now();
    const connection = connectionOf(request.socket);
    const limited = limitedBy(emulator, request);
    const { remaining, retryAfter } = takeAllowance(emulator, limited, arrived);
    commonHeaders(request, reply, limited, remaining);
    reply.raw.once('close', () => {
      logRequest(emulator.requests, request, reply, { arrived, carriedOut: carriedOut.has(request), connection });
    });
    if (emulator.options.latency > 0) await delay(emulator.options.latency, undefined, { ref: false });
    if (retryAfter !== undefined) throw throttled(limited, retryAfter);
    const fault = takeFault(emulator.faults, 'start', faulty(emulator, request));
    if (!fault) return undefined;
    applyFault(reply, fault, { emulator, path: pathOf(request) });
    return goesOn(fault) ? undefined : reply;
  });
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) sendRefusal(reply, error);
    else sendFrameworkError(error, reply);
  });
  server.setNotFoundHandler((request, reply) => {
    sendRefusal(reply, unknownRoute(emulator, request));
  });
  server.get<{ Querystring: { 'api-version'?: string } }>('/metadata/endpoints', (request) =>
    cloudMetadata(request.query['api-version'] ?? '', { armUrl: armUrlOf(request), audience: emulator.armUrl }),
  );
  for (const route of routes) {
    server.route({
      method: methodsOf(route),
      url: route.path,
      handler: (request, reply) => serveRoute(emulator, route, request, reply, () => carriedOut.add(request)),
    });
  }
}
