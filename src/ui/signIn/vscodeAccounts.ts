import { authentication, type Disposable } from 'vscode';
import type { Cloud } from '../../core/clouds';
import { knownError } from '../../core/errors/errorCode';
import type { Account, Tenant } from '../../core/model';
import type { AccessToken, Accounts } from '../../core/ports';
import type { SignIn } from '../services';
import { getAccounts, getSession, providerOf, type ProviderId, type SessionRequest } from './sessions';

/** The Microsoft accounts of VS Code. Only `signIn` prompts. */
export interface VscodeAccounts extends SignIn {
  /** The accounts of a cloud, and their tokens for its Resource Manager. */
  of(cloud: Cloud): Accounts;
  /** Fires when somebody has signed in or out anywhere else in VS Code. */
  onDidChange(listener: () => void): Disposable;
}

export function vscodeAccounts(): VscodeAccounts {
  const reader = accountReader();
  const stepUps = rememberStepUps();
  let signingIn = false;
  return {
    of: (cloud) => accountsOf(cloud, reader, stepUps),

    async signIn(cloud, tenant) {
      const { account, ...request } = stepUps.newest(tenant) ?? { account: tenant?.account, tenantId: tenant?.id };
      const whose = account ? { account } : { clearSessionPreference: true };
      signingIn = true;
      try {
        const session = await getSession(cloud, request, { createIfNone: true, ...whose });
        // What VS Code still reports of this sign-in is then no change.
        if (session) await reader.read(providerOf(cloud));
        return session !== undefined;
      } finally {
        signingIn = false;
      }
    },

    onDidChange: (listener) =>
      authentication.onDidChangeSessions(({ provider: { id } }) => {
        if (signingIn || !reader.wasRead(id)) return;
        // Getting a token changes sessions too; only other accounts are worth reading everything again.
        void reader.read(id).then(
          ({ changed }) => {
            if (changed) listener();
          },
          // Reading again shows the failure.
          listener,
        );
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

/** Reads the accounts of a provider, and tells whether they are others than the last time. */
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

/** What Resource Manager asked for beyond a plain token; the next sign-in provides it. */
interface StepUp extends SessionRequest {
  readonly account: Account;
}

function rememberStepUps() {
  /** The newest last. */
  let needed: readonly StepUp[] = [];
  /** Below a server the account is not known. */
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

/** Where a token does not say when it ends: ask for it again after five minutes. */
const unknownLifetimeMs = 300_000;

function toAccessToken(token: string): AccessToken {
  const [, payload = ''] = token.split('.');
  const [, expires] = /"exp":\s*(\d+)/.exec(Buffer.from(payload, 'base64url').toString()) ?? [];
  return { token, expiresOnTimestamp: expires ? Number(expires) * 1000 : Date.now() + unknownLifetimeMs };
}
