import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Principal } from './state';

export interface Claims {
  aud: string;
  iss: string;
  tid: string;
  oid: string;
  appid: string;
  iat: number;
  nbf: number;
  exp: number;
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signature = (secret: Buffer, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

export function issueToken(
  secret: Buffer,
  principal: Principal,
  audience: string,
  lifetime: number,
  now: number,
): string {
  const issued = Math.floor(now / 1000);
  const claims: Claims = {
    aud: audience,
    iss: `https://sts.windows.net/${principal.tenantId}/`,
    tid: principal.tenantId,
    oid: principal.objectId,
    appid: principal.appId,
    iat: issued,
    nbf: issued,
    exp: issued + lifetime,
  };
  const text = `${base64url({ typ: 'JWT', alg: 'HS256' })}.${base64url(claims)}`;
  return `${text}.${signature(secret, text).toString('base64url')}`;
}

/** The claims of a token that this emulator signed, else undefined. Time and audience are the caller's to check. */
export function readToken(secret: Buffer, token: string): Claims | undefined {
  const [header, payload, mac, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || mac === undefined || rest.length > 0) return undefined;
  const given = Buffer.from(mac, 'base64url');
  const wanted = signature(secret, `${header}.${payload}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}
