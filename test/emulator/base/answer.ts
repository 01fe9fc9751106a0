/** A route's answer: plain data that arm/gateway.ts turns into HTTP. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const noContent: Answer = { status: 204 };

/** ARM's gateway marks its own errors with a header; a resource provider doesn't. */
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

/** A Refusal by ARM's gateway. */
export const byGateway = (status: number, code: string, message: string, headers?: Record<string, string>): Refusal =>
  new Refusal(status, code, message, 'gateway', headers);

/** The answer to a request that Azure serves and the emulator doesn't. Azure has no such code, so that no client takes it for Azure's answer. */
export const notEmulated = (method: string, path: string): Refusal =>
  new Refusal(501, 'NotEmulated', `The emulator does not serve ${method} ${path}. Its README lists what it serves.`);

/** The same for a part of a request that Azure understands and the emulator doesn't. */
export const notPlayed = (what: string): Refusal =>
  new Refusal(501, 'NotEmulated', `The emulator does not play ${what}. Its README lists what it serves.`);

/** ARM's JSON for an error. */
export const errorBody = (code: string, message: string, extra: Record<string, unknown> = {}): object => ({
  error: { code, message, ...extra },
});
