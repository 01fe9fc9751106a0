import type { ManagedInstanceKeys, ServerKeys, SqlManagementClient } from '@azure/arm-sql';
import { isInstanceId, sameId } from '../core/armId';
import { isArmError } from '../core/armError';
import { knownError } from '../core/errors/errorCode';
import type { ServerKey, ServerKeyRequest, SqlServer } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { isServerKeyOf } from '../core/keys/sameKey';
import { parseServerKeyName } from '../core/keys/serverKeyName';
import { apiVersions, serverPath, type ArmRequests } from './armRequests';
import { isVersionRefusal } from './gateway/apiVersions';
import { abortable, isValidDate } from './paging';
import { during } from './gateway/failures';
import { pollIntervalMs, type SqlClients } from './clients';
import type { RunOperation } from './gateway/deadline';
import { settled, verified } from './settled';

export function serverKeys(clients: SqlClients, arm: ArmRequests, runOperation: RunOperation): Azure['serverKeys'] {
  return {
    list: (server, signal) =>
      during({ name: 'list server keys', resource: server.id }, () => listKeys(arm, server, signal)),

    create: (server, request, signal) =>
      during({ name: 'create server key', resource: `${server.id}/keys/${request.name}` }, async () => {
        const keys = keysOf(await clients(server.subscriptionId), server);
        return settled(
          () => runOperation(signal, (limited) => createKey(keys, server, request, limited)),
          async () => (await listKeys(arm, server, signal)).find(isServerKeyOf(request.properties.uri)),
        ).catch((error: unknown) => {
          throw parseServerKeyName(request.name)?.version === undefined ? versionlessRefused(error) : error;
        });
      }),

    delete: (server, key, signal) =>
      during({ name: 'delete server key', resource: key.id }, async () => {
        const keys = keysOf(await clients(server.subscriptionId), server);
        await verified(
          () => runOperation(signal, (limited) => deleteKey(keys, server, key, limited)),
          async () => !(await listKeys(arm, server, signal)).some(({ name }) => sameId(name, key.name)),
          () => knownError({ code: 'ServerKeyStillThere', message: '' }),
        );
      }),
  };
}

/** Both have the same operations. */
type Keys = Pick<ServerKeys & ManagedInstanceKeys, 'beginCreateOrUpdate' | 'beginDelete'>;

const keysOf = ({ serverKeys: ofServers, managedInstanceKeys }: SqlManagementClient, { id }: ServerPlace): Keys =>
  isInstanceId(id) ? managedInstanceKeys : ofServers;

/** The client of the SDK doesn't know the properties of newer API versions. */
async function listKeys(arm: ArmRequests, server: ServerPlace, signal?: AbortSignal): Promise<ServerKey[]> {
  const listed = await arm.list({ path: `${serverPath(server)}/keys`, apiVersion: apiVersions.sql }, signal);
  return (listed as Listed[]).map(({ properties, ...item }) => toServerKey({ ...item, ...properties }));
}

type Listed = Resource & { readonly properties?: Properties };

interface Resource {
  readonly id?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly location?: string;
}

interface Properties {
  readonly uri?: string;
  readonly thumbprint?: string;
  /** Text in a response; a date from the client of the SDK. */
  readonly creationDate?: string | Date;
  readonly serverKeyType?: string;
  readonly keyVersion?: string;
  readonly subregion?: string;
  readonly autoRotationEnabled?: boolean;
}

async function createKey(
  keys: Keys,
  { resourceGroup, name: serverName }: SqlServer,
  { name, properties }: ServerKeyRequest,
  signal: AbortSignal,
): Promise<ServerKey> {
  const options = { ...abortable(signal), updateIntervalInMs: pollIntervalMs };
  const poller = await keys.beginCreateOrUpdate(resourceGroup, serverName, name, properties, options);
  // The poller ends with a read of the server key itself.
  const created = toServerKey(await poller.pollUntilDone(abortable(signal)));
  if (!isServerKeyOf(properties.uri)(created)) {
    throw knownError({
      code: 'UnexpectedAnswer',
      message: `The server key has the key identifier "${created.uri ?? ''}".`,
    });
  }
  return created;
}

async function deleteKey(keys: Keys, server: SqlServer, { name }: ServerKey, signal: AbortSignal): Promise<void> {
  const options = { ...abortable(signal), updateIntervalInMs: pollIntervalMs };
  const poller = await keys.beginDelete(server.resourceGroup, server.name, name, options);
  await poller.pollUntilDone(abortable(signal));
}

/** A cloud without this api-version doesn't support versionless key identifiers. */
function versionlessRefused(error: unknown): unknown {
  return isArmError(error) && isVersionRefusal(error)
    ? knownError({ code: 'VersionlessNotSupported', message: error.message }, { cause: error })
    : error;
}

function toServerKey({ id = '', name = '', kind, location, ...properties }: Resource & Properties): ServerKey {
  const { uri, thumbprint, creationDate, serverKeyType, keyVersion, subregion, autoRotationEnabled } = properties;
  const created = typeof creationDate === 'string' ? new Date(creationDate) : creationDate;
  return {
    id,
    name,
    type: serverKeyType === 'ServiceManaged' ? 'serviceManaged' : 'customerManaged',
    ...(uri && { uri }),
    ...(thumbprint && { thumbprint }),
    ...(isValidDate(created) && { created }),
    ...(keyVersion && { version: keyVersion }),
    ...(kind && { kind }),
    ...(location && { location }),
    ...(subregion && { subregion }),
    ...(typeof autoRotationEnabled === 'boolean' && { autoRotation: autoRotationEnabled }),
  };
}
