import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { errorBody } from '../base/answer';
import type { Emulator } from '../base/emulator';
import type { Fault } from '../base/faults';
import { isWithin } from '../base/ids';
import { slowResponses } from './slowResponses';

/** Where a fault happens. */
interface Place {
  readonly emulator: Emulator;
  readonly path: string;
}

type Behavior = (reply: FastifyReply, fault: Fault, place: Place) => void;

const html = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

const sendError =
  (status: number, code: string, message: string): Behavior =>
  (reply, fault) => {
    if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
    reply.code(fault.status ?? status).send(errorBody(fault.code ?? code, fault.message ?? message));
  };

/** The first half of a compressed response. */
const halfGzip = gzipSync(
  JSON.stringify({ value: Array.from({ length: 2000 }, (_, id) => ({ id: `/${id}` })) }),
).subarray(0, 2000);

/** Sends the headers of a compressed response and a part of its body. */
function startGzip(reply: FastifyReply, part: Uint8Array, sent?: () => void): void {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' });
  reply.raw.write(part, sent);
}

const mebibyte = gzipSync(' '.repeat(2 ** 20));

/** 100 MiB of JSON. Compressed parts in sequence are a compressed whole. */
const gzipBomb = Buffer.concat([gzipSync('{"value":['), ...Array<Buffer>(100).fill(mebibyte), gzipSync(']}')]);

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
  /** Closes the connection without an answer. TLS then fails on new connections to the same port, unless it is the first port. */
  tls: (reply, { tls = 'reset', connections = Infinity }, { emulator }) => {
    const port = emulator.ports.get(reply.request.socket.localPort ?? 0);
    if (port) Object.assign(port, { tls, connections });
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
  /** Closes the connection in the middle of a compressed response. */
  gzipReset: (reply) => {
    startGzip(reply, halfGzip, () => reply.raw.destroy());
  },
  /** Ends a compressed response after its first half. */
  gzipShort: (reply) => {
    startGzip(reply, halfGzip, () => reply.raw.end());
  },
  /** Sends half of a compressed response, then nothing. */
  gzipStall: (reply) => {
    startGzip(reply, halfGzip);
  },
  /** Sends a compressed response byte by byte, and never ends it. */
  gzipDrip: (reply) => {
    startGzip(reply, halfGzip.subarray(0, 1));
    let sent = 0;
    const timer = setInterval(() => reply.raw.write(halfGzip.subarray(++sent, sent + 1)), 20);
    reply.raw.once('close', () => {
      clearInterval(timer);
    });
  },
  /** Labels an uncompressed body as compressed. */
  gzipGarbage: (reply) => {
    reply.code(200).header('content-encoding', 'gzip').type('application/json').send('{"value":[]}');
  },
  /** 100 MiB of JSON, which is 100 KB on the wire. */
  gzipBomb: (reply) => {
    reply.code(200).header('content-encoding', 'gzip').type('application/json; charset=utf-8').send(gzipBomb);
  },
  /** The given status, headers and body. */
  answer: (reply, fault) => {
    reply
      .code(fault.status ?? 200)
      .type('application/json; charset=utf-8')
      .headers(fault.headers ?? {})
      .send(fault.body);
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

/** Deletes the server or vault in the path, as if somebody else did. The request itself goes on. */
const vanish: Behavior = (_reply, _fault, { emulator: { state }, path }) => {
  state.servers = state.servers.filter(({ id }) => !isWithin(id, path));
  state.vaults = state.vaults.filter(({ id }) => !isWithin(id, path));
};

const allBehaviors: Record<string, Behavior> = { ...behaviors, ...slowResponses, vanish };

export const knownBehaviors = [...Object.keys(allBehaviors), 'change'];

/** Whether the request is answered as usual. */
export const goesOn = ({ behavior }: Fault): boolean => behavior === 'vanish';

/** Answers a request with a fault. */
export function applyFault(reply: FastifyReply, fault: Fault, place: Place): FastifyReply {
  const behavior = allBehaviors[fault.behavior ?? 'error'];
  if (!behavior) throw new Error(`Unknown behavior ${fault.behavior ?? ''}`);
  behavior(reply, fault, place);
  return reply;
}
