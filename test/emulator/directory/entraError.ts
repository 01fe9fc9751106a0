import { randomUUID } from 'node:crypto';

/** A refusal of the token endpoint. */
export interface Refused {
  status: number;
  /** OAuth2's own word, which clients decide by. */
  error: string;
  /** Entra's: AADSTS and a number. */
  code: string;
  message: string;
  suberror?: string;
  /** Claims to ask for the next time, as JSON. */
  claims?: string;
}

/** Thrown to end a token request. */
export class EntraError extends Error {
  constructor(readonly refused: Refused) {
    super(refused.message);
  }
}

/** Entra's JSON for a refusal. */
export function entraBody(authority: string, { error, code, message, suberror, claims }: Refused): object {
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
