import type { FastifyReply } from 'fastify';
import { errorBody } from '../base/answer';
import type { Fault } from '../base/faults';

type Behavior = (reply: FastifyReply, fault: Fault) => void;

const html = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

const sendError =
  (status: number, code: string, message: string): Behavior =>
  (reply, fault) => {
    if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
    reply.code(fault.status ?? status).send(errorBody(fault.code ?? code, fault.message ?? message));
  };

/** One row for each behavior. */
const behaviors: Record<string, Behavior> = {
  error: sendError(500, 'InternalServerError', 'The server encountered an internal error. Please retry the request.'),
  throttle: sendError(
    429,
    'SubscriptionRequestsThrottled',
    'Number of requests for the subscription exceeded the limit.',
  ),
  unavailable: sendError(
    503,
    'ServiceUnavailable',
    'The service is unavailable at the moment. Please try again later.',
  ),
  /** Closes the connection without an answer. */
  reset: (reply) => {
    reply.hijack();
    reply.raw.destroy();
  },
  /** Never answers. The connection stays open until the emulator stops. */
  hang: (reply) => {
    reply.hijack();
  },
  /** Closes the connection in the middle of the answer. */
  truncated: (reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '4096' });
    reply.raw.write('{"value":[{"id":"/subscr', () => reply.raw.destroy());
  },
  /** An HTML page, as from a failing proxy. */
  html: (reply, fault) => {
    reply
      .code(fault.status ?? 502)
      .type('text/html')
      .send(html);
  },
  /** A status without a body. */
  empty: (reply, fault) => {
    reply.code(fault.status ?? 500).send();
  },
  /** Success with invalid JSON. */
  garbage: (reply, fault) => {
    reply
      .code(fault.status ?? 200)
      .type('application/json; charset=utf-8')
      .send('{"value":[');
  },
};

export const knownBehaviors = Object.keys(behaviors);

/** Answers a request with a fault. */
export function applyFault(reply: FastifyReply, fault: Fault): void {
  const behavior = behaviors[fault.behavior ?? 'error'];
  if (!behavior) throw new Error(`Unknown behavior ${fault.behavior ?? ''}`);
  behavior(reply, fault);
}
