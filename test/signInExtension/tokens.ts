import type { Account } from './accounts';
import type { Asked } from './asked';
import { authority } from './cloud';
import { type Granted, requestToken } from './tokenEndpoint';

interface CachedToken {
  accessToken: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/** Tokens that expire within this time are renewed, as in Microsoft's library. */
const reserveMs = 5 * 60_000;

export interface Tokens {
  /** A token without a prompt. Throws if one is needed. */
  silently(account: Account, asked: Asked): Promise<string>;
  keep(account: Account, asked: Asked, granted: Granted): void;
  clear(): void;
}

export function createTokens(): Tokens {
  const cache = new Map<string, CachedToken>();
  const keyOf = ({ id }: Account, { tenant, clientId, scope }: Asked) =>
    [authority(), id, tenant, clientId, scope].join(' ');
  const keep: Tokens['keep'] = (account, asked, { access_token, expires_in }) => {
    cache.set(keyOf(account, asked), { accessToken: access_token, expires: Date.now() + expires_in * 1000 });
  };
  return {
    keep,
    clear: () => {
      cache.clear();
    },
    async silently(account, asked) {
      const cached = cache.get(keyOf(account, asked));
      // A challenge means that the cached token isn't sufficient.
      if (asked.claims === undefined && cached && cached.expires - reserveMs > Date.now()) return cached.accessToken;
      const { refreshTokens } = account;
      const refresh_token = refreshTokens[asked.tenant] ?? Object.values(refreshTokens)[0] ?? '';
      const granted = await requestToken(authority(), asked, { grant_type: 'refresh_token', refresh_token });
      keep(account, asked, granted);
      return granted.access_token;
    },
  };
}
