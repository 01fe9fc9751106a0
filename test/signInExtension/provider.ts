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
  /** Of all accounts. */
  signOut(): Promise<void>;
}

const sessionOf = ({ id, label }: Account, accessToken: string, scopes: readonly string[]): Session => ({
  // There is one session an account, whatever its tenants and scopes, as with VS Code's own extension.
  id,
  accessToken,
  account: { id, label },
  scopes,
});

/** Where VS Code only wants to know who is there, VS Code's own extension hands out no token either. */
const withoutToken = (account: Account): Session => sessionOf(account, '', []);

const accountOf = (label: string, { client_info, refresh_token }: Granted, { tenant }: Asked): Account => {
  const { uid, utid } = JSON.parse(Buffer.from(client_info, 'base64url').toString()) as { uid: string; utid: string };
  return { id: `${uid}.${utid}`, label, refreshTokens: { [tenant]: refresh_token } };
};

/** What a provider works with. */
interface Desk {
  readonly id: string;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly log: vscode.LogOutputChannel;
  readonly tell: (change: { added?: readonly Account[]; removed?: readonly Account[] }) => void;
}

/** A session of each account that gets a token without anybody being asked. */
async function silently({ id, accounts, tokens, log }: Desk, asked: Asked, { account }: Options): Promise<Session[]> {
  log.info(`${id}: asked for ${asked.scope}`);
  const asking = accounts.all().filter((one) => account === undefined || one.id === account.id);
  const sessions = asking.map(async (one): Promise<Session[]> => {
    try {
      return [sessionOf(one, await tokens.silently(one, asked), asked.scopes)];
    } catch (error) {
      log.info(`${id}: nothing for ${one.label} in ${asked.tenant} without asking: ${String(error)}`);
      return [];
    }
  });
  return (await Promise.all(sessions)).flat();
}

async function interactively(desk: Desk, asked: Asked, { account: wanted }: Options): Promise<Session> {
  const { id, accounts, tokens, log, tell } = desk;
  log.info(`${id}: asked for ${asked.scope}`);
  log.info(`${id}: asks ${wanted?.label ?? 'somebody'} to sign in to ${asked.tenant}`);
  const { user, granted } = await signIn(asked, wanted?.label).catch((error: unknown) => {
    log.info(`${id}: ${String(error)}`);
    throw error;
  });
  const account = accountOf(user.name, granted, asked);
  tokens.keep(account, asked, granted);
  if (accounts.remember(account)) tell({ added: [account] });
  return sessionOf(account, granted.access_token, asked.scopes);
}

function signOut({ accounts, tokens, tell }: Desk, which: (account: Account) => boolean): Promise<void> {
  tokens.clear();
  const removed = accounts.forget(which);
  if (removed.length > 0) tell({ removed });
  return Promise.resolve();
}

/** One of VS Code's two providers for Microsoft, on the emulator's token endpoint; its accounts are kept in the folder. */
export function createProvider(id: string, folder: string, log: vscode.LogOutputChannel): Provider {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const desk: Desk = {
    id,
    accounts: accountsIn(folder, id),
    tokens: createTokens(),
    log,
    tell: ({ added = [], removed = [] }) => {
      changed.fire({ added: added.map(withoutToken), removed: removed.map(withoutToken), changed: [] });
    },
  };
  return {
    onDidChangeSessions: changed.event,
    getSessions: (scopes, options) =>
      scopes === undefined
        ? Promise.resolve(desk.accounts.all().map(withoutToken))
        : silently(desk, askedBy(scopes), options),
    createSession: (scopes, options) => interactively(desk, askedBy(scopes), options),
    getSessionsFromChallenges: (constraint, options) => silently(desk, askedByChallenge(constraint), options),
    createSessionFromChallenges: (constraint, options) => interactively(desk, askedByChallenge(constraint), options),
    removeSession: (sessionId) => signOut(desk, (account) => account.id === sessionId),
    signOut: () => signOut(desk, () => true),
  };
}
