import type { Emulator } from '../base/emulator';
import { findPrincipalOfUser, findTenant, findUser } from '../base/find';
import { includesId } from '../base/ids';
import { recordOf } from '../base/json';
import type { Principal, User } from '../base/state';
import { EntraError } from './entraError';
import { homeAliases, signInErrorFor, type SignInFacts } from './signInRules';
import { issueRefreshToken, issueToken, readRefreshToken } from './tokens';

export interface TokenRequest {
  emulator: Emulator;
  /** The first segment of the path. */
  tenant: string;
  form: URLSearchParams;
}

/** Scopes that name no resource. */
const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/** The audience of the requested token. v1 clients send a resource, v2 clients the scope RESOURCE/.default. */
export function audienceOf(form: URLSearchParams): string {
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => !openIdScopes.includes(scope));
  return form.get('resource') ?? scopes[0]?.replace(/\/*\.default$/, '') ?? '';
}

/** The facts that follow from the user name and the tenant. */
type Identity = Pick<SignInFacts, 'requestedTenant' | 'tenant' | 'user' | 'principal'>;

/** The facts that the grant proves. */
type Proof = Pick<SignInFacts, 'passwordIsValid' | 'secondFactor'>;

function identify({ state }: Emulator, requestedTenant: string, username: string): Identity {
  const user = findUser(state, username);
  const isHome = homeAliases.includes(requestedTenant.toLowerCase());
  const tenant = findTenant(state, isHome ? (user?.homeTenantId ?? '') : requestedTenant);
  const principal = user && tenant && findPrincipalOfUser(state, user.name, tenant.tenantId);
  return { requestedTenant, ...(tenant && { tenant }), ...(user && { user }), ...(principal && { principal }) };
}

/** True if the requested claims name a policy or an authentication context, both of which require a second factor. */
function requestsMfa(form: URLSearchParams): boolean {
  try {
    const { acrs, capolids } = recordOf(recordOf(JSON.parse(form.get('claims') ?? '{}')).access_token);
    return acrs !== undefined || capolids !== undefined;
  } catch {
    throw new EntraError({
      status: 400,
      error: 'invalid_request',
      code: 'AADSTS50149',
      message: 'Invalid claims parameter.',
    });
  }
}

interface SignedInUser {
  user: User;
  principal: Principal;
  mfa: boolean;
}

/** Checks the sign-in rules; throws an EntraError if one is broken. */
function signIn(
  { emulator, tenant, form }: TokenRequest,
  username: string,
  prove: (identity: Identity) => Proof,
): SignedInUser {
  const identity = identify(emulator, tenant, username);
  const facts: SignInFacts = { ...identity, ...prove(identity), mfaRequested: requestsMfa(form) };
  const error = signInErrorFor(facts);
  if (error) throw new EntraError(error);
  const { user, principal, secondFactor } = facts;
  if (!user || !principal) throw new Error('signInRules must refuse a user without a directory entry');
  return { user, principal, mfa: secondFactor === 'valid' };
}

/** The object ID and tenant that identify an account to clients. They are the same in every tenant. */
function clientInfo({ state }: Emulator, { name, homeTenantId }: User): string {
  const home = findPrincipalOfUser(state, name, homeTenantId);
  return Buffer.from(JSON.stringify({ uid: home?.objectId, utid: homeTenantId })).toString('base64url');
}

/** Adds to the access token what the client requested: a refresh token by a scope, the account's ID by a parameter. */
function answer(
  { emulator, form }: TokenRequest,
  { user, principal, mfa }: SignedInUser,
  previousMfaTenants: string[],
): object {
  const audience = audienceOf(form);
  const subject = {
    appid: form.get('client_id') ?? '',
    idtyp: 'user' as const,
    upn: user.name,
    amr: mfa ? ['pwd', 'mfa'] : ['pwd'],
    ...(mfa && { acrs: ['p1'] }),
  };
  const scopes = (form.get('scope') ?? '').split(' ');
  const { tokenLifetime } = emulator.options;
  const mfaTenants = mfa ? [...new Set([...previousMfaTenants, principal.tenantId])] : previousMfaTenants;
  return {
    token_type: 'Bearer',
    scope: `${audience}/user_impersonation ${audience}/.default`,
    expires_in: tokenLifetime,
    ext_expires_in: tokenLifetime,
    access_token: issueToken(emulator, principal, subject, audience),
    ...(scopes.includes('offline_access') && {
      refresh_token: issueRefreshToken(emulator.secret, { user: user.name, mfaTenants }),
    }),
    ...(form.get('client_info') === '1' && { client_info: clientInfo(emulator, user) }),
  };
}

/** The form field `otp` is an addition of the emulator: Entra's password grant can't pass a second factor. */
const secondFactor = (form: URLSearchParams, user: User | undefined): SignInFacts['secondFactor'] => {
  const code = form.get('otp');
  if (code === null) return 'none';
  return code === user?.otp ? 'valid' : 'invalid';
};

/** Signs in a user with a password; throws an EntraError. */
export function passwordGrant(request: TokenRequest): object {
  const { form } = request;
  const signedIn = signIn(request, form.get('username') ?? '', ({ user }) => ({
    passwordIsValid: user?.password === form.get('password'),
    secondFactor: secondFactor(form, user),
  }));
  return answer(request, signedIn, []);
}

/** Signs in a user with a refresh token; throws an EntraError. */
export function refreshTokenGrant(request: TokenRequest): object {
  const session = readRefreshToken(request.emulator.secret, request.form.get('refresh_token') ?? '');
  if (!session) {
    throw new EntraError({
      status: 400,
      error: 'invalid_grant',
      code: 'AADSTS70000',
      message: 'Provided grant is invalid or malformed.',
    });
  }
  const signedIn = signIn(request, session.user, ({ tenant }) => ({
    passwordIsValid: true,
    secondFactor: includesId(session.mfaTenants, tenant?.tenantId ?? '') ? 'valid' : 'none',
  }));
  return answer(request, signedIn, session.mfaTenants);
}
