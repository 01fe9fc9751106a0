import type { FastifyReply } from 'fastify';
import { errorBody } from '../base/answer';

interface Replacement {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** ARM's answers to requests that don't reach a route, by the code of Fastify's error. */
const replacements: Record<string, Replacement> = {
  FST_ERR_BAD_URL: { status: 400, code: 'InvalidRequestUri', message: 'The request URI is invalid.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'RequestUriTooLong', message: 'The request URI is too long.' },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'RequestEntityTooLarge',
    message: 'The request content exceeds the maximum size of 4 MB.',
  },
};

const internal: Replacement = {
  status: 500,
  code: 'InternalServerError',
  message: 'The server encountered an internal error. Please retry the request.',
};

/** Answers an error that is not a Refusal in ARM's format. An unexpected one is a fault of the emulator, so it is printed. */
export function sendFrameworkError(error: unknown, reply: FastifyReply): void {
  const { code } = error as { readonly code?: unknown };
  const known = replacements[String(code)];
  if (!known) console.error(error);
  const answer = known ?? internal;
  void reply.code(answer.status).send(errorBody(answer.code, answer.message));
}
