import { idKey, parseArmId } from '../armId';
import { latestVersion } from '../keys/keyChoice';
import { formatKeyIdentifier } from '../keys/keyIdentifier';
import type { KeyIdentifier, KeyVault, SqlServer, VaultKey } from '../model';
import type { Azure, ServerPlace } from '../ports';
import { serverKeyName } from '../keys/serverKeyName';
import { isAbsent, reading, type Facts, type Partner, type Reading, type ServerKeyRequest } from './facts';
import { effectiveIdentity } from './identityChecks';

/** What is to be created, and what is known already. */
export interface Planned {
  readonly server: SqlServer;
  readonly key: KeyIdentifier;
  /** The vault of the key, where it is known. */
  readonly vault?: KeyVault | undefined;
  /** The key is only to be created: there is nothing to read of it. */
  readonly isNew?: boolean;
}

/** The request that creates a server key. Source: REST reference "Server Keys - Create Or Update". @internal */
export function serverKeyRequest(key: KeyIdentifier): ServerKeyRequest {
  return {
    name: serverKeyName(key),
    properties: { serverKeyType: 'AzureKeyVault', uri: formatKeyIdentifier(key) },
  };
}

/**
 * Reads what a preflight looks at, all at once as far as one thing does not follow from another: four requests one after the
 * other at most. Servers and keys that come up again are read once.
 * @param subscriptionIds where vaults and replicas are looked for
 * @param longestMs longest time to read the facts of a server or key; what takes longer is a reading that timed out
 */
export function factsReader(
  azure: Azure,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
  longestMs?: number,
) {
  const limited = (): AbortSignal | undefined =>
    longestMs === undefined ? signal : AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(longestMs)]);
  const readServer = once(
    ({ id }: SqlServer) => idKey(id),
    (server) => serverFacts(azure, server, subscriptionIds, limited()),
  );
  const readKey = once(
    ({ key }: Planned) => idKey(formatKeyIdentifier(key)),
    (planned) => keyFacts(azure, planned, subscriptionIds, limited()),
  );
  const readRoles = async ({ server, vault }: Pick<Read, 'server' | 'vault'>, { name }: KeyIdentifier) => {
    const limit = limited();
    const [details, home] = await Promise.all([server, vault]);
    const principalId = details.value && effectiveIdentity(details.value)?.principalId;
    return principalId !== undefined && home.value?.kind === 'vault'
      ? reading(azure.access.listRoles(principalId, `${home.value.id}/keys/${name}`, limit), limit)
      : undefined;
  };
  return async (planned: Planned): Promise<Facts> => {
    const { server: place, key, isNew = false } = planned;
    const facts = { ...readServer(place), ...readKey(planned) };
    const read = await settled({ ...facts, roles: readRoles(facts, key) });
    return { place, request: serverKeyRequest(key), key, isNew, ...read };
  };
}

type Read = ReturnType<typeof serverFacts> & ReturnType<typeof keyFacts>;

function serverFacts(azure: Azure, place: SqlServer, subscriptionIds: readonly string[], signal?: AbortSignal) {
  const { sqlServers, serverKeys, tdeProtectors, access } = azure;
  const server = reading(sqlServers.get(place, signal), signal);
  const whereElse = (): Promise<SqlServer | undefined> => sqlServers.find(place.name, subscriptionIds, signal);
  return {
    server,
    elsewhere: server.then((one) => (isAbsent(one) ? reading(whereElse(), signal) : undefined)),
    serverKeys: reading(serverKeys.list(place, signal), signal),
    protector: reading(tdeProtectors.get(place, signal), signal),
    partners: reading(partnersOf(azure, place, subscriptionIds, signal), signal),
    operations: reading(sqlServers.listRunningOperations(place, signal), signal),
    locks: reading(access.listLocks(place.id, signal), signal),
    permissions: reading(access.listPermissions(place.id, signal), signal),
  };
}

async function partnersOf(
  { sqlServers, serverKeys }: Azure,
  place: ServerPlace,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Partner[]> {
  const partners = await sqlServers.listGeoPartners(place, signal);
  return Promise.all(
    partners.map(async (partner): Promise<Partner> => {
      if (partner.role === 'primary') return partner;
      const found = partner.id === undefined ? await sqlServers.find(partner.name, subscriptionIds, signal) : undefined;
      const at = partner.id === undefined ? found : placeOf(partner.id);
      return at ? { ...partner, place: at, serverKeys: await reading(serverKeys.list(at, signal), signal) } : partner;
    }),
  );
}

/** The place that an ARM id names. */
function placeOf(id: string): ServerPlace {
  const { name, subscriptionId, resourceGroup } = parseArmId(id);
  return { id, name, subscriptionId, resourceGroup };
}

function keyFacts({ keyVaults }: Azure, planned: Planned, subscriptionIds: readonly string[], signal?: AbortSignal) {
  const { key } = planned;
  const vault: Promise<Reading<KeyVault | undefined>> = planned.vault
    ? Promise.resolve({ value: planned.vault })
    : reading(keyVaults.find(key.host, subscriptionIds, signal), signal);
  const inVault = <T>(read: (of: KeyVault) => Promise<T>) =>
    vault.then(({ value }) => value && reading(read(value), signal));
  const ofKey = <T>(read: (of: KeyVault) => Promise<T>) => (planned.isNew ? undefined : inVault(read));
  const newest = ofKey((of) => keyVaults.getKey(of, key.name, undefined, signal));
  /** Without version a key stands for its newest enabled one. */
  const newestEnabled = (fallback: VaultKey) =>
    ofKey(async (of) => latestVersion(await keyVaults.listVersions(of, key.name, signal)) ?? fallback);
  return {
    vault,
    settings: inVault((of) => keyVaults.getSettings(of, signal)),
    newest,
    version:
      key.version === undefined
        ? newest?.then((one) => (one?.value?.enabled === false ? newestEnabled(one.value) : one))
        : ofKey((of) => keyVaults.getKey(of, key.name, key.version, signal)),
  };
}

type Settled<T> = { [K in keyof T]: Awaited<T[K]> };

/** The same object with the values that its promises come to; what is undefined is left out. */
async function settled<T extends object>(promises: T): Promise<OmitUndefined<Settled<T>>> {
  const entries = await Promise.all(
    Object.entries(promises).map(async ([name, value]) => [name, await value] as const),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as OmitUndefined<Settled<T>>;
}

type OmitUndefined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Calls a function once for what has the same name. */
function once<Argument, Result>(nameOf: (of: Argument) => string, call: (of: Argument) => Result) {
  const made = new Map<string, Result>();
  return (of: Argument): Result => {
    const name = nameOf(of);
    const result = made.get(name) ?? call(of);
    made.set(name, result);
    return result;
  };
}
