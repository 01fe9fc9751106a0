import type { FastifyReply } from 'fastify';
import { errorBody } from '../base/answer';
import type { Fault } from '../base/faults';

type Behaviour = (reply: FastifyReply, fault: Fault) => void;

const html = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

const sendError =
  (status: number, code: string, message: string): Behaviour =>
  (reply, fault) => {
    if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
    reply.code(fault.status ?? status).send(errorBody(fault.code ?? code, fault.message ?? message));
  };

/** Adding a way to misbehave = adding a row. */
const behaviours: Record<string, Behaviour> = {
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
  /** The connection breaks without an answer. */
  reset: (reply) => {
    reply.hijack();
    reply.raw.destroy();
  },
  /** No answer ever comes; the connection ends with the emulator. */
  hang: (reply) => {
    reply.hijack();
  },
  /** The connection breaks in the middle of the answer. */
  truncated: (reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '4096' });
    reply.raw.write('{"value":[{"id":"/subscr', () => reply.raw.destroy());
  },
  /** What a proxy on the way answers. */
  html: (reply, fault) => {
    reply
      .code(fault.status ?? 502)
      .type('text/html')
      .send(html);
  },
  /** A status without any body. */
  empty: (reply, fault) => {
    reply.code(fault.status ?? 500).send();
  },
  /** Success with a body that is no JSON although it says so. */
  garbage: (reply, fault) => {
    reply
      .code(fault.status ?? 200)
      .type('application/json; charset=utf-8')
      .send('{"value":[');
  },
};

export const knownBehaviours = Object.keys(behaviours);

export function misbehave(reply: FastifyReply, fault: Fault): void {
  const behaviour = behaviours[fault.behaviour ?? 'error'];
  if (!behaviour) throw new Error(`Unknown behaviour ${fault.behaviour ?? ''}`);
  behaviour(reply, fault);
}
