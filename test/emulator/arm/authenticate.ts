import { byGateway, type Refusal } from '../base/answer';
import type { Emulator } from '../base/emulator';
import { findPrincipal, findTenant } from '../base/find';
import { lastSegment } from '../base/ids';
import { readToken, type Claims } from '../directory/tokens';
import type { ArmRequest } from './route';

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

/** Returns the caller's claims; throws ARM's 401 if the token isn't valid. */
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
  if (!claims || !findPrincipal(emulator.state, claims.oid)) {
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

const changes = ['PUT', 'PATCH', 'DELETE'];

/** The authentication context that a second factor satisfies. */
const mfaContext = 'p1';

const mfaRefusals = {
  changes: {
    code: 'RequestDisallowedByAzure',
    message: (name: string) =>
      `Resource '${name}' was disallowed by Azure: You are receiving this error because you tried to create, update or delete Azure resources without authenticating through MFA. User accounts must be authenticated through MFA to manage your resources. To resolve this error, go to https://aka.ms/MFAforAzure.`,
  },
  everything: {
    code: 'InvalidAuthenticationToken',
    message: () =>
      'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies',
  },
};

/** Sends a claims challenge if the tenant requires a second factor and the user's token lacks it. Applications need none. */
export function checkMultiFactor({ emulator, state, caller, method, path }: ArmRequest): void {
  const requiredFor = findTenant(state, caller.tid)?.mfaForArm;
  if (requiredFor === undefined || caller.idtyp === 'app' || caller.acrs?.includes(mfaContext) === true) return;
  if (requiredFor === 'changes' && !changes.includes(method)) return;
  const { code, message } = mfaRefusals[requiredFor];
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, values: [mfaContext] } } });
  const challenge = `Bearer realm="", authorization_uri="${emulator.armUrl}/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  throw byGateway(401, code, message(lastSegment(path)), { 'www-authenticate': challenge });
}
