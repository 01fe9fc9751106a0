import { isWrapper } from './wrappers';

/** The code and message of an error in a response. */
export interface ResponseError {
  readonly code: string;
  /** May be empty. */
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

/** How deep errors are read inside each other. */
const maxDepth = 8;

/**
 * The error in the body of a response: {error:{code,message}} of Resource Manager and Key Vault, or the flat {code,message} of older
 * versions of Azure SQL. If its code only wraps another, the first error in `innererror`, in `details`, or in the message that doesn't;
 * a wrapped error without a message has the one around it.
 */
export function specificError(body: unknown): ResponseError | undefined {
  return find(asObject(asObject(body)?.error) ?? asObject(body), 0);
}

function find(error: Json | undefined, depth: number): ResponseError | undefined {
  const own = readError(error);
  if (!error || !own || depth === maxDepth || !isWrapper(own.code)) return own;
  const { innererror, details } = error;
  const inside = [innererror, ...(Array.isArray(details) ? (details as readonly unknown[]) : []), parse(own.message)];
  const found = inside.map((one) => find(asObject(asObject(one)?.error) ?? asObject(one), depth + 1));
  const cause = found.find((one) => one && !isWrapper(one.code));
  return cause ? { code: cause.code, message: cause.message || own.message } : own;
}

function readError(error: Json | undefined): ResponseError | undefined {
  const { code, message } = error ?? {};
  return typeof code === 'string' || typeof code === 'number'
    ? { code: String(code), message: typeof message === 'string' ? message : '' }
    : undefined;
}

function parse(message: string): unknown {
  try {
    return message.startsWith('{') ? (JSON.parse(message) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}
