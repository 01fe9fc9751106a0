import type { Azure } from '../core/ports';
import { abortable } from './paging';
import { during } from './gateway/failures';
import type { SqlClients } from './clients';

export function tdeProtectors(clients: SqlClients): Azure['tdeProtectors'] {
  return {
    get: (server, signal) =>
      during({ name: 'read TDE protector', resource: server.id }, async () => {
        const { encryptionProtectors } = await clients(server.subscriptionId);
        const { serverKeyName, serverKeyType, uri, autoRotationEnabled } = await encryptionProtectors.get(
          server.resourceGroup,
          server.name,
          'current',
          abortable(signal),
        );
        return {
          serverKeyName: serverKeyName ?? 'ServiceManaged',
          type: serverKeyType === 'AzureKeyVault' ? 'customerManaged' : 'serviceManaged',
          ...(uri && { uri }),
          autoRotation: autoRotationEnabled ?? false,
        };
      }),
  };
}
