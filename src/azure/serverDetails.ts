import type { SqlManagementClient } from '@azure/arm-sql';
import type { ServerDetails, ServerIdentity } from '../core/model';
import type { ServerPlace } from '../core/ports';
import { abortable } from './paging';
import type { RunOperation } from './gateway/deadline';
import { changeNotThere } from './gateway/failures';
import { settled } from './settled';
import { pollIntervalMs } from './clients';

export async function readServer(
  { servers }: SqlManagementClient,
  place: ServerPlace,
  signal?: AbortSignal,
): Promise<ServerDetails> {
  const { id, name, subscriptionId, resourceGroup } = place;
  const { location, state, identity, primaryUserAssignedIdentityId, federatedClientId } = await servers.get(
    resourceGroup,
    name,
    abortable(signal),
  );
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
export async function assignIdentity(
  client: SqlManagementClient,
  place: ServerPlace,
  runOperation: RunOperation,
  signal?: AbortSignal,
): Promise<ServerDetails> {
  // Read first, because Azure may remove identities that aren't sent.
  const { userAssigned } = (await readServer(client, place, signal)).identity;
  const identity =
    userAssigned.length === 0
      ? { type: 'SystemAssigned' }
      : {
          type: 'SystemAssigned,UserAssigned',
          userAssignedIdentities: Object.fromEntries(userAssigned.map(({ id }) => [id, {}])),
        };
  const change = async (limited: AbortSignal): Promise<void> => {
    const options = { ...abortable(limited), updateIntervalInMs: pollIntervalMs };
    const poller = await client.servers.beginUpdate(place.resourceGroup, place.name, { identity }, options);
    await poller.pollUntilDone(abortable(limited));
  };
  const readAssigned = async (): Promise<ServerDetails | undefined> => {
    const server = await readServer(client, place, signal);
    return server.identity.systemAssigned && server;
  };
  const server = await settled(async () => {
    await runOperation(signal, change);
    return readAssigned();
  }, readAssigned);
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
