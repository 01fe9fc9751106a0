import type { Emulator } from '../base/emulator';
import { readToken, type Claims } from '../directory/tokens';
import { same } from '../base/find';
import { byGateway, type Refusal } from '../base/answer';

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const audiences = (armUrl: string): string[] => [
  armUrl,
  armUrl.replace('localhost', '127.0.0.1'),
  'https://management.azure.com',
  'https://management.core.windows.net',
];

function unauthorized(emulator: Emulator, code: string, message: string): Refusal {
  const challenge = `Bearer authorization_uri="${emulator.armUrl}/adfs", error="invalid_token", error_description="${message}"`;
  return byGateway(401, code, message, { 'www-authenticate': challenge });
}

/** The caller's claims, or ARM's 401. */
export function authenticate(emulator: Emulator, authorization: string | undefined, now: number): Claims {
  const refuse = (code: string, message: string) => unauthorized(emulator, code, message);
  if (authorization === undefined || authorization === '') {
    throw refuse('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) {
    const message = "Authentication failed. The 'Authorization' header is provided in an invalid format.";
    throw refuse('AuthenticationFailedInvalidHeader', message);
  }
  const claims = readToken(emulator.secret, token);
  if (!claims || !emulator.state.principals.some((p) => same(p.objectId, claims.oid))) {
    throw refuse('InvalidAuthenticationToken', 'The access token is invalid.');
  }
  const allowed = audiences(emulator.armUrl);
  if (!allowed.includes(withoutSlash(claims.aud))) {
    const message = `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match with one of the allowed audiences '${allowed.join(',')}'.`;
    throw refuse('InvalidAuthenticationTokenAudience', message);
  }
  if (claims.exp * 1000 <= now) {
    const [expiry, current] = [new Date(claims.exp * 1000), new Date(now)].map((d) => d.toUTCString());
    const message = `The access token expiry UTC time '${expiry ?? ''}' is earlier than current UTC time '${current ?? ''}'.`;
    throw refuse('ExpiredAuthenticationToken', message);
  }
  return claims;
}
