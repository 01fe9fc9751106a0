import { findTenant } from '../base/find';
import { byGateway } from '../base/answer';
import type { ArmRequest } from './route';

const changes = ['PUT', 'PATCH', 'DELETE'];

/** The authentication context that a second factor satisfies. */
const context = 'p1';

const refusals = {
  changes: {
    code: 'RequestDisallowedByAzure',
    message: (name: string) =>
      `Resource '${name}' was disallowed by Azure: You are receiving this error because you tried to create, update or delete Azure resources without authenticating through MFA. User accounts must be authenticated through MFA to manage your resources. To resolve this error, go to https://aka.ms/MFAforAzure.`,
  },
  everything: {
    code: 'InvalidAuthenticationToken',
    message: () =>
      'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies',
  },
};

/** Tells the user's client, by a challenge, to come back with a token that a second factor earned. Applications need none. */
export function checkMultiFactor({ emulator, state, caller, method, path }: ArmRequest): void {
  const wanted = findTenant(state, caller.tid)?.mfaForArm;
  if (wanted === undefined || caller.idtyp === 'app' || caller.acrs?.includes(context) === true) return;
  if (wanted === 'changes' && !changes.includes(method)) return;
  const { code, message } = refusals[wanted];
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, values: [context] } } });
  const challenge = `Bearer realm="", authorization_uri="${emulator.armUrl}/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  throw byGateway(401, code, message(path.split('/').at(-1) ?? ''), { 'www-authenticate': challenge });
}
