import type { ServerKey as SdkServerKey, ServerKeys } from '@azure/arm-sql';
import { sameId } from '../core/armId';
import { isArmError } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import type { ServerKey, ServerKeyRequest, SqlServer } from '../core/model';
import type { Azure } from '../core/ports';
import { parseServerKeyName } from '../core/keys/serverKeyName';
import { abortable, isValidDate, toArray } from './paging';
import { during } from './gateway/failures';
import { pollIntervalMs, type SqlClients } from './clients';
import type { RunOperation } from './gateway/deadline';

export function serverKeys(clients: SqlClients, runOperation: RunOperation): Azure['serverKeys'] {
  return {
    list: (server, signal) =>
      during({ name: 'list server keys', resource: server.id }, async () => {
        const { serverKeys: keys } = await clients(server.subscriptionId);
        return (await toArray(keys.listByServer(server.resourceGroup, server.name, abortable(signal)))).map(
          toServerKey,
        );
      }),

    create: (server, request, signal) =>
      during({ name: 'create server key', resource: `${server.id}/keys/${request.name}` }, () =>
        runOperation(signal, async (limited) =>
          createKey((await clients(server.subscriptionId)).serverKeys, server, request, limited),
        ),
      ),

    delete: (server, key, signal) =>
      during({ name: 'delete server key', resource: key.id }, () =>
        runOperation(signal, async (limited) =>
          deleteKey((await clients(server.subscriptionId)).serverKeys, server, key, limited),
        ),
      ),
  };
}

async function createKey(
  keys: ServerKeys,
  { resourceGroup, name: serverName }: SqlServer,
  { name, properties }: ServerKeyRequest,
  signal: AbortSignal,
): Promise<ServerKey> {
  const options = { ...abortable(signal), updateIntervalInMs: pollIntervalMs };
  const poller = await keys
    .beginCreateOrUpdate(resourceGroup, serverName, name, properties, options)
    .catch((error: unknown) => {
      throw parseServerKeyName(name)?.version === undefined ? versionlessRefused(error) : error;
    });
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
  const at = [server.resourceGroup, server.name] as const;
  const poller = await keys.beginDelete(...at, name, { ...abortable(signal), updateIntervalInMs: pollIntervalMs });
  await poller.pollUntilDone(abortable(signal));
  const left = await toArray(keys.listByServer(...at, abortable(signal)));
  if (left.some((key) => sameId(key.name, name))) {
    throw knownError({ code: 'ServerKeyStillThere', message: '' });
  }
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
