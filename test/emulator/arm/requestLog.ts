import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LoggedRequest } from '../base/emulator';
import { pathOf } from './requestUrl';

const maxLoggedRequests = 10_000;

/** @param facts when the request arrived, whether it had an effect, and the number of its connection */
export function logRequest(
  log: LoggedRequest[],
  request: FastifyRequest,
  reply: FastifyReply,
  { arrived, ...facts }: { readonly arrived: number } & Pick<LoggedRequest, 'carriedOut' | 'connection'>,
): void {
  log.push({
    time: new Date(arrived).toISOString(),
    method: request.method,
    path: pathOf(request),
    query: request.query as Record<string, string>,
    status: reply.raw.headersSent ? reply.raw.statusCode : 0,
    ...facts,
    ms: Date.now() - arrived,
    correlationId: String(reply.getHeader('x-ms-correlation-request-id')),
  });
  if (log.length > maxLoggedRequests) log.shift();
}
