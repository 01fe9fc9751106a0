import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

const json = 'application/json; charset=utf-8';

const mebibyte = ' '.repeat(2 ** 20);

/** Rows of faultBehaviors.ts: answers that take long to read. */
export const slowResponses = {
  /** Sends a byte now and then, and never ends. */
  drip: (reply: FastifyReply): void => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': json });
    reply.raw.write('{"value":[');
    const timer = setInterval(() => reply.raw.write(' '), 20);
    reply.raw.once('close', () => {
      clearInterval(timer);
    });
  },
  /** 64 MiB of JSON. */
  huge: (reply: FastifyReply): void => {
    const body = function* (): Generator<string> {
      yield '{"value":[';
      for (let sent = 0; sent < 64; sent += 1) yield mebibyte;
      yield ']}';
    };
    // The request must not go on while the body is being sent.
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': json });
    Readable.from(body()).pipe(reply.raw);
  },
};
