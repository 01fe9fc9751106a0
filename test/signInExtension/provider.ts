import * as vscode from 'vscode';
import { type Account, type Accounts, accountsIn } from './accounts';
import { type Asked, askedBy, askedByChallenge, type Constraint } from './asked';
import { signIn } from './interactive';
import type { Granted } from './tokenEndpoint';
import { createTokens, type Tokens } from './tokens';

type Session = vscode.AuthenticationSession;
type Options = vscode.AuthenticationProviderSessionOptions;

export interface Provider extends vscode.AuthenticationProvider {
  createSession(scopes: readonly string[], options: Options): Promise<Session>;
  getSessionsFromChallenges(constraint: Constraint, options: Options): Promise<Session[]>;
  createSessionFromChallenges(constraint: Constraint, options: Options): Promise<Session>;
  /** Signs out of all accounts. */
  signOut(): Promise<void>;
}

const sessionOf = ({ id, label }: Account, accessToken: string, scopes: readonly string[]): Session => ({
  // One session per account, regardless of tenants and scopes, as in VS Code's own extension.
  id,
  accessToken,
  account: { id, label },
  scopes,
});

/** For lists of accounts. VS Code's own extension returns no token there either. */
const withoutToken = (account: Account): Session => sessionOf(account, '', []);

const accountOf = (label: string, { client_info, refresh_token }: Granted, { tenant }: Asked): Account => {
  const { uid, utid } = JSON.parse(Buffer.from(client_info, 'base64url').toString()) as { uid: string; utid: string };
  return { id: `${uid}.${utid}`, label, refreshTokens: { [tenant]: refresh_token } };
};

/** What the functions of a provider share. */
interface Shared {
  readonly id: string;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly log: vscode.LogOutputChannel;
  readonly fire: (change: { added?: readonly Account[]; removed?: readonly Account[] }) => void;
}

/** A session for each account that gets a token without a prompt. */
async function silently({ id, accounts, tokens, log }: Shared, asked: Asked, { account }: Options): Promise<Session[]> {
  log.info(`${id}: asked for ${asked.scope}`);
  const asking = accounts.all().filter((one) => account === undefined || one.id === account.id);
  const sessions = asking.map(async (one): Promise<Session[]> => {
    try {
      return [sessionOf(one, await tokens.silently(one, asked), asked.scopes)];
    } catch (error) {
      log.info(`${id}: no token for ${one.label} in ${asked.tenant} without a prompt: ${String(error)}`);
      return [];
    }
  });
  return (await Promise.all(sessions)).flat();
}

async function interactively(shared: Shared, asked: Asked, { account: wanted }: Options): Promise<Session> {
  const { id, accounts, tokens, log, fire } = shared;
  log.info(`${id}: asked for ${asked.scope}`);
  log.info(`${id}: prompts ${wanted?.label ?? 'for an account'} to sign in to ${asked.tenant}`);
  const { user, granted } = await signIn(asked, wanted?.label).catch((error: unknown) => {
    log.info(`${id}: ${String(error)}`);
    throw error;
  });
  const account = accountOf(user.name, granted, asked);
  tokens.keep(account, asked, granted);
  if (accounts.remember(account)) fire({ added: [account] });
  return sessionOf(account, granted.access_token, asked.scopes);
}

function signOut({ accounts, tokens, fire }: Shared, which: (account: Account) => boolean): Promise<void> {
  tokens.clear();
  const removed = accounts.forget(which);
  if (removed.length > 0) fire({ removed });
  return Promise.resolve();
}

/** Creates one of VS Code's two Microsoft providers. It gets tokens from the emulator and keeps its accounts in the folder. */
export function createProvider(id: string, folder: string, log: vscode.LogOutputChannel): Provider {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const shared: Shared = {
    id,
    accounts: accountsIn(folder, id),
    tokens: createTokens(),
    log,
    fire: ({ added = [], removed = [] }) => {
      changed.fire({ added: added.map(withoutToken), removed: removed.map(withoutToken), changed: [] });
    },
  };
  return {
    onDidChangeSessions: changed.event,
    getSessions: (scopes, options) =>
      scopes === undefined
        ? Promise.resolve(shared.accounts.all().map(withoutToken))
        : silently(shared, askedBy(scopes), options),
    createSession: (scopes, options) => interactively(shared, askedBy(scopes), options),
    getSessionsFromChallenges: (constraint, options) => silently(shared, askedByChallenge(constraint), options),
    createSessionFromChallenges: (constraint, options) => interactively(shared, askedByChallenge(constraint), options),
    removeSession: (sessionId) => signOut(shared, (account) => account.id === sessionId),
    signOut: () => signOut(shared, () => true),
  };
}
