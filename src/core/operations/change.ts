import { armResources, idKey, lastSegment, parseArmId, sameId } from '../armId';
import { hasIdentity, hasKey, hasProtector, isInaccessible } from '../keys/databaseProtector';
import { isProtectorKey, isServerKeyOf, isSetTo } from '../keys/sameKey';
import type { KeyVault } from '../vaultModel';
import type { Azure, ServerPlace, VaultPlace } from '../ports';
import { serverTypes } from '../serverType';

export const changeKinds = [
  'createServerKeys',
  'runPlan',
  'createServerKey',
  'deleteServerKey',
  'setProtector',
  'revalidateProtector',
  'assignDatabaseIdentity',
  'addDatabaseKey',
  'setDatabaseProtector',
  'revalidateDatabase',
  'revertDatabase',
  'createKey',
  'assignIdentity',
  'setPrimaryIdentity',
  'registerProvider',
  'grantRole',
  'addAccessPolicy',
  'enablePurgeProtection',
  'allowTrustedServices',
] as const;

/** Whether a change consists of others, which have entries of their own. */
export const isRun = (kind: unknown): boolean => kind === 'createServerKeys' || kind === 'runPlan';

/** A change in Azure, with all that is needed to read later whether it is there. */
export interface Change {
  readonly kind: (typeof changeKinds)[number];
  /** The ARM ID of the server, server key, database, vault, vault key, or resource provider that it changes. */
  readonly resource: string;
  /** Of the server key to create, of the key to add to a database, or of its TDE protector. */
  readonly keyIdentifier?: string;
  /** What a run changes. The resource of a run is its first server. */
  readonly items?: readonly RunItem[];
  /** The ARM ID of the new primary identity, or of the identity of a database. */
  readonly identityId?: string;
  /** Who gets access to keys. */
  readonly principalId?: string;
  readonly roleId?: string;
  readonly keyPermissions?: readonly string[];
  /** Of the TDE protector. The resource of the change is the server key or the database. */
  readonly autoRotation?: boolean;
  /** When the key to create expires, in milliseconds since 1970. */
  readonly expires?: number;
  /** Whether the key to create has a rotation policy. */
  readonly rotates?: boolean;
}

/** A server key of a run, or a TDE protector. */
export interface RunItem {
  /** The ARM ID of the server. */
  readonly server: string;
  readonly keyIdentifier: string;
  /** The automatic rotation of the TDE protector; absent if the run only creates the server key. */
  readonly autoRotation?: boolean;
}

/** The server that a change is about; undefined for a change of a vault. */
export function serverOf({ resource }: Pick<Change, 'resource'>): ServerPlace | undefined {
  const server = armResources(resource).find(({ type }) => serverTypes.some(({ name }) => sameId(type, name)));
  return server && placeOf(server.id);
}

function placeOf(id: string): ServerPlace {
  const { name, subscriptionId, resourceGroup } = parseArmId(id);
  return { id, name, subscriptionId, resourceGroup };
}

/** The servers that a change is about. */
export function serversOf({ resource, items }: Pick<Change, 'resource' | 'items'>): readonly ServerPlace[] {
  const ids = items?.map(({ server }) => server) ?? [resource];
  return [...new Set(ids)].flatMap((id) => serverOf({ resource: id }) ?? []);
}

const vaultKinds: ReadonlyMap<string, KeyVault['kind']> = new Map([
  ['microsoft.keyvault/vaults', 'vault'],
  ['microsoft.keyvault/managedhsms', 'managedHsm'],
]);

/** The vault that a change is about. Throws for a change of a server. */
export function vaultOf({ resource }: Change): VaultPlace {
  for (const { type, id, name } of armResources(resource)) {
    const kind = vaultKinds.get(idKey(type));
    const { subscriptionId, resourceGroup } = parseArmId(id);
    if (kind) return { kind, id, name, subscriptionId, resourceGroup };
  }
  throw new Error(`Not the ARM ID of a vault: ${resource}`);
}

/** Reads whether a change has been made. */
export async function isMade(azure: Azure, change: Change, signal?: AbortSignal): Promise<boolean> {
  if (change.items) return (await missingOf(azure, change.items, signal)).length === 0;
  if (change.kind === 'registerProvider') {
    const { subscriptionId } = parseArmId(change.resource);
    return azure.resourceProviders.isRegistered(subscriptionId, lastSegment(change.resource), signal);
  }
  const server = serverOf(change);
  return server ? isMadeOnServer(azure, change, server, signal) : isMadeOnVault(azure, change, signal);
}

/** Reads which server keys and TDE protectors of a run are missing. */
export async function missingOf(
  azure: Azure,
  items: readonly RunItem[],
  signal?: AbortSignal,
): Promise<readonly RunItem[]> {
  const missing: RunItem[] = [];
  for (const server of new Set(items.map((item) => item.server))) {
    const place = placeOf(server);
    const wanted = items.filter((item) => item.server === server);
    const keys = await azure.serverKeys.list(place, signal);
    const hasProtector = wanted.some(({ autoRotation }) => autoRotation !== undefined);
    const protector = hasProtector ? await azure.tdeProtectors.get(place, signal) : undefined;
    const isThere = ({ keyIdentifier, autoRotation }: RunItem): boolean => {
      const key = keys.find(isServerKeyOf(keyIdentifier));
      if (!key || autoRotation === undefined || !protector) return key !== undefined;
      return isSetTo(protector, key) && protector.autoRotation === autoRotation;
    };
    missing.push(...wanted.filter((item) => !isThere(item)));
  }
  return missing;
}

const databaseKinds = [
  'assignDatabaseIdentity',
  'addDatabaseKey',
  'setDatabaseProtector',
  'revalidateDatabase',
  'revertDatabase',
] as const;

/** A kind of change of a database. */
export type DatabaseKind = (typeof databaseKinds)[number];

/** Whether the resource of a change is a database. */
export const isDatabaseKind = (kind: string): kind is DatabaseKind => databaseKinds.some((one) => one === kind);

async function isMadeOnDatabase(
  { databaseKeys }: Azure,
  kind: DatabaseKind,
  { resource, keyIdentifier: uri = '', identityId = '', autoRotation = false }: Change,
  server: ServerPlace,
  signal?: AbortSignal,
): Promise<boolean> {
  const database = await databaseKeys.get(server, lastSegment(resource), signal);
  if (kind === 'revalidateDatabase') return !isInaccessible(database);
  if (kind === 'assignDatabaseIdentity') return hasIdentity(database, identityId);
  if (kind === 'addDatabaseKey') return hasKey(database, uri);
  return kind === 'revertDatabase' ? database.protector === undefined : hasProtector(database, { uri, autoRotation });
}

async function isMadeOnServer(
  azure: Azure,
  change: Change,
  server: ServerPlace,
  signal?: AbortSignal,
): Promise<boolean> {
  const { sqlServers, serverKeys, tdeProtectors } = azure;
  const { kind, resource, keyIdentifier, identityId, autoRotation } = change;
  if (isDatabaseKind(kind)) return isMadeOnDatabase(azure, kind, change, server, signal);
  if (kind === 'revalidateProtector') return (await tdeProtectors.listInaccessible(server, signal)).length === 0;
  if (kind === 'assignIdentity') return (await sqlServers.get(server, signal)).identity.systemAssigned !== undefined;
  if (kind === 'setPrimaryIdentity') {
    return sameId((await sqlServers.get(server, signal)).identity.primaryUserAssigned, identityId);
  }
  const keys = await serverKeys.list(server, signal);
  if (kind === 'createServerKey') return keyIdentifier !== undefined && keys.some(isServerKeyOf(keyIdentifier));
  const key = keys.find(({ name }) => sameId(name, lastSegment(resource)));
  if (kind !== 'setProtector' || !key) return kind === 'deleteServerKey' && !key;
  const protector = await tdeProtectors.get(server, signal);
  return isProtectorKey(key, protector) && protector.autoRotation === autoRotation;
}

async function isMadeOnVault({ keyVaults, access }: Azure, change: Change, signal?: AbortSignal): Promise<boolean> {
  const { kind, resource, principalId = '', roleId = '', keyPermissions = [], expires } = change;
  if (kind === 'grantRole') {
    return (await access.listRoles(principalId, resource, signal)).some((grant) => sameId(grant.roleId, roleId));
  }
  const vault = vaultOf(change);
  if (kind === 'createKey') {
    const keys = await keyVaults.listKeys(vault, signal);
    const key = keys.find(({ name }) => sameId(name, lastSegment(resource)));
    return key !== undefined && (expires === undefined || key.expires?.getTime() === expires);
  }
  const settings = await keyVaults.getSettings(vault, signal);
  if (kind === 'allowTrustedServices') return settings.firewall === 'trustedServices';
  if (kind === 'enablePurgeProtection') return settings.softDelete && settings.purgeProtection;
  return settings.accessPolicies.some(
    ({ objectId, keyPermissions: there }) =>
      sameId(objectId, principalId) &&
      keyPermissions.every((name) => there.includes(idKey(name)) || there.includes('all')),
  );
}
