import { readSealed, seal } from './seal';

/** What a refresh token remembers: it holds for every tenant of its user, each with conditions of its own. */
export interface SignedIn {
  user: string;
  /** Tenants in which the user has passed the second factor. */
  strongIn: string[];
}

export const issueRefreshToken = (secret: Buffer, signedIn: SignedIn): string =>
  seal(secret, Buffer.from(JSON.stringify(signedIn)).toString('base64url'));

export function readRefreshToken(secret: Buffer, token: string): SignedIn | undefined {
  const [payload] = readSealed(secret, token, 1) ?? [];
  return payload === undefined ? undefined : (JSON.parse(Buffer.from(payload, 'base64url').toString()) as SignedIn);
}
