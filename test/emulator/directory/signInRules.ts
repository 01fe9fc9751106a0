import { text, type Rule } from '../base/rule';
import { guidOf } from '../base/ids';
import type { Principal, SignInConditions, Tenant, User } from '../base/state';
import type { Refused } from './entraError';

/** A user at the door of a tenant. */
export interface SignInFacts {
  /** The tenant as it was asked for: an id, a domain, or one of `homeAliases`. */
  asked: string;
  tenant?: Tenant;
  user?: User;
  /** The user's entry in the directory of the tenant. */
  principal?: Principal;
  passwordIsRight: boolean;
  secondFactor: 'none' | 'wrong' | 'right';
  /** The client asked for a claim that only a second factor gives. */
  strongAsked: boolean;
}

/** Names that stand for the user's home tenant. */
export const homeAliases = ['organizations', 'common'];

export interface SignInRule extends Rule<SignInFacts> {
  readonly error: string;
  readonly suberror?: string;
  /** The policy is named in `claims`, so that a client can ask for what satisfies it. */
  readonly namesPolicy?: boolean;
}

/** The number under which every directory knows Azure Resource Manager. */
const armApplication = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

const demands = ({ tenant, principal }: SignInFacts, condition: keyof SignInConditions): boolean =>
  tenant?.[condition] === true || principal?.[condition] === true;

/** What Microsoft Entra ID checks before a user gets a token, in its order. */
export const signInRules: readonly SignInRule[] = [
  {
    code: 'AADSTS90002',
    status: 400,
    error: 'invalid_request',
    when: (f) =>
      text(
        f.tenant === undefined && !homeAliases.includes(f.asked.toLowerCase()),
        `Tenant '${f.asked}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
      ),
  },
  {
    code: 'AADSTS50034',
    status: 400,
    error: 'invalid_grant',
    when: (f) =>
      text(
        f.user === undefined || f.principal === undefined,
        `The user account {EUII Hidden} does not exist in the ${f.tenant?.tenantId ?? f.asked} directory. To sign into this application, the account must be added to the directory.`,
      ),
  },
  {
    code: 'AADSTS50126',
    status: 400,
    error: 'invalid_grant',
    when: (f) => text(!f.passwordIsRight, 'Error validating credentials due to invalid username or password.'),
  },
  {
    code: 'AADSTS53003',
    status: 400,
    error: 'invalid_grant',
    suberror: 'message_only',
    namesPolicy: true,
    when: (f) =>
      text(
        demands(f, 'blocked'),
        'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      ),
  },
  {
    code: 'AADSTS500121',
    status: 400,
    error: 'invalid_grant',
    when: (f) => text(f.secondFactor === 'wrong', 'Authentication failed during strong authentication request.'),
  },
  {
    code: 'AADSTS50076',
    status: 400,
    error: 'invalid_grant',
    suberror: 'basic_action',
    namesPolicy: true,
    when: (f) =>
      text(
        f.secondFactor === 'none' && (f.strongAsked || demands(f, 'mfa')),
        `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${armApplication}'.`,
      ),
  },
];

const policyClaims = ({ tenant, asked }: SignInFacts): string => {
  const policy = guidOf(`conditional access of ${tenant?.tenantId ?? asked}`);
  return JSON.stringify({ access_token: { capolids: { essential: true, values: [policy] } } });
};

/** The first rule that the sign-in breaks, as the token endpoint answers it. */
export function refusedSignIn(facts: SignInFacts): Refused | undefined {
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
