import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthenticationSessionAccountInformation } from 'vscode';

/** Someone who has signed in. */
export interface Account extends AuthenticationSessionAccountInformation {
  /** By the tenant that was asked for: each holds what was proved there, a second factor for instance. */
  refreshTokens: Record<string, string>;
}

export interface Accounts {
  all(): readonly Account[];
  /** Keeps the newer refresh tokens of an account that is there; says whether it is a new one. */
  remember(account: Account): boolean;
  /** Returns those that are gone. */
  forget(which: (account: Account) => boolean): readonly Account[];
}

/**
 * Kept in a file of this folder, so that a reload of the window does not sign out. VS Code's own memory for extensions
 * writes late: a reload right after a change would lose it.
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
