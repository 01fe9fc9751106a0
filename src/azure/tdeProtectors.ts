import type { Azure } from '../core/ports';
import { apiVersions, serverPath, type ArmRequests } from './armRequests';
import { during } from './gateway/failures';

export function tdeProtectors(arm: ArmRequests): Azure['tdeProtectors'] {
  return {
    get: (server, signal) =>
      during({ name: 'read TDE protector', resource: server.id }, async () => {
        const path = `${serverPath(server)}/encryptionProtector/current`;
        const { properties = {} } = (await arm.send({ path, apiVersion: apiVersions.sql }, signal)) as Protector;
        const { serverKeyName, serverKeyType, uri, thumbprint, keyVersion, autoRotationEnabled } = properties;
        return {
          serverKeyName: serverKeyName ?? 'ServiceManaged',
          type: serverKeyType === 'AzureKeyVault' ? 'customerManaged' : 'serviceManaged',
          ...(uri && { uri }),
          ...(thumbprint && { thumbprint }),
          ...(keyVersion && { version: keyVersion }),
          autoRotation: autoRotationEnabled ?? false,
        };
      }),
  };
}

interface Protector {
  readonly properties?: {
    readonly serverKeyName?: string;
    readonly serverKeyType?: string;
    readonly uri?: string;
    readonly thumbprint?: string;
    readonly keyVersion?: string;
    readonly autoRotationEnabled?: boolean;
  };
}
