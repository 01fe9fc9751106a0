import { isProtectorKey } from '../core/keys/sameKey';
import type { ServerKey, TdeProtector } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { serverType } from '../core/serverType';
import { listEvents } from './activityLog';
import { apiVersions, serverPath, type ArmRequests } from './armRequests';
import type { RunOperation } from './gateway/deadline';
import { changeNotThere, during } from './gateway/failures';
import { settled, verified } from './settled';

/** A server has one TDE protector, which always has the name "current". */
const pathOf = (server: ServerPlace): string => `${serverPath(server)}/encryptionProtector/current`;

export function tdeProtectors(arm: ArmRequests, runOperation: RunOperation): Azure['tdeProtectors'] {
  return {
    get: (server, signal) =>
      during({ name: 'read TDE protector', resource: server.id }, () => readProtector(arm, server, signal)),

    listInaccessible: (server, signal) =>
      during({ name: 'list inaccessible databases', resource: server.id }, () => listInaccessible(arm, server, signal)),

    listAllInaccessible: (server, signal) =>
      during({ name: 'list inaccessible databases', resource: server.id }, async () =>
        (await readInaccessible(arm, server, signal)).flatMap(({ name }) => name ?? []),
      ),

    getLoss: (server, database, now, signal) =>
      during({ name: 'read activity log', resource: server.id }, async () =>
        lossIn(await listEvents(arm, server, `${server.id}/databases/${database}`, now, signal)),
      ),

    set: (server, key, autoRotation, signal) =>
      during({ name: 'set TDE protector', resource: key.id }, async () => {
        const request = { method: 'PUT', path: pathOf(server), apiVersion: apiVersions.sql } as const;
        const body = requestFor(key, autoRotation);
        const readChanged = async (): Promise<TdeProtector | undefined> => {
          const protector = await readProtector(arm, server, signal);
          return isProtectorKey(key, protector) && protector.autoRotation === autoRotation ? protector : undefined;
        };
        const protector = await settled(async () => {
          await runOperation(signal, (limited) => arm.run({ ...request, body }, limited));
          return readChanged();
        }, readChanged);
        if (!protector) throw changeNotThere();
        return protector;
      }),

    revalidate: (server, signal) =>
      during({ name: 'revalidate TDE protector', resource: server.id }, () => {
        const path = `${pathOf(server)}/revalidate`;
        const request = { method: 'POST', path, apiVersion: apiVersions.sql } as const;
        return verified(
          () => runOperation(signal, (limited) => arm.run(request, limited)),
          async () => (await listInaccessible(arm, server, signal)).length === 0,
        );
      }),
  };
}

/** The first event of the current outage. Source of the names: Azure SQL docs, "Common errors with customer-managed keys". */
function lossIn(events: Awaited<ReturnType<typeof listEvents>>): Date | undefined {
  const lastReturn = events.findIndex(
    ({ name, status }) => /MakeDatabaseAccessible$/i.test(name) && /^succeeded$/i.test(status),
  );
  const since = lastReturn === -1 ? events : events.slice(0, lastReturn);
  return since.findLast(({ name }) => /MakeDatabaseInaccessible$/i.test(name))?.time;
}

async function readProtector(arm: ArmRequests, server: ServerPlace, signal?: AbortSignal): Promise<TdeProtector> {
  const protector = (await arm.send({ path: pathOf(server), apiVersion: apiVersions.sql }, signal)) as Protector;
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

async function readInaccessible(
  arm: ArmRequests,
  server: ServerPlace,
  signal?: AbortSignal,
): Promise<readonly Database[]> {
  const path = `${serverPath(server)}/${serverType(server).inaccessible}`;
  return (await arm.list({ path, apiVersion: apiVersions.sql }, signal)) as Database[];
}

async function listInaccessible(...args: Parameters<typeof readInaccessible>): Promise<readonly string[]> {
  const listed = await readInaccessible(...args);
  // The others depend on their database-level key.
  return listed.flatMap(({ name, properties }) => (properties?.encryptionProtector ? [] : (name ?? [])));
}

interface Database {
  readonly name?: string;
  readonly properties?: { readonly encryptionProtector?: string };
}

/** Azure doesn't document whether a request without the flag turns automatic rotation off, so it is always sent. */
const requestFor = ({ name, type }: ServerKey, autoRotationEnabled: boolean): object => ({
  properties: {
    serverKeyName: name,
    serverKeyType: type === 'serviceManaged' ? 'ServiceManaged' : 'AzureKeyVault',
    autoRotationEnabled,
  },
});
