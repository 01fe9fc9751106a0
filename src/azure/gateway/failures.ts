import { isRestError, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline';
import { ArmError, isArmError, type Operation } from '../../core/armError';
import type { ErrorCode } from '../../core/errors/errorCatalogue';
import { knownError } from '../../core/errors/errorCode';
import { specificError, type ResponseError } from '../../core/errors/specificError';
import { longestWaitMs, retryAfterMs } from './retryAfter';

/**
 * Turns every failure into an `ArmError`: an error response, a long-running operation whose poll returns "Failed" (with
 * status 200), and a request without a response. It runs outside the retries, so it sees only failures that remain after them.
 */
export const failurePolicy: PipelinePolicy = {
  name: 'sqlServerKeysFailures',
  async sendRequest(request, next) {
    const { method } = request;
    const response = await next(request).catch((error: unknown) => {
      // Clients of the older generation throw if the status is 400 or more.
      if (isRestError(error) && error.response) {
        return error.response;
      }
      const failure = noResponse(error);
      throw isArmError(failure) ? failure.with({ method }) : failure;
    });
    const failure = failureIn(response);
    if (failure) {
      throw failure.with({ method });
    }
    return response;
  },
};

function failureIn(response: PipelineResponse): ArmError | undefined {
  const { status, bodyAsText: text } = response;
  const body = parseJson(text);
  const operationFailed = status < 300 && /^(failed|cancell?ed)$/i.test(String(body?.status));
  if (status >= 300 || operationFailed) {
    return answered(response, body, operationFailed);
  }
  return text && !body ? unexpectedResponse(response, excerpt(text)) : undefined;
}

/** A response that is successful but can't be what was asked for. */
export const unexpectedResponse = (response: PipelineResponse, message: string): ArmError =>
  knownError({ ...ids(response), code: 'UnexpectedAnswer', status: response.status, message });

/** Runs a call, and adds the operation and its resource to a failure. */
export async function during<T>(operation: Operation, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const failure = noResponse(error);
    throw isArmError(failure) ? failure.with({ operation }) : failure;
  }
}

/** The failure of a change that Azure accepted but doesn't show. */
export const changeNotThere = (): ArmError =>
  knownError({ code: 'ChangeNotThere', message: 'Azure accepted the change but does not show it.' });

function answered(response: PipelineResponse, body: Json | undefined, inResult: boolean): ArmError {
  const found = findError(body);
  const ended: ErrorCode = /^c/i.test(String(body?.status)) ? 'OperationCancelled' : 'OperationFailed';
  const fallback = inResult ? ended : body ? `Http${response.status}` : 'UnexpectedAnswer';
  return new ArmError({
    ...ids(response),
    code: found?.code ?? fallback,
    status: response.status,
    message: (found?.message ?? excerpt(response.bodyAsText)) + longWait(response),
    inResult,
  });
}

/** A sentence about a wait that is too long for the gateway. */
function longWait({ headers, status }: PipelineResponse): string {
  const wait = status === 429 || status >= 500 ? (retryAfterMs(headers) ?? 0) : 0;
  return wait > longestWaitMs ? ` Azure asks to wait ${Math.ceil(wait / 1000)} seconds before the next request.` : '';
}

const codes: readonly (readonly [RegExp, ErrorCode])[] = [
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/, 'CertificateNotTrusted'],
  [/TIMEDOUT|TIMEOUT/, 'RequestTimeout'],
  [/^PROXY_407$/, 'ProxyAuthenticationRequired'],
  // Invalid compression, according to zlib and brotli, or refused by fetch.
  [/^(Z_|ERR__|REFUSED$)/, 'UnexpectedAnswer'],
];

/** The error of a request without a response: aborted, no credential, or a network failure. The code is the extension's own. */
export function noResponse(error: unknown): Error {
  if (!(error instanceof Error)) {
    return knownError({ code: 'UnexpectedError', message: String(error) });
  }
  if (error.name === 'AbortError' || isArmError(error)) {
    return error;
  }
  const cause = { cause: error };
  if (/^(CredentialUnavailable|Authentication|AggregateAuthentication|AuthenticationRequired)/.test(error.name)) {
    return knownError({ code: 'SignInRequired', message: error.message }, cause);
  }
  if (error instanceof URIError) {
    return knownError({ code: 'InvalidAddress', message: 'A name has half a surrogate pair.' }, cause);
  }
  const network = networkFailure(error);
  if (!network) {
    return knownError({ code: 'UnexpectedError', message: error.message }, cause);
  }
  const { message } = network;
  const code = codeOf(network);
  const known = codes.find(([pattern]) => pattern.test(code))?.[1] ?? 'ConnectionFailed';
  return knownError({ code: known, message: message || error.message }, cause);
}

/**
 * The failure of the connection. `fetch` throws a TypeError, whose cause says what failed, or the first of several causes,
 * or the cause of its cause: for the refusal of a proxy, the cause itself says only "Request was cancelled."
 */
function networkFailure(error: Error): NodeJS.ErrnoException | undefined {
  if (isRestError(error)) return error;
  if (error.name !== 'TypeError' || !(error.cause instanceof Error)) return undefined;
  const { cause } = error;
  const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  return inner instanceof Error ? inner : cause;
}

/** Whether the extension could not even connect, so that Azure has not received the request. */
export function isNeverSent({ cause }: ArmError): boolean {
  const network = cause instanceof Error ? networkFailure(cause) : undefined;
  return (
    network?.message.startsWith('Proxy response (') === true ||
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(network?.code ?? '')
  );
}

/**
 * The code of a network failure. `fetch` has none of its own for a proxy that asks for credentials (407), and neither code
 * nor message for a server that does.
 */
function codeOf({ code, message }: NodeJS.ErrnoException): string {
  if (message.startsWith('Proxy response (407)')) return 'PROXY_407';
  return code ?? (message === '' ? 'REFUSED' : '');
}

export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}

export function parseJson(text: string | null | undefined): Json | undefined {
  try {
    return asObject(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

/** How much of an error is kept, in characters. Messages end up in logs and dialogs. */
const maxLengths = { code: 200, message: 4000, excerpt: 300 };

/** The error in a body, cut to the lengths above. */
function findError(body: Json | undefined): ResponseError | undefined {
  const error = specificError(body);
  return (
    error && {
      code: error.code.slice(0, maxLengths.code),
      message: error.message.slice(0, maxLengths.message),
    }
  );
}

function ids(response: PipelineResponse) {
  const requestId = response.headers.get('x-ms-request-id');
  const correlationId = response.headers.get('x-ms-correlation-request-id');
  return { ...(requestId && { requestId }), ...(correlationId && { correlationId }) };
}

function excerpt(text: string | null | undefined): string {
  return (text ?? '')
    .slice(0, maxLengths.message)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxLengths.excerpt);
}
