import type { AuthenticationSessionAccountInformation, Memento } from 'vscode';

/** Someone who has signed in. */
export interface Account extends AuthenticationSessionAccountInformation {
  /** By the tenant that was asked for: each holds what was proved there, a second factor for instance. */
  refreshTokens: Record<string, string>;
}

export interface Accounts {
  all(): readonly Account[];
  /** Keeps the newer refresh tokens of an account that is there; says whether it is a new one. */
  remember(account: Account): Promise<boolean>;
  /** Returns those that are gone. */
  forget(which: (account: Account) => boolean): Promise<readonly Account[]>;
}

/** Kept by VS Code, so that a reload of the window does not sign out. */
export function accountsIn(memento: Memento, providerId: string): Accounts {
  const key = `accounts of ${providerId}`;
  const all = (): readonly Account[] => memento.get<Account[]>(key, []);
  return {
    all,
    async remember(account) {
      const known = all().find(({ id }) => id === account.id);
      const refreshTokens = { ...known?.refreshTokens, ...account.refreshTokens };
      const others = all().filter(({ id }) => id !== account.id);
      await memento.update(key, [...others, { ...account, refreshTokens }]);
      return known === undefined;
    },
    async forget(which) {
      const gone = all().filter(which);
      await memento.update(
        key,
        all().filter((account) => !which(account)),
      );
      return gone;
    },
  };
}
