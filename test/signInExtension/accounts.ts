import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthenticationSessionAccountInformation } from 'vscode';

/** An account that is signed in. */
export interface Account extends AuthenticationSessionAccountInformation {
  /** By tenant. Each token records what was proved there, for example a second factor. */
  refreshTokens: Record<string, string>;
}

export interface Accounts {
  all(): readonly Account[];
  /** Adds the account, or its newer refresh tokens. Returns whether the account is new. */
  remember(account: Account): boolean;
  /** Returns the accounts that were removed. */
  forget(which: (account: Account) => boolean): readonly Account[];
}

/**
 * Keeps accounts in a file of this folder, so that they survive a reload of the window. VS Code writes its own storage for
 * extensions late, and a reload right after a change loses it.
 */
export function accountsIn(folder: string, providerId: string): Accounts {
  const file = join(folder, `${providerId}.json`);
  mkdirSync(folder, { recursive: true });
  const all = (): readonly Account[] =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Account[]) : [];
  const save = (accounts: readonly Account[]): void => {
    writeFileSync(file, JSON.stringify(accounts));
  };
  return {
    all,
    remember(account) {
      const known = all().find(({ id }) => id === account.id);
      const refreshTokens = { ...known?.refreshTokens, ...account.refreshTokens };
      const others = all().filter(({ id }) => id !== account.id);
      save([...others, { ...account, refreshTokens }]);
      return known === undefined;
    },
    forget(which) {
      const gone = all().filter(which);
      save(all().filter((account) => !which(account)));
      return gone;
    },
  };
}
