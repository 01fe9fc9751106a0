import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { includesId, same } from '../base/ids';
import { propertiesOf, recordOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { IdentityType, SqlResource } from '../base/state';
import { parseKeyIdentifier, type KeyIdentifier } from './keyIdentifier';
import { sqlTypeOf } from './serverRules';
import { knownSettings } from './serverSettings';

export interface UpdateServerFacts {
  request: ArmRequest;
  server: SqlResource;
  type: IdentityType;
  /** Whether the request assigns a system-assigned identity, even if the server already has one. */
  assignsSystem: boolean;
  /** The user-assigned identities after the update. */
  assigned: string[];
  primary?: string;
  application?: string;
  /** The key identifier of the new TDE protector; empty if the request has none. */
  keyId: string;
  key?: KeyIdentifier;
}

const types: IdentityType[] = ['None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned'];

/** JSON merge patch: keeps the identities that the request omits and removes those that are null. */
function mergedIdentities(server: SqlResource, sent: Record<string, unknown>): string[] {
  const removed = Object.keys(sent).filter((id) => sent[id] === null);
  const added = Object.keys(sent).filter((id) => sent[id] !== null);
  const kept = server.userAssignedIdentities.filter((id) => !includesId([...removed, ...added], id));
  return [...kept, ...added];
}

/** Reads the facts from a PATCH of a server. */
export function updateServerFacts(request: ArmRequest, server: SqlResource): UpdateServerFacts {
  const identity = recordOf(recordOf(request.body).identity);
  const sentType = stringOf(identity.type).replace(/\s/g, '');
  const type = types.find((t) => same(t, sentType)) ?? server.identityType;
  const assigned = type.includes('User') ? mergedIdentities(server, recordOf(identity.userAssignedIdentities)) : [];
  const properties = propertiesOf(request.body);
  const sentPrimary = stringOf(properties.primaryUserAssignedIdentityId);
  const primary = sentPrimary === '' ? server.primaryUserAssignedIdentityId : sentPrimary;
  const application = stringOf(properties.federatedClientId) || server.federatedClientId;
  const keyId = stringOf(properties.keyId);
  const key = parseKeyIdentifier(keyId);
  return {
    request,
    server,
    type,
    assignsSystem: sentType !== '' && type.includes('System'),
    assigned,
    ...(primary !== undefined && assigned.length > 0 && { primary }),
    ...(application !== undefined && { application }),
    keyId,
    ...(key && { key }),
  };
}

/** The checks of PATCH …/servers/S, which changes identities and, with keyId, the TDE protector. */
export const updateServerRules: readonly Rule<UpdateServerFacts>[] = [
  {
    code: 'LinkedAuthorizationFailed',
    status: 403,
    when: ({ request: { may, caller }, server, assigned }) => {
      const action = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';
      const refused = assigned.find((id) => !includesId(server.userAssignedIdentities, id) && !may(action, id));
      return refused === undefined
        ? undefined
        : `The client '${caller.appid}' with object id '${caller.oid}' has permission to perform action '${sqlTypeOf(server)}/write' on scope '${server.id}'; however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${refused}' (respectively) or the linked scope(s) are invalid.`;
    },
  },
  {
    code: 'MissingIdentityId',
    status: 400,
    when: (f) =>
      messageIf(
        f.type.includes('User') && f.assigned.length === 0,
        'Missing identity id: the identity type is UserAssigned.',
      ),
  },
  {
    code: 'MissingPrimaryIdentity',
    status: 400,
    when: (f) =>
      messageIf(
        f.assigned.length > 0 && f.primary === undefined,
        'Missing primary identity: user-assigned identities need PrimaryUserAssignedIdentityId.',
      ),
  },
  {
    code: 'InvalidPrimaryIdentityId',
    status: 400,
    when: ({ primary, assigned }) =>
      messageIf(
        primary !== undefined && !includesId(assigned, primary),
        'The primary user assigned identity is not among the identities of the server.',
      ),
  },
  {
    code: 'InvalidIdentityTypeForKeyId',
    status: 400,
    when: (f) =>
      messageIf(
        f.keyId !== '' && f.assigned.length === 0,
        "KeyId is provided by user but identity type is not set to 'UserAssigned'.",
      ),
  },
  {
    code: 'InvalidParameterValue',
    status: 400,
    when: (f) =>
      messageIf(
        f.keyId !== '' && f.key?.version === undefined,
        `An invalid value was given to parameter KeyId: '${f.keyId}'.`,
      ),
  },
  knownSettings,
  {
    code: 'UpsertLogicalServerRequestAlreadyInProgress',
    status: 409,
    when: (f) =>
      messageIf(
        runningOn(f.request.emulator, f.server).length > 0,
        `Server '${f.server.name}' is busy with another operation. Please try your operation later.`,
      ),
  },
];
