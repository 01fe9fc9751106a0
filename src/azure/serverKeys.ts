import type { ServerKey as SdkServerKey, ServerKeys } from '@azure/arm-sql';
import { sameId } from '../core/armId';
import { isArmError } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import type { ServerKey, ServerKeyRequest, SqlServer } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { parseServerKeyName } from '../core/keys/serverKeyName';
import { abortable, isValidDate, toArray } from './paging';
import { during } from './gateway/failures';
import { pollIntervalMs, type SqlClients } from './clients';
import type { RunOperation } from './gateway/deadline';
import { settled, verified } from './settled';

export function serverKeys(clients: SqlClients, runOperation: RunOperation): Azure['serverKeys'] {
  return {
    list: (server, signal) =>
      during({ name: 'list server keys', resource: server.id }, async () =>
        listKeys((await clients(server.subscriptionId)).serverKeys, server, signal),
      ),

    create: (server, request, signal) =>
      during({ name: 'create server key', resource: `${server.id}/keys/${request.name}` }, async () => {
        const { serverKeys: keys } = await clients(server.subscriptionId);
        return settled(
          () => runOperation(signal, (limited) => createKey(keys, server, request, limited)),
          async () => (await listKeys(keys, server, signal)).find(({ uri }) => sameId(uri, request.properties.uri)),
        ).catch((error: unknown) => {
          throw parseServerKeyName(request.name)?.version === undefined ? versionlessRefused(error) : error;
        });
      }),

    delete: (server, key, signal) =>
      during({ name: 'delete server key', resource: key.id }, async () => {
        const { serverKeys: keys } = await clients(server.subscriptionId);
        await verified(
          () => runOperation(signal, (limited) => deleteKey(keys, server, key, limited)),
          async () => !(await listKeys(keys, server, signal)).some(({ name }) => sameId(name, key.name)),
          () => knownError({ code: 'ServerKeyStillThere', message: '' }),
        );
      }),
  };
}

async function listKeys(
  keys: ServerKeys,
  { resourceGroup, name }: ServerPlace,
  signal?: AbortSignal,
): Promise<ServerKey[]> {
  return (await toArray(keys.listByServer(resourceGroup, name, abortable(signal)))).map(toServerKey);
}

async function createKey(
  keys: ServerKeys,
  { resourceGroup, name: serverName }: SqlServer,
  { name, properties }: ServerKeyRequest,
  signal: AbortSignal,
): Promise<ServerKey> {
  const options = { ...abortable(signal), updateIntervalInMs: pollIntervalMs };
  const poller = await keys.beginCreateOrUpdate(resourceGroup, serverName, name, properties, options);
  // The poller ends with a read of the server key itself.
  const created = toServerKey(await poller.pollUntilDone(abortable(signal)));
  if (!sameId(created.uri, properties.uri)) {
    throw knownError({
      code: 'UnexpectedAnswer',
      message: `The server key has the key identifier "${created.uri ?? ''}".`,
    });
  }
  return created;
}

async function deleteKey(keys: ServerKeys, server: SqlServer, { name }: ServerKey, signal: AbortSignal): Promise<void> {
  const options = { ...abortable(signal), updateIntervalInMs: pollIntervalMs };
  const poller = await keys.beginDelete(server.resourceGroup, server.name, name, options);
  await poller.pollUntilDone(abortable(signal));
}

/** A cloud without this api-version doesn't support versionless key identifiers. */
function versionlessRefused(error: unknown): unknown {
  return isArmError(error) && hasCode(error, 'NoRegisteredProviderFound')
    ? knownError({ code: 'VersionlessNotSupported', message: error.message }, { cause: error })
    : error;
}

function toServerKey({ id = '', name = '', uri, thumbprint, creationDate, serverKeyType }: SdkServerKey): ServerKey {
  return {
    id,
    name,
    type: serverKeyType === 'ServiceManaged' ? 'serviceManaged' : 'customerManaged',
    ...(uri && { uri }),
    ...(thumbprint && { thumbprint }),
    ...(isValidDate(creationDate) && { created: creationDate }),
  };
}
