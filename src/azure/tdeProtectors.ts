import type { TdeProtector } from '../core/model';
import type { Azure } from '../core/ports';
import { apiVersions, serverPath, type ArmRequests } from './armRequests';
import { during } from './gateway/failures';

export function tdeProtectors(arm: ArmRequests): Azure['tdeProtectors'] {
  return {
    get: (server, signal) =>
      during({ name: 'read TDE protector', resource: server.id }, () => readProtector(arm, serverPath(server), signal)),

    listInaccessible: (server, signal) =>
      during({ name: 'list inaccessible databases', resource: server.id }, async () => {
        const path = `${serverPath(server)}/inaccessibleDatabases`;
        const listed = (await arm.list({ path, apiVersion: apiVersions.sql }, signal)) as Database[];
        // The others depend on their database-level key.
        return listed.flatMap(({ name, properties }) => (properties?.encryptionProtector ? [] : (name ?? [])));
      }),
  };
}

/** The TDE protector of the server or managed instance at a path. */
export async function readProtector(arm: ArmRequests, of: string, signal?: AbortSignal): Promise<TdeProtector> {
  const path = `${of}/encryptionProtector/current`;
  const protector = (await arm.send({ path, apiVersion: apiVersions.sql }, signal)) as Protector;
  const { kind, location, properties = {} } = protector;
  const { serverKeyName, serverKeyType, uri, thumbprint, keyVersion, subregion, autoRotationEnabled } = properties;
  return {
    serverKeyName: serverKeyName ?? 'ServiceManaged',
    type: serverKeyType === 'AzureKeyVault' ? 'customerManaged' : 'serviceManaged',
    ...(uri && { uri }),
    ...(thumbprint && { thumbprint }),
    ...(keyVersion && { version: keyVersion }),
    ...(kind && { kind }),
    ...(location && { location }),
    ...(subregion && { subregion }),
    autoRotation: autoRotationEnabled ?? false,
  };
}

interface Database {
  readonly name?: string;
  readonly properties?: { readonly encryptionProtector?: string };
}

interface Protector {
  readonly kind?: string;
  readonly location?: string;
  readonly properties?: {
    readonly serverKeyName?: string;
    readonly serverKeyType?: string;
    readonly uri?: string;
    readonly thumbprint?: string;
    readonly keyVersion?: string;
    readonly subregion?: string;
    readonly autoRotationEnabled?: boolean;
  };
}
