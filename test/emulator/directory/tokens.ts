import type { Emulator } from '../base/emulator';
import type { Principal } from '../base/state';
import { readSealed, seal } from './seal';

/** What says who asks, and how they proved it. */
export interface Subject {
  /** The application that the token was given to. */
  appid: string;
  idtyp: 'app' | 'user';
  /** The user's sign-in name, and how the sign-in went; absent for applications. */
  upn?: string;
  amr?: string[];
  /** Authentication contexts that the sign-in satisfied. */
  acrs?: string[];
}

export interface Claims extends Subject {
  aud: string;
  iss: string;
  tid: string;
  oid: string;
  iat: number;
  nbf: number;
  exp: number;
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const header = base64url({ typ: 'JWT', alg: 'HS256' });

export function issueToken(emulator: Emulator, principal: Principal, subject: Subject, audience: string): string {
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
  return seal(emulator.secret, `${header}.${base64url(claims)}`);
}

/** The claims of a token that this emulator signed, else undefined. Time and audience are the caller's to check. */
export function readToken(secret: Buffer, token: string): Claims | undefined {
  const [, payload] = readSealed(secret, token, 2) ?? [];
  return payload === undefined ? undefined : (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims);
}
