import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { same } from '../base/find';
import { recordOf, stringOf } from '../base/json';
import type { IdentityType, Server } from '../base/state';
import { parseKeyUri, type KeyUri } from './keyIdentifier';
import { text, type Rule } from '../base/rule';

export interface UpdateServerFacts {
  request: ArmRequest;
  server: Server;
  type: IdentityType;
  /** The request asks for a system-assigned identity, also where the server has one. */
  assignsSystem: boolean;
  /** What the server shall have afterwards. */
  assigned: string[];
  primary?: string;
  application?: string;
  /** Address of a key that is to protect the server; empty when none is sent. */
  keyId: string;
  key?: KeyUri;
}

const types: IdentityType[] = ['None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned'];

/** JSON merge: what is not sent stays, null removes. */
function mergedIdentities(server: Server, sent: Record<string, unknown>): string[] {
  const removed = Object.keys(sent).filter((id) => sent[id] === null);
  const added = Object.keys(sent).filter((id) => sent[id] !== null);
  const kept = server.userAssignedIdentities.filter((id) => ![...removed, ...added].some((other) => same(id, other)));
  return [...kept, ...added];
}

export function updateServerFacts(request: ArmRequest, server: Server): UpdateServerFacts {
  const body = recordOf(request.body);
  const identity = recordOf(body.identity);
  const asked = stringOf(identity.type).replace(/\s/g, '');
  const type = types.find((t) => same(t, asked)) ?? server.identityType;
  const assigned = type.includes('User') ? mergedIdentities(server, recordOf(identity.userAssignedIdentities)) : [];
  const properties = recordOf(body.properties);
  const sentPrimary = stringOf(properties.primaryUserAssignedIdentityId);
  const primary = sentPrimary === '' ? server.primaryUserAssignedIdentityId : sentPrimary;
  const application = stringOf(properties.federatedClientId) || server.federatedClientId;
  const keyId = stringOf(properties.keyId);
  const key = parseKeyUri(keyId);
  return {
    request,
    server,
    type,
    assignsSystem: asked !== '' && type.includes('System'),
    assigned,
    ...(primary !== undefined && assigned.length > 0 && { primary }),
    ...(application !== undefined && { application }),
    keyId,
    ...(key && { key }),
  };
}

const among = (ids: string[], id: string): boolean => ids.some((other) => same(other, id));

/** Checks of PATCH …/servers/S, which changes identities and, with keyId, the protector. */
export const updateServerRules: readonly Rule<UpdateServerFacts>[] = [
  {
    code: 'LinkedAuthorizationFailed',
    status: 403,
    when: ({ request: { may, caller }, server, assigned }) => {
      const action = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';
      const refused = assigned.find((id) => !among(server.userAssignedIdentities, id) && !may(action, id));
      return refused === undefined
        ? undefined
        : `The client '${caller.appid}' with object id '${caller.oid}' has permission to perform action 'Microsoft.Sql/servers/write' on scope '${server.id}'; however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${refused}' (respectively) or the linked scope(s) are invalid.`;
    },
  },
  {
    code: 'MissingIdentityId',
    status: 400,
    when: (f) =>
      text(
        f.type.includes('User') && f.assigned.length === 0,
        'Missing identity id: the identity type is UserAssigned.',
      ),
  },
  {
    code: 'MissingPrimaryIdentity',
    status: 400,
    when: (f) =>
      text(
        f.assigned.length > 0 && f.primary === undefined,
        'Missing primary identity: user-assigned identities need PrimaryUserAssignedIdentityId.',
      ),
  },
  {
    code: 'InvalidPrimaryIdentityId',
    status: 400,
    when: ({ primary, assigned }) =>
      text(
        primary !== undefined && !among(assigned, primary),
        'The primary user assigned identity is not among the identities of the server.',
      ),
  },
  {
    code: 'InvalidIdentityTypeForKeyId',
    status: 400,
    when: (f) =>
      text(
        f.keyId !== '' && f.assigned.length === 0,
        "KeyId is provided by user but identity type is not set to 'UserAssigned'.",
      ),
  },
  {
    code: 'InvalidParameterValue',
    status: 400,
    when: (f) =>
      text(
        f.keyId !== '' && f.key?.version === undefined,
        `An invalid value was given to parameter KeyId: '${f.keyId}'.`,
      ),
  },
  {
    code: 'UpsertLogicalServerRequestAlreadyInProgress',
    status: 409,
    when: (f) =>
      text(
        runningOn(f.request.emulator, f.server).length > 0,
        `Server '${f.server.name}' is busy with another operation. Please try your operation later.`,
      ),
  },
];
