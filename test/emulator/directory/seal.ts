import { createHmac, timingSafeEqual } from 'node:crypto';

const signature = (secret: Buffer, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

/** Parts joined by dots, with the signature of this emulator as one more. */
export const seal = (secret: Buffer, parts: string): string =>
  `${parts}.${signature(secret, parts).toString('base64url')}`;

/** The parts of what this emulator sealed, if there are as many; else undefined. */
export function readSealed(secret: Buffer, sealed: string, count: number): string[] | undefined {
  const parts = sealed.split('.');
  const given = Buffer.from(parts.pop() ?? '', 'base64url');
  const wanted = signature(secret, parts.join('.'));
  if (parts.length !== count || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return parts;
}
