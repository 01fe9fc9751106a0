import { idKey, isInstanceId } from '../armId';
import { serverKeyRequest, type Creation } from '../creation/creation';
import { formatKeyIdentifier } from '../keys/keyIdentifier';
import type { SqlServer } from '../model';
import type { Azure, ServerPlace } from '../ports';
import { resourceGroupId } from '../resourceGroupId';
import { batchedReads } from './batchedReads';
import { mayCreate } from './callerChecks';
import { isAbsent, tryRead, type Facts, type Partner, type ServerFacts } from './facts';
import { findPartner } from './findPartner';
import { readKeyFacts, readRoles } from './readKeyUse';

/** Reads facts about creations. Reads shared facts only once. */
export interface FactsReader {
  /** Reads all facts for the checks, with at most four requests in sequence. */
  readonly read: (creation: Creation, signal?: AbortSignal) => Promise<Facts>;
  /** Reads the facts about a server itself. */
  readonly readServer: (server: SqlServer, signal?: AbortSignal) => Promise<ServerFacts>;
  /** Reads only the facts that are shown when the checks are turned off. */
  readonly readShown: (creation: Creation, signal?: AbortSignal) => Promise<ShownFacts>;
}

export type ShownFacts = Pick<Facts, 'vault' | 'version' | 'serverKeys'>;

/**
 * @param subscriptionIds where to look for vaults and replicas
 * @param servers all servers whose facts will be read
 */
export function factsReader(
  connected: Azure,
  subscriptionIds: readonly string[],
  servers: readonly SqlServer[] = [],
): FactsReader {
  const azure = batchedReads(connected, servers);
  const serverId = ({ server }: Pick<Creation, 'server'>) => idKey(server.id);
  const keyId = ({ key }: Creation) => idKey(formatKeyIdentifier(key));
  const readServer = memoize(serverId, ({ server }, signal) => readServerFacts(azure, server, subscriptionIds, signal));
  const readServerKeys = memoize(serverId, ({ server }, signal) =>
    tryRead(azure.serverKeys.list(server, signal), signal),
  );
  const readKey = memoize(keyId, (creation, signal) => readKeyFacts(azure, creation, subscriptionIds, signal));
  return {
    read: (creation, signal) => {
      const serverKeys = readServerKeys(creation, signal);
      const policies = tryRead(azure.policies.listDenials(creation.server, serverKeyRequest(creation), signal), signal);
      const reads = { serverKeys, policies, ...readServer(creation, signal), ...readKey(creation, signal) };
      return awaitAll({
        ...reads,
        roles: readRoles(azure, creation, { user: reads.server, vault: reads.vault }, signal),
      });
    },
    readServer: (server, signal) =>
      awaitServer({ serverKeys: readServerKeys({ server }, signal), ...readServer({ server }, signal) }),
    readShown: async (creation, signal) => {
      const reads = readKey(creation, signal);
      const serverKeys = readServerKeys(creation, signal);
      const [vault, version] = await Promise.all([reads.vault, reads.version, serverKeys]);
      return { vault, version, serverKeys: await serverKeys };
    },
  };
}

/** Facts that are being read. */
type Reads<Read = Facts> = { readonly [Name in keyof Read]: Promise<Read[Name]> };

async function awaitServer(reads: Reads<ServerFacts>): Promise<ServerFacts> {
  await Promise.all(Object.values(reads));
  return {
    server: await reads.server,
    elsewhere: await reads.elsewhere,
    serverKeys: await reads.serverKeys,
    protector: await reads.protector,
    inaccessible: await reads.inaccessible,
    partners: await reads.partners,
    operations: await reads.operations,
    locks: await reads.locks,
    denyAssignments: await reads.denyAssignments,
    permissions: await reads.permissions,
    groupPermissions: await reads.groupPermissions,
  };
}

async function awaitAll(reads: Reads): Promise<Facts> {
  await Promise.all(Object.values(reads));
  return {
    ...(await awaitServer(reads)),
    vault: await reads.vault,
    settings: await reads.settings,
    version: await reads.version,
    newest: await reads.newest,
    roles: await reads.roles,
    policies: await reads.policies,
    vaultPermissions: await reads.vaultPermissions,
  };
}

function readServerFacts(azure: Azure, place: SqlServer, subscriptionIds: readonly string[], signal?: AbortSignal) {
  const { sqlServers, tdeProtectors, access } = azure;
  const server = tryRead(sqlServers.get(place, signal), signal);
  const protector = tryRead(tdeProtectors.get(place, signal), signal);
  const groupPermissions = tryRead(access.listPermissions(resourceGroupId(place.id) ?? place.id, signal), signal);
  const where = [place.name, subscriptionIds, signal] as const;
  const findElsewhere = () =>
    tryRead(isInstanceId(place.id) ? sqlServers.findInstance(...where) : sqlServers.find(...where), signal);
  return {
    server,
    elsewhere: server.then((reading) => (isAbsent(reading) ? findElsewhere() : undefined)),
    protector,
    inaccessible: protector.then(({ value }) =>
      value?.type === 'customerManaged' ? tryRead(tdeProtectors.listInaccessible(place, signal), signal) : undefined,
    ),
    partners: tryRead(readPartners(azure, place, subscriptionIds, signal), signal),
    operations: tryRead(sqlServers.listRunningOperations(place, signal), signal),
    locks: tryRead(access.listLocks(place.id, signal), signal),
    denyAssignments: tryRead(access.listDenyAssignments(place.id, signal), signal),
    permissions: groupPermissions.then((group) =>
      group.value && mayCreate(place, group.value) ? group : tryRead(access.listPermissions(place.id, signal), signal),
    ),
    groupPermissions,
  };
}

async function readPartners(
  { sqlServers, serverKeys, tdeProtectors }: Azure,
  place: ServerPlace,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Partner[]> {
  const partners = await sqlServers.listGeoPartners(place, signal);
  return Promise.all(
    partners.map(async (partner): Promise<Partner> => {
      const at = await findPartner({ sqlServers }, partner, subscriptionIds, signal);
      if (!at) return partner;
      const [keys, protector] = await Promise.all([
        tryRead(serverKeys.list(at, signal), signal),
        tryRead(tdeProtectors.get(at, signal), signal),
      ]);
      return { ...partner, place: at, serverKeys: keys, protector };
    }),
  );
}

/** Reads once for everything for which `keyOf` returns the same key. */
function memoize<Of, Result>(keyOf: (of: Of) => string, read: (of: Of, signal?: AbortSignal) => Result) {
  const reads = new Map<string, Result>();
  return (of: Of, signal?: AbortSignal): Result => {
    const key = keyOf(of);
    const result = reads.get(key) ?? read(of, signal);
    reads.set(key, result);
    return result;
  };
}
