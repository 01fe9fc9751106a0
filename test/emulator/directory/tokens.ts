import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Emulator } from '../base/emulator';
import type { Principal } from '../base/state';

const signature = (secret: Buffer, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

/** Appends this emulator's signature to parts that are joined by dots. */
const sign = (secret: Buffer, parts: string): string => `${parts}.${signature(secret, parts).toString('base64url')}`;

/** The parts of a signed text; undefined if the signature isn't valid or the number of parts differs. */
function readSigned(secret: Buffer, signed: string, count: number): string[] | undefined {
  const parts = signed.split('.');
  const actual = Buffer.from(parts.pop() ?? '', 'base64url');
  const expected = signature(secret, parts.join('.'));
  if (parts.length !== count || actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    return undefined;
  }
  return parts;
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims of an access token that describe the client and the sign-in. */
export interface SubjectClaims {
  /** The application that requested the token. */
  appid: string;
  idtyp: 'app' | 'user';
  /** The user's sign-in name and the methods of the sign-in; absent for applications. */
  upn?: string;
  amr?: string[];
  /** The authentication contexts that the sign-in satisfies. */
  acrs?: string[];
}

export interface Claims extends SubjectClaims {
  aud: string;
  iss: string;
  tid: string;
  oid: string;
  iat: number;
  nbf: number;
  exp: number;
}

const header = base64url({ typ: 'JWT', alg: 'HS256' });

/** Issues a signed JWT. Its lifetime is an option of the emulator. */
export function issueToken(emulator: Emulator, principal: Principal, subject: SubjectClaims, audience: string): string {
  const issued = Math.floor(Date.now() / 1000);
  const claims: Claims = {
    aud: audience,
    iss: `https://sts.windows.net/${principal.tenantId}/`,
    tid: principal.tenantId,
    oid: principal.objectId,
    ...subject,
    iat: issued,
    nbf: issued,
    exp: issued + emulator.options.tokenLifetime,
  };
  return sign(emulator.secret, `${header}.${base64url(claims)}`);
}

/** The claims of a token that this emulator signed, otherwise undefined. The caller checks lifetime and audience. */
export function readToken(secret: Buffer, token: string): Claims | undefined {
  const [, payload] = readSigned(secret, token, 2) ?? [];
  return payload === undefined ? undefined : (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims);
}

/** The content of a refresh token. It is valid for all tenants of its user, each with its own conditions. */
export interface Session {
  user: string;
  /** The tenants in which the user passed the second factor. */
  mfaTenants: string[];
}

/** Issues a signed refresh token without an expiry. */
export const issueRefreshToken = (secret: Buffer, session: Session): string => sign(secret, base64url(session));

/** The content of a refresh token that this emulator signed, otherwise undefined. */
export function readRefreshToken(secret: Buffer, token: string): Session | undefined {
  const [payload] = readSigned(secret, token, 1) ?? [];
  return payload === undefined ? undefined : (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Session);
}
