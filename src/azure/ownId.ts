import type { Connection } from './gateway/connection';
import { asObject, parseJson } from './gateway/failures';
import { abortable } from './paging';

/**
 * Reads the object ID of the account that reads a subscription from its token; undefined if the token has none. Guests have another
 * one in each tenant.
 * Source: Microsoft identity platform, "Access token claims reference" (oid).
 */
export const ownIds =
  (connectionFor: (subscriptionId: string) => Promise<Pick<Connection, 'credential'>>, scope: string) =>
  async (subscriptionId: string, signal?: AbortSignal): Promise<string | undefined> => {
    const { credential } = await connectionFor(subscriptionId);
    const token = await credential.getToken(scope, abortable(signal));
    const [, claims = ''] = token?.token.split('.') ?? [];
    const oid = asObject(parseJson(Buffer.from(claims, 'base64url').toString()))?.oid;
    return typeof oid === 'string' ? oid : undefined;
  };
