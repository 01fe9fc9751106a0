/** What a route answers: plain data, turned into HTTP by arm/gateway.ts. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const noContent: Answer = { status: 204 };

/** Who refused: ARM's gateway marks its own errors with a header, a resource provider does not. */
export type RefusedBy = 'gateway' | 'service';

/** Thrown to end a request with an error answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly by: RefusedBy = 'service',
    readonly headers: Record<string, string> = {},
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export const byGateway = (status: number, code: string, message: string, headers?: Record<string, string>): Refusal =>
  new Refusal(status, code, message, 'gateway', headers);

export const errorBody = (code: string, message: string, extra: Record<string, unknown> = {}): object => ({
  error: { code, message, ...extra },
});
