import type { Emulator } from '../base/emulator';
import { findPrincipalOfUser, findTenant, findUser, same } from '../base/find';
import { recordOf } from '../base/json';
import type { Principal, User } from '../base/state';
import { issueToken } from './tokens';
import { EntraError } from './entraError';
import { audienceOf, type TokenRequest } from './tokenRequest';
import { issueRefreshToken, readRefreshToken } from './refreshTokens';
import { homeAliases, refusedSignIn, type SignInFacts } from './signInRules';

/** Where a user stands who asks for a token of a tenant. */
type Standing = Pick<SignInFacts, 'asked' | 'tenant' | 'user' | 'principal'>;

/** What the grant itself proves about the user. */
type Proof = Pick<SignInFacts, 'passwordIsRight' | 'secondFactor'>;

function standing({ state }: Emulator, asked: string, username: string): Standing {
  const user = findUser(state, username);
  const tenant = findTenant(state, homeAliases.includes(asked.toLowerCase()) ? (user?.homeTenantId ?? '') : asked);
  const principal = user && tenant && findPrincipalOfUser(state, user.name, tenant.tenantId);
  return { asked, ...(tenant && { tenant }), ...(user && { user }), ...(principal && { principal }) };
}

/** Claims that a client asks for; those that name a policy or an authentication context take a second factor. */
function strongAsked(form: URLSearchParams): boolean {
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

interface Admitted {
  user: User;
  principal: Principal;
  strong: boolean;
}

function admit({ emulator, tenant, form }: TokenRequest, username: string, proof: (at: Standing) => Proof): Admitted {
  const at = standing(emulator, tenant, username);
  const facts: SignInFacts = { ...at, ...proof(at), strongAsked: strongAsked(form) };
  const refused = refusedSignIn(facts);
  if (refused) throw new EntraError(refused);
  const { user, principal, secondFactor } = facts;
  if (!user || !principal) throw new Error('signInRules let a stranger pass');
  return { user, principal, strong: secondFactor === 'right' };
}

/** The object id and the tenant under which clients know an account, in every tenant the same. */
function clientInfo({ state }: Emulator, { name, homeTenantId }: User): string {
  const home = findPrincipalOfUser(state, name, homeTenantId);
  return Buffer.from(JSON.stringify({ uid: home?.objectId, utid: homeTenantId })).toString('base64url');
}

/** Besides the token there is what the client asked for: a refresh token by a scope, the account's id by a parameter. */
function answer({ emulator, form }: TokenRequest, { user, principal, strong }: Admitted, strongIn: string[]): object {
  const audience = audienceOf(form);
  const subject = {
    appid: form.get('client_id') ?? '',
    idtyp: 'user' as const,
    upn: user.name,
    amr: strong ? ['pwd', 'mfa'] : ['pwd'],
    ...(strong && { acrs: ['p1'] }),
  };
  const scopes = (form.get('scope') ?? '').split(' ');
  const { tokenLifetime } = emulator.options;
  const signedIn = { user: user.name, strongIn: strong ? [...new Set([...strongIn, principal.tenantId])] : strongIn };
  return {
    token_type: 'Bearer',
    scope: `${audience}/user_impersonation ${audience}/.default`,
    expires_in: tokenLifetime,
    ext_expires_in: tokenLifetime,
    access_token: issueToken(emulator, principal, subject, audience),
    ...(scopes.includes('offline_access') && { refresh_token: issueRefreshToken(emulator.secret, signedIn) }),
    ...(form.get('client_info') === '1' && { client_info: clientInfo(emulator, user) }),
  };
}

/** `otp` is the emulator's own: Entra's password grant has no way to pass a second factor. */
const secondFactor = (form: URLSearchParams, user: User | undefined): SignInFacts['secondFactor'] => {
  const code = form.get('otp');
  if (code === null) return 'none';
  return code === user?.otp ? 'right' : 'wrong';
};

export function passwordGrant(request: TokenRequest): object {
  const { form } = request;
  const admitted = admit(request, form.get('username') ?? '', ({ user }) => ({
    passwordIsRight: user?.password === form.get('password'),
    secondFactor: secondFactor(form, user),
  }));
  return answer(request, admitted, []);
}

export function refreshTokenGrant(request: TokenRequest): object {
  const signedIn = readRefreshToken(request.emulator.secret, request.form.get('refresh_token') ?? '');
  if (!signedIn) {
    throw new EntraError({
      status: 400,
      error: 'invalid_grant',
      code: 'AADSTS70000',
      message: 'Provided grant is invalid or malformed.',
    });
  }
  const admitted = admit(request, signedIn.user, ({ tenant }) => ({
    passwordIsRight: true,
    secondFactor: signedIn.strongIn.some((id) => same(id, tenant?.tenantId ?? '')) ? 'right' : 'none',
  }));
  return answer(request, admitted, signedIn.strongIn);
}
