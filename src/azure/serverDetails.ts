import type { ServerUpdate, SqlManagementClient } from '@azure/arm-sql';
import { parseArmId, sameId } from '../core/armId';
import type { ServerDetails, ServerIdentity } from '../core/model';
import type { ServerPlace } from '../core/ports';
import { apiVersions, serverPath, subscriptionPath, type ArmRequests } from './armRequests';
import { abortable } from './paging';
import type { RunOperation } from './gateway/deadline';
import { changeNotThere } from './gateway/failures';
import { settled } from './settled';
import { pollIntervalMs } from './clients';

export async function readServer(arm: ArmRequests, place: ServerPlace, signal?: AbortSignal): Promise<ServerDetails> {
  return toDetails(place, (await arm.send({ path: serverPath(place), apiVersion: apiVersions.sql }, signal)) as Server);
}

/** All logical servers of a subscription. */
export async function listDetails(
  arm: ArmRequests,
  subscriptionId: string,
  signal?: AbortSignal,
): Promise<readonly ServerDetails[]> {
  const path = `${subscriptionPath({ subscriptionId })}/providers/Microsoft.Sql/servers`;
  const listed = (await arm.list({ path, apiVersion: apiVersions.sql }, signal)) as Server[];
  return listed.flatMap((server) =>
    server.id ? [toDetails({ id: server.id, ...parseArmId(server.id) }, server)] : [],
  );
}

interface Server {
  readonly id?: string;
  readonly location?: string;
  readonly identity?: (IdentityFacts & { readonly tenantId?: string }) | null;
  readonly properties?: {
    readonly state?: string;
    readonly primaryUserAssignedIdentityId?: string | null;
    readonly federatedClientId?: string | null;
  };
}

function toDetails(
  { id, name, subscriptionId, resourceGroup }: ServerPlace,
  { location = '', identity, properties = {} }: Server,
): ServerDetails {
  const { state, primaryUserAssignedIdentityId, federatedClientId } = properties;
  return {
    id,
    name,
    subscriptionId,
    resourceGroup,
    location,
    identity: toIdentity(identity, primaryUserAssignedIdentityId),
    state: state ?? 'Ready',
    ...(identity?.tenantId && { identityTenantId: identity.tenantId }),
    ...(federatedClientId && { federatedClientId }),
  };
}

/** If the subscription has moved to another tenant, assigning the identity again moves it there. */
export function assignIdentity(
  clients: Clients,
  place: ServerPlace,
  runOperation: RunOperation,
  signal?: AbortSignal,
): Promise<ServerDetails> {
  const change: IdentityChange = {
    update: ({ userAssigned }) => ({ identity: identityOf(true, idsOf(userAssigned)) }),
    isMade: ({ systemAssigned }) => systemAssigned !== undefined,
  };
  return changeIdentity({ ...clients, place, runOperation, signal }, change);
}

/** Assigns a user-assigned identity if necessary, and makes it the primary one. */
export function setPrimaryIdentity(
  clients: Clients,
  { server: place, identityId }: { readonly server: ServerPlace; readonly identityId: string },
  runOperation: RunOperation,
  signal?: AbortSignal,
): Promise<ServerDetails> {
  const change: IdentityChange = {
    update: ({ systemAssigned, userAssigned }) => {
      const others = idsOf(userAssigned).filter((id) => !sameId(id, identityId));
      const identity = identityOf(systemAssigned !== undefined, [...others, identityId]);
      return { identity, primaryUserAssignedIdentityId: identityId };
    },
    isMade: ({ userAssigned, primaryUserAssigned }) =>
      sameId(primaryUserAssigned, identityId) && userAssigned.some(({ id }) => sameId(id, identityId)),
  };
  return changeIdentity({ ...clients, place, runOperation, signal }, change);
}

interface IdentityChange {
  /** The update for the identities that the server has now. */
  readonly update: (now: ServerIdentity) => ServerUpdate;
  readonly isMade: (identity: ServerIdentity) => boolean;
}

const idsOf = (identities: ServerIdentity['userAssigned']): readonly string[] => identities.map(({ id }) => id);

function identityOf(isSystemAssigned: boolean, userAssigned: readonly string[]): NonNullable<ServerUpdate['identity']> {
  const type = [...(isSystemAssigned ? ['SystemAssigned'] : []), ...(userAssigned.length > 0 ? ['UserAssigned'] : [])];
  return {
    type: type.join(','),
    ...(userAssigned.length > 0 && { userAssignedIdentities: Object.fromEntries(userAssigned.map((id) => [id, {}])) }),
  };
}

/** Changes go through the client of the SDK. */
interface Clients {
  readonly arm: ArmRequests;
  readonly client: SqlManagementClient;
}

interface ChangeOf extends Clients {
  readonly place: ServerPlace;
  readonly runOperation: RunOperation;
  readonly signal: AbortSignal | undefined;
}

async function changeIdentity(
  { arm, client, place, runOperation, signal }: ChangeOf,
  { update, isMade }: IdentityChange,
): Promise<ServerDetails> {
  // Read first, because Azure may remove identities that aren't sent.
  const parameters = update((await readServer(arm, place, signal)).identity);
  const change = async (limited: AbortSignal): Promise<void> => {
    const options = { ...abortable(limited), updateIntervalInMs: pollIntervalMs };
    const poller = await client.servers.beginUpdate(place.resourceGroup, place.name, parameters, options);
    await poller.pollUntilDone(abortable(limited));
  };
  const readChanged = async (): Promise<ServerDetails | undefined> => {
    const server = await readServer(arm, place, signal);
    return isMade(server.identity) ? server : undefined;
  };
  const server = await settled(async () => {
    await runOperation(signal, change);
    return readChanged();
  }, readChanged);
  if (!server) throw changeNotThere();
  return server;
}

/** The identity block of a server, in Resource Graph and in Resource Manager. */
export interface IdentityFacts {
  readonly principalId?: string;
  readonly userAssignedIdentities?: Readonly<Record<string, { readonly principalId?: string }>>;
}

export function toIdentity(
  identity: IdentityFacts | null | undefined,
  primaryUserAssigned: string | null | undefined,
): ServerIdentity {
  const userAssigned = Object.entries(identity?.userAssignedIdentities ?? {});
  return {
    ...(identity?.principalId && { systemAssigned: { principalId: identity.principalId } }),
    userAssigned: userAssigned.map(([id, { principalId }]) => ({ id, ...(principalId && { principalId }) })),
    ...(primaryUserAssigned && { primaryUserAssigned }),
  };
}
