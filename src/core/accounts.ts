import type { Account } from './model';

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/** The accounts that azure signs in with. It never prompts. */
export interface Accounts {
  list(): Promise<readonly Account[]>;
  /**
   * A token for Resource Manager. Rejects with an `ArmError` if the user has to sign in: "TenantSignInRequired", or
   * "StepUpRequired" for more claims.
   * @param tenantId the account's home tenant by default
   * @param claims the claims that Resource Manager requires, as JSON
   */
  token(account: Account, tenantId?: string, claims?: string): Promise<AccessToken>;
}
