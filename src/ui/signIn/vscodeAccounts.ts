import { authentication, type Disposable } from 'vscode';
import type { Cloud } from '../../core/clouds';
import { knownError } from '../../core/errors/errorCode';
import type { Account, Tenant } from '../../core/model';
import type { AccessToken, Accounts } from '../../core/accounts';
import type { SignIn } from '../services';
import { getAccounts, getSession, providerOf, type ProviderId, type SessionRequest } from './sessions';

/** The Microsoft accounts of VS Code. Only `signIn` prompts. */
export interface VscodeAccounts extends SignIn {
  /** The accounts of a cloud, and their tokens for its Resource Manager. */
  of(cloud: Cloud): Accounts;
  /** Fires when the accounts change, except through `signIn`. */
  onDidChange(listener: () => void): Disposable;
}

export function vscodeAccounts(): VscodeAccounts {
  const reader = accountReader();
  const stepUps = rememberStepUps();
  /** Settles when the last `signIn` has ended. */
  let signedIn: Promise<unknown> = Promise.resolve();

  const signIn = async (cloud: Cloud, tenant?: Tenant): Promise<boolean> => {
    const { account, ...request } = stepUps.newest(tenant) ?? { account: tenant?.account, tenantId: tenant?.id };
    const whose = account ? { account } : { clearSessionPreference: true };
    const session = await getSession(cloud, request, { createIfNone: true, ...whose });
    if (session) await reader.read(providerOf(cloud));
    return session !== undefined;
  };

  return {
    of: (cloud) => accountsOf(cloud, reader, stepUps),

    signIn(cloud, tenant) {
      const result = signIn(cloud, tenant);
      signedIn = result.catch(() => undefined);
      return result;
    },

    onDidChange: (listener) =>
      authentication.onDidChangeSessions(({ provider: { id } }) => {
        if (!reader.wasRead(id)) return;
        // Waits for a `signIn`, which reads its account itself. Getting a token changes sessions, but not accounts.
        const reading = signedIn.then(() => reader.read(id));
        // If reading fails, the listener reads everything again, which shows the failure.
        void reading.then(({ changed }) => {
          if (changed) listener();
        }, listener);
      }),
  };
}

type AccountReader = ReturnType<typeof accountReader>;
type StepUps = ReturnType<typeof rememberStepUps>;

const accountsOf = (cloud: Cloud, reader: AccountReader, stepUps: StepUps): Accounts => ({
  async list() {
    const { accounts } = await reader.read(providerOf(cloud));
    stepUps.keepOnly(accounts);
    return accounts;
  },

  async token(account, tenantId, claims) {
    const session = await getSession(cloud, { tenantId, claims }, { account, silent: true });
    stepUps.forget(account, tenantId);
    if (session) return toAccessToken(session.accessToken);
    if (claims === undefined) throw knownError({ code: 'TenantSignInRequired', message: '' });
    stepUps.add({ account, tenantId, claims });
    throw knownError({ code: 'StepUpRequired', message: '' });
  },
});

/** Reads the accounts of a provider, and whether they have changed since the last read. */
function accountReader() {
  const known = new Map<string, string>();
  return {
    wasRead: (provider: string): provider is ProviderId => known.has(provider),
    async read(provider: ProviderId) {
      const accounts = await getAccounts(provider);
      const ids = accounts.map(({ id }) => id).toSorted();
      const changed = known.get(provider) !== ids.join();
      known.set(provider, ids.join());
      return { accounts, changed };
    },
  };
}

/** Claims that Resource Manager requires, for the next sign-in to request. */
interface StepUp extends SessionRequest {
  readonly account: Account;
}

function rememberStepUps() {
  /** The newest last. */
  let needed: readonly StepUp[] = [];
  /** A failure below a server doesn't know its account, so any account matches. */
  const isFor = (stepUp: StepUp, account: Account | undefined, tenantId: string | undefined): boolean =>
    stepUp.tenantId === tenantId && (!account || account.id === stepUp.account.id);
  return {
    add(stepUp: StepUp) {
      needed = [...needed, stepUp];
    },
    forget(account: Account, tenantId: string | undefined) {
      needed = needed.filter((stepUp) => !isFor(stepUp, account, tenantId));
    },
    keepOnly(accounts: readonly Account[]) {
      needed = needed.filter(({ account }) => accounts.some(({ id }) => id === account.id));
    },
    newest: (tenant: Tenant | undefined): StepUp | undefined =>
      needed.findLast((stepUp) => !tenant || isFor(stepUp, tenant.account, tenant.id)),
  };
}

/** How long to use a token that doesn't say when it expires. */
const unknownLifetimeMs = 300_000;

function toAccessToken(token: string): AccessToken {
  const [, payload = ''] = token.split('.');
  const [, expires] = /"exp":\s*(\d+)/.exec(Buffer.from(payload, 'base64url').toString()) ?? [];
  return { token, expiresOnTimestamp: expires ? Number(expires) * 1000 : Date.now() + unknownLifetimeMs };
}
