import type { ServerKey as SdkServerKey } from '@azure/arm-sql';
import { formatKeyIdentifier } from '../core/keyIdentifier';
import type { ServerKey } from '../core/model';
import type { Azure } from '../core/ports';
import { serverKeyName } from '../core/serverKeyName';
import { abortable, collect } from './collect';
import { during } from './failures';
import type { SqlClients } from './sqlClient';

/** Between two looks at a running operation where Azure names no Retry-After, in milliseconds. */
const pollIntervalMs = 2000;

export function serverKeys(clients: SqlClients): Azure['serverKeys'] {
  return {
    list: (server, signal) =>
      during({ name: 'list server keys', resource: server.id }, async () => {
        const { serverKeys: keys } = clients(server.subscriptionId);
        return (await collect(keys.listByServer(server.resourceGroup, server.name, abortable(signal)))).map(
          toServerKey,
        );
      }),

    create: (server, key, signal) => {
      const name = serverKeyName(key);
      return during({ name: 'create server key', resource: `${server.id}/keys/${name}` }, async () => {
        const { serverKeys: keys } = clients(server.subscriptionId);
        const poller = await keys.beginCreateOrUpdate(
          server.resourceGroup,
          server.name,
          name,
          { serverKeyType: 'AzureKeyVault', uri: formatKeyIdentifier(key) },
          { ...abortable(signal), updateIntervalInMs: pollIntervalMs },
        );
        // The poller ends with a read of the key itself.
        return toServerKey(await poller.pollUntilDone(abortable(signal)));
      });
    },
  };
}

function toServerKey({ id = '', name = '', uri, thumbprint, creationDate, serverKeyType }: SdkServerKey): ServerKey {
  return {
    id,
    name,
    type: serverKeyType === 'ServiceManaged' ? 'serviceManaged' : 'customerManaged',
    ...(uri && { uri }),
    ...(thumbprint && { thumbprint }),
    ...(creationDate && { created: creationDate }),
  };
}
