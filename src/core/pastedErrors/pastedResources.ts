import { armResources, idKey, sameId, type ArmResource } from '../armId';
import { builtInClouds, vaultAt, type Cloud } from '../clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../keys/keyIdentifier';
import { findAddresses } from '../keys/keyAddresses';
import { isVaultName, parseServerKeyName } from '../keys/serverKeyName';
import type { CommandValues } from '../cli/commands';
import type { Operation } from '../armError';

/** The resources that a text names, in order; each once, whatever its casing. */
export interface PastedResources {
  /** ARM IDs. */
  readonly ids: readonly string[];
  readonly subscriptions: readonly string[];
  readonly resourceGroups: readonly string[];
  /** Names of logical servers. */
  readonly servers: readonly string[];
  /** Names of key vaults and managed HSMs. */
  readonly vaults: readonly string[];
  /** Key identifiers in the form that Key Vault uses. */
  readonly keys: readonly string[];
  /** Names of server keys. */
  readonly serverKeys: readonly string[];
  /** Object IDs of identities that need permissions, according to the service. */
  readonly principals: readonly string[];
}

/** Maximum addresses read from one text. */
const maxAddresses = 500;

/** An ARM ID; trailing periods and parentheses belong to the sentence. */
export const armId = /\/subscriptions\/[\w-]{1,64}(?:\/[\w.()~-]{1,128}){0,24}/gi;
const name = String.raw`[\\"'\x60=:\s]{1,12}([a-z0-9][\w.()-]{0,89})`;
const option = (options: string, flags = 'gi') => new RegExp(String.raw`\s(?:${options})${name}`, flags);

const serverHost = /(?<![\w-])([a-z0-9-]{1,63})\.(?:secondary\.)?database\.(?:windows|chinacloudapi|usgovcloudapi)\./gi;
const serverNamed = /\bserver(?: name)?:? \\{0,16}["']([a-z0-9-]{1,63})\\{0,16}["']/gi;
/** Unquoted names are recognized only in known sentences. */
const serverSaid =
  /\b(?:sql )?server:? ([a-z0-9-]{1,63})(?=[.,]? (?:requires the|has lost access|line \d|error message))/gi;
const subscriptionNamed = /\bsubscription(?: id)?:? [\\"'(]{0,18}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;
const groupNamed = /\bresource group(?: name)?:? \\{0,16}["']([\w.()-]{1,90})\\{0,16}["']/gi;
const vaultNamed = /\b(?:vault|hsm)(?: name)?:? \\{0,16}["']([a-z0-9-]{3,24})\\{0,16}["']/gi;
const host = /(?<![\w.-])[a-z0-9-]{3,24}(?:\.[a-z0-9-]{2,30}){2,5}/gi;
const serverKey = /(?<![\w-])[a-z][a-z0-9-]{2,23}_[a-z0-9-]{1,127}_[0-9a-f]{32}(?![\w-])/gi;
const principal = /\bservice principal with id[\s:]{1,9}[\\"'<]{0,18}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;

/** Finds resources by ARM IDs, addresses, sentences, and options of Azure CLI and PowerShell. */
export function findResources(text: string, cloud: Cloud): PastedResources {
  const ids = distinct(all(text, armId).map((id) => id.replace(/[.)]+$/, '')));
  const names = (...types: readonly string[]) => ids.flatMap((id) => resourcesOf(id, types)).map(({ name }) => name);
  const keys = findKeys(text, cloud);
  const serverKeys = distinct([
    ...names('Microsoft.Sql/servers/keys'),
    ...all(text, serverKey).filter((found) => parseServerKeyName(found)),
  ]);
  return {
    ids: ids.filter((id) => !/\/locations\//i.test(id)),
    subscriptions: distinct([...names('subscriptions'), ...all(text, subscriptionNamed)]),
    resourceGroups: distinct([
      ...names('resourceGroups'),
      ...all(text, groupNamed, option('--resource-group|-ResourceGroupName')),
      ...inAzCommands(text, option('-g')),
    ]),
    servers: distinct([
      ...names(serverType),
      ...all(text, serverHost, serverNamed, serverSaid, option('--server|--server-name|-ServerName')),
      ...inAzCommands(text, option('-s')),
    ]),
    vaults: distinct([
      ...names(...vaultTypes),
      ...all(text, host).flatMap((found) => vaultsOf(found, cloud)),
      ...all(text, vaultNamed, option('--vault-name|--hsm-name|-VaultName')).filter(isVaultName),
      ...serverKeys.flatMap((found) => parseServerKeyName(found)?.vault ?? []),
    ]),
    keys,
    serverKeys,
    principals: distinct(all(text, principal)),
  };
}

/**
 * Values for a command, if the text names exactly one.
 * @param identities object IDs of the identities that the server has in Azure; the text alone must not decide who gets permissions
 */
export function commandValues(resources: PastedResources, identities: readonly string[] = []): CommandValues {
  const { ids, resourceGroups, servers, vaults, keys, principals } = resources;
  const idsOf = (...types: readonly string[]) =>
    distinct(ids.flatMap((id) => resourcesOf(id, types)).map(({ id }) => id));
  const values = {
    resourceGroup: theOnly(resourceGroups),
    server: theOnly(servers),
    vault: theOnly(vaults),
    keyUri: theOnly(keys),
    keyName: theOnly(keys.map((key) => key.split('/')[4] ?? '')),
    principalId: theOnly(principals.filter((id) => identities.some((own) => sameId(own, id)))),
    serverId: theOnly(idsOf(serverType)),
    resourceGroupId: theOnly(idsOf('resourceGroups')),
    vaultId: theOnly(idsOf(...vaultTypes)),
    resourceId: theOnly(ids),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const serverType = 'Microsoft.Sql/servers';
const vaultTypes = ['Microsoft.KeyVault/vaults', 'Microsoft.KeyVault/managedHSMs'];

/** The resources of these types that an ARM ID names. */
function resourcesOf(id: string, types: readonly string[]): readonly ArmResource[] {
  return armResources(id).filter((resource) => types.some((type) => sameId(type, resource.type)));
}

function theOnly(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}

function findKeys(text: string, cloud: Cloud): string[] {
  const clouds = [cloud, ...builtInClouds.filter((other) => other.name !== cloud.name)];
  const addresses = [...new Set(findAddresses(text, cloud))].slice(0, maxAddresses);
  const found = addresses.flatMap((address) => {
    const results = clouds.map((candidate) => parseKeyIdentifier(address, candidate));
    const result = results.find(({ ok }) => ok);
    return result?.ok ? [formatKeyIdentifier(result.key)] : [];
  });
  return distinct(found);
}

function vaultsOf(address: string, cloud: Cloud): string[] {
  const found = [cloud, ...builtInClouds].flatMap((candidate) => vaultAt(address, candidate) ?? []);
  return found.slice(0, 1).flatMap(({ vault }) => (isVaultName(vault) ? [vault] : []));
}

function all(text: string, ...patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ([whole, part]) => part ?? whole));
}

/** One-letter options count in az commands only; other programs use them differently. */
function inAzCommands(text: string, pattern: RegExp): string[] {
  const calls = all(text, /\baz [a-z][^\n]{0,2000}/g);
  return calls.flatMap((call) => all(call, pattern));
}

/** Each once; Azure ignores casing. */
function distinct(values: readonly string[]): string[] {
  const byText = new Map<string, string>();
  for (const value of values) {
    if (!byText.has(idKey(value))) byText.set(idKey(value), value);
  }
  return [...byText.values()];
}

/** Operations by the words that identify them in a text: the action of a role or log, the command, or the call of a client. */
const operations: readonly (readonly [mention: RegExp, name: string])[] = [
  [/servers\/keys\/delete|sql server key delete|Remove-Az\w{0,4}SqlServerKeyVaultKey/i, 'delete server key'],
  [/servers\/keys\/write|sql server key create|Add-Az\w{0,4}SqlServerKeyVaultKey/i, 'create server key'],
  [/ServerKeysClient#CreateOrUpdate|\bPUT\b[^\n]{0,400}\/servers\/[^/\n]{1,63}\/keys\//i, 'create server key'],
  [/encryptionProtector\/revalidate|tde-key revalidate|ProtectorRevalidation\b/i, 'revalidate TDE protector'],
  [
    /encryptionProtector\/write|tde-key set|Set-Az\w{0,4}SqlServerTransparentDataEncryptionProtector/i,
    'set TDE protector',
  ],
  [/azurerm_mssql_server_transparent_data_encryption|EncryptionProtectorsClient#/i, 'set TDE protector'],
];

/** The operation that failed and its resource: the ARM ID, or else the server and server key that the text names. */
export function operationOf(text: string, id: string | undefined, resources: PastedResources): Operation | undefined {
  const resource = id ?? byNames(resources);
  if (resource === undefined) return undefined;
  return { name: operations.find(([mention]) => mention.test(text))?.[1] ?? 'pasted error', resource };
}

/** Undefined if the text names several servers, because it may be about any of them. */
function byNames({ servers, serverKeys }: PastedResources): string | undefined {
  const [server, ...others] = servers;
  if (server === undefined || others.length > 0) return undefined;
  const [serverKey, ...more] = serverKeys;
  return serverKey === undefined || more.length > 0 ? server : `${server} / ${serverKey}`;
}
