import { randomUUID } from 'node:crypto';

/** An error of the token endpoint. */
export interface SignInError {
  status: number;
  /** The OAuth 2.0 error, which clients act on. */
  error: string;
  /** Entra's code: AADSTS and a number. */
  code: string;
  message: string;
  suberror?: string;
  /** The claims to request next, as JSON. */
  claims?: string;
}

/** Thrown to end a token request. */
export class EntraError extends Error {
  constructor(readonly details: SignInError) {
    super(details.message);
  }
}

/** Entra's JSON for an error. */
export function entraBody(authority: string, { error, code, message, suberror, claims }: SignInError): object {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const number = code.replace('AADSTS', '');
  return {
    error,
    error_description: `${code}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [Number(number)],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `${authority}/error?code=${number}`,
    ...(suberror !== undefined && { suberror }),
    ...(claims !== undefined && { claims }),
  };
}
