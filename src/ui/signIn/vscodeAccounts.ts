import { getConfiguredAuthProviderId, getSessionFromVSCode } from '@microsoft/vscode-azext-azureauth';
import { authentication, type Disposable } from 'vscode';
import { knownError } from '../../core/errors/errorCode';
import type { Account, Tenant } from '../../core/model';
import type { AccessToken, Accounts } from '../../core/ports';

/** The Microsoft accounts of VS Code. Only `signIn` may ask the user something. */
export interface VscodeAccounts extends Accounts {
  /**
   * Asks for what is missing to use a tenant; without tenant for what was found missing last, else for an account.
   * False when the user declined.
   */
  signIn(tenant?: Tenant): Promise<boolean>;
  /** Tells that somebody has signed in or out, here or anywhere else in VS Code. */
  onDidChange(listener: () => void): Disposable;
}

/** What Resource Manager asked for beyond a plain token; the next sign-in gives it. */
interface Missing {
  readonly account: Account;
  readonly tenantId: string | undefined;
  readonly claims: string;
}

/** Where a token does not say when it ends: ask for it again after five minutes. */
const unknownLifetimeMs = 300_000;

/**
 * Of azureauth the sessions are used and not its subscription provider, which asks for
 * more factors by itself and leaves out tenants that fail.
 */
export function vscodeAccounts(): VscodeAccounts {
  /** The newest last. */
  let missing: readonly Missing[] = [];
  let known = '';

  const list = async (): Promise<Account[]> => {
    const accounts = await authentication.getAccounts(getConfiguredAuthProviderId());
    known = idsOf(accounts);
    missing = missing.filter(({ account }) => accounts.some(({ id }) => id === account.id));
    return [...accounts];
  };

  return {
    list,

    async token(account, tenantId, claims) {
      const session = await getSessionFromVSCode(requestFor(claims), tenantId, { account, silent: true });
      missing = missing.filter((other) => !isFor(other, tenantId, account));
      if (session) return toAccessToken(session.accessToken);
      if (claims === undefined) throw knownError({ code: 'TenantSignInRequired', message: '' });
      missing = [...missing, { account, tenantId, claims }];
      throw knownError({ code: 'StepUpRequired', message: '' });
    },

    signIn(tenant) {
      const more = missing.filter((one) => !tenant || isFor(one, tenant.id, tenant.account)).at(-1);
      return askForSession(more ?? { ...(tenant?.account && { account: tenant.account }), tenantId: tenant?.id });
    },

    onDidChange: (listener) =>
      // Fetching a token changes sessions too; only other accounts are worth reading everything again.
      authentication.onDidChangeSessions(({ provider }) => {
        const before = known;
        if (provider.id === getConfiguredAuthProviderId()) {
          void list().then((accounts) => {
            if (idsOf(accounts) !== before) listener();
          });
        }
      }),
  };
}

/** Lets VS Code ask for an account, for consent or for a second factor; false when the user declined. */
async function askForSession({
  account,
  tenantId,
  claims,
}: Partial<Missing> & Pick<Missing, 'tenantId'>): Promise<boolean> {
  const whose = account ? { account } : { clearSessionPreference: true };
  try {
    await getSessionFromVSCode(requestFor(claims), tenantId, { createIfNone: true, ...whose });
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // VS Code has no type of its own for this.
    if (/did not consent|cancell?ed/i.test(message)) return false;
    throw knownError({ code: 'SignInFailed', message }, { cause: error });
  }
}

/** Below a server it is not known whose sign-in failed. */
const isFor = (missing: Missing, tenantId: string | undefined, account: Account | undefined): boolean =>
  missing.tenantId === tenantId && (!account || account.id === missing.account.id);

const idsOf = (accounts: readonly Account[]): string =>
  accounts
    .map(({ id }) => id)
    .sort()
    .join();

const requestFor = (claims: string | undefined) =>
  claims === undefined
    ? undefined
    : { wwwAuthenticate: `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"` };

function toAccessToken(token: string): AccessToken {
  const [, payload = ''] = token.split('.');
  const [, expires] = /"exp":\s*(\d+)/.exec(Buffer.from(payload, 'base64url').toString()) ?? [];
  return { token, expiresOnTimestamp: expires ? Number(expires) * 1000 : Date.now() + unknownLifetimeMs };
}
