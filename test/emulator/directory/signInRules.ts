import { guidOf } from '../base/ids';
import { messageIf, type Rule } from '../base/rule';
import type { Principal, SignInConditions, Tenant, User } from '../base/state';
import type { SignInError } from './entraError';

/** The facts about a user who requests a token of a tenant. */
export interface SignInFacts {
  /** The tenant in the request: an ID, a domain, or one of `homeAliases`. */
  requestedTenant: string;
  tenant?: Tenant;
  user?: User;
  /** The user's entry in the tenant's directory. */
  principal?: Principal;
  passwordIsValid: boolean;
  secondFactor: 'none' | 'invalid' | 'valid';
  /** The client requested a claim that requires a second factor. */
  mfaRequested: boolean;
}

/** Tenant names that refer to the user's home tenant. */
export const homeAliases = ['organizations', 'common'];

export interface SignInRule extends Rule<SignInFacts> {
  readonly error: string;
  readonly suberror?: string;
  /** The error names the policy in `claims`, so that the client can request claims that satisfy it. */
  readonly namesPolicy?: boolean;
}

/** The application ID of Azure Resource Manager in every directory. */
const armApplication = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

const requires = ({ tenant, principal }: SignInFacts, condition: keyof SignInConditions): boolean =>
  tenant?.[condition] === true || principal?.[condition] === true;

/** The checks that Microsoft Entra ID makes before it issues a token to a user, in its order. */
export const signInRules: readonly SignInRule[] = [
  {
    code: 'AADSTS90002',
    status: 400,
    error: 'invalid_request',
    when: (f) =>
      messageIf(
        f.tenant === undefined && !homeAliases.includes(f.requestedTenant.toLowerCase()),
        `Tenant '${f.requestedTenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
      ),
  },
  {
    code: 'AADSTS50034',
    status: 400,
    error: 'invalid_grant',
    when: (f) =>
      messageIf(
        f.user === undefined || f.principal === undefined,
        `The user account {EUII Hidden} does not exist in the ${f.tenant?.tenantId ?? f.requestedTenant} directory. To sign into this application, the account must be added to the directory.`,
      ),
  },
  {
    code: 'AADSTS50126',
    status: 400,
    error: 'invalid_grant',
    when: (f) => messageIf(!f.passwordIsValid, 'Error validating credentials due to invalid username or password.'),
  },
  {
    code: 'AADSTS53003',
    status: 400,
    error: 'invalid_grant',
    suberror: 'message_only',
    namesPolicy: true,
    when: (f) =>
      messageIf(
        requires(f, 'blocked'),
        'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      ),
  },
  {
    code: 'AADSTS500121',
    status: 400,
    error: 'invalid_grant',
    when: (f) => messageIf(f.secondFactor === 'invalid', 'Authentication failed during strong authentication request.'),
  },
  {
    code: 'AADSTS50076',
    status: 400,
    error: 'invalid_grant',
    suberror: 'basic_action',
    namesPolicy: true,
    when: (f) =>
      messageIf(
        f.secondFactor === 'none' && (f.mfaRequested || requires(f, 'mfa')),
        `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${armApplication}'.`,
      ),
  },
];

const policyClaims = ({ tenant, requestedTenant }: SignInFacts): string => {
  const policy = guidOf(`conditional access of ${tenant?.tenantId ?? requestedTenant}`);
  return JSON.stringify({ access_token: { capolids: { essential: true, values: [policy] } } });
};

/** The error for the first rule that the sign-in breaks. */
export function signInErrorFor(facts: SignInFacts): SignInError | undefined {
  for (const { code, status, error, suberror, namesPolicy, when } of signInRules) {
    const message = when(facts);
    if (message === undefined) continue;
    return {
      code,
      status,
      error,
      message,
      ...(suberror !== undefined && { suberror }),
      ...(namesPolicy === true && { claims: policyClaims(facts) }),
    };
  }
  return undefined;
}
