import { armResources, idKey, sameId, type ArmResource } from '../armId';
import { builtInClouds, vaultAt, type Cloud } from '../clouds';
import { findAddresses } from '../keys/keyAddresses';
import { formatKeyIdentifier, parseKeyIdentifier } from '../keys/keyIdentifier';
import { isKeyName, isVaultName, parseServerKeyName } from '../keys/serverKeyName';
import type { RecognizedSentence } from './messageSentences';
import { isSampleName } from './sampleNames';
import { findSqlHosts } from './sqlHosts';

/** The resources that a text names, in order; each once, whatever its casing. Sample names of documentation are left out. */
export interface PastedResources {
  /** ARM IDs. */
  readonly ids: readonly string[];
  readonly subscriptions: readonly string[];
  readonly resourceGroups: readonly string[];
  /** Names of logical servers. */
  readonly servers: readonly string[];
  /** The logical servers that the text calls a secondary, a partner, or remote. */
  readonly partners: readonly string[];
  /** Names of managed instances. */
  readonly instances: readonly string[];
  /** Names of key vaults and managed HSMs. */
  readonly vaults: readonly string[];
  /** Key identifiers in the form that Key Vault uses. */
  readonly keys: readonly string[];
  /** Names of vault keys in messages that have no key identifier. */
  readonly keyNames: readonly string[];
  /** Names of server keys. */
  readonly serverKeys: readonly string[];
  /** Object IDs of identities that need permissions, according to the service. */
  readonly principals: readonly string[];
}

/** Maximum addresses read from one text. */
const maxAddresses = 500;

/** An ARM ID; trailing periods and parentheses belong to the sentence. */
export const armId = /\/subscriptions\/(?!resourceGroups\/)[\w-]{1,64}(?:\/[\w.()~-]{1,128}){0,24}/gi;
const name = String.raw`[\\"'\x60=:\s]{1,12}([a-z0-9][\w.()-]{0,89})(?![\w.()-]|\s?(?:\.{3}|…))`;
const option = (options: string, flags = 'gi') => new RegExp(String.raw`\s(?:${options})${name}`, flags);

/** A property of JSON, or of a list as PowerShell prints it. */
const property = (names: string, value: string) =>
  new RegExp(
    String.raw`(?<![a-z])(?:${names})[_-]?name(?:\\{0,16}["'])?\s{0,30}[:=]\s{0,3}(?:\\{0,16}["'])?(${value})(?=[\\"',\s]|$)`,
    'gi',
  );
const serverProperty = property('(?:logical[_-]?)?server', '[a-z0-9-]{1,63}');
const instanceProperty = property('(?:managed[_-]?)?instance', '[a-z0-9-]{1,63}');
const groupProperty = property('resource[_-]?group', String.raw`[\w.()-]{1,90}`);
const vaultProperty = property('vault', '[a-z0-9-]{3,24}');
const serverNamed =
  /\b(?:server|database server)(?: ?name)?:? {0,3}\\{0,16}["'](?:tcp:)?([a-z0-9-]{1,63})(?:\.[a-z0-9.-]{1,99})?(?:,\d{1,5})?\\{0,16}["']/gi;
const partnerNamed =
  /\b(?:secondary|partner|remote|replica)(?: (?:logical )?server)?(?: ?name)?:? {0,3}\\{0,16}["']([a-z0-9-]{1,63})(?:\.[a-z0-9.-]{1,99})?\\{0,16}["']/gi;
/** Unquoted names are recognized only in known sentences and lines. */
const serverSaid =
  /\b(?:sql )?(?:server|servidor|serveur):? ([a-z0-9-]{1,63})(?=[.,]? (?:line \d|error ?message|zeile \d|ligne \d|riga \d|línea \d|linha \d|executing )|, [^\s\d,.;:'"()]{2,8} \d)/gi;
/** In the first line of an error of sqlcmd, in any language: "State 1, Server sql-orders, Line 1". */
const serverInHeader = /\d{1,3} ?[,，、] ?\p{L}{2,12} ([a-z][a-z0-9-]{0,62}) ?[,，、] ?(?:\p{L}{1,12} ?|第 ?)\d/giu;
const instanceNamed =
  /\bmanaged ?(?:instance|server)(?: ?name)?:? {0,3}(?:\\{0,16}["']([a-z0-9-]{1,63})\\{0,16}["']|([a-z0-9-]{1,63})(?= (?:has|is|contains|accessible|failed)\b))/gi;
const subscriptionNamed = /\bsubscription(?: ?id)?:? {0,3}[\\"'(]{0,18}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;
const groupNamed = /\bresource ?group(?: ?name)?:? {0,3}\\{0,16}["']([\w.()-]{1,90})\\{0,16}["']/gi;
const vaultNamed =
  /\b(?:vault|hsm)(?: ?name)?:? {0,3}(?:\\{0,16}["']([a-z0-9-]{3,24})(?:;location=[a-z0-9]{2,40})?\\{0,16}["']|([a-z0-9-]{3,24})(?=;location=))/gi;
const host = /(?<![\w.-])[a-z0-9-]{3,24}(?:\.[a-z0-9-]{2,30}){2,5}/gi;
/** The address of a request about a key, which has an operation or a query after the key identifier. */
const requestOf = /(\/keys\/[\w-]{1,127}(?:\/[0-9a-f]{32})?)(?:\/[a-z]{4,12})?\/?\?[^\s"']{1,2000}/gi;
const serverKey = /(?<![\w-])[a-z][a-z0-9-]{2,23}_[a-z0-9-]{1,127}_[0-9a-f]{32}(?![\w-])/gi;
const principal = /\bservice principal with id[\s:]{1,9}[\\"'<]{0,18}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;
/** Only a text about managed instances calls one a server. */
const aboutInstances = /\bmanaged ?(?:instance|server|database)|\baz sql mid?b? |AzSqlInstance|MakeManaged/i;
const aboutServers = /\baz sql (?:server|db) |AzSqlServer|\/servers\//i;

const serverType = 'Microsoft.Sql/servers';
const instanceType = 'Microsoft.Sql/managedInstances';
const vaultTypes = ['Microsoft.KeyVault/vaults', 'Microsoft.KeyVault/managedHSMs'];

/** Finds resources by ARM IDs, addresses, sentences, and options of Azure CLI and PowerShell. */
export function findResources(text: string, cloud: Cloud, sentences: readonly RecognizedSentence[]): PastedResources {
  const ids = distinct(all(text, armId).map((id) => id.replace(/[.)]+$/, '')));
  const names = (...types: readonly string[]) => ids.flatMap((id) => resourcesOf(id, types)).map(({ name }) => name);
  const said = (kind: string) =>
    sentences.flatMap(({ names }) => names[kind] ?? []).filter((one) => /^[\w-]+$/.test(one));
  const serverKeys = distinct([
    ...names(`${serverType}/keys`, `${instanceType}/keys`),
    ...all(text, serverKey).filter((found) => parseServerKeyName(found)),
  ]);
  return {
    ids: ids.filter((id) => !/\/locations\//i.test(id)),
    subscriptions: distinct([...names('subscriptions'), ...all(text, subscriptionNamed)]),
    resourceGroups: distinct([
      ...names('resourceGroups'),
      ...all(text, groupNamed, groupProperty, option('--resource-group|-ResourceGroupName')),
      ...inAzCommands(text, option('-g')),
    ]),
    ...findSqlServers(text, names, said),
    vaults: distinct([
      ...names(...vaultTypes),
      ...all(text, host).flatMap((found) => vaultsOf(found, cloud)),
      ...[
        ...all(text, vaultNamed, vaultProperty, option('--vault-name|--hsm-name|-VaultName')),
        ...said('vault'),
      ].filter(isVaultName),
      ...serverKeys.flatMap((found) => parseServerKeyName(found)?.vault ?? []),
    ]),
    keys: findKeys(text, cloud),
    keyNames: distinct(sentences.flatMap(({ names }) => names.keyName?.split('/')[0] ?? []).filter(isKeyName)),
    serverKeys,
    principals: distinct(all(text, principal)),
  };
}

function findSqlServers(
  text: string,
  names: (...types: readonly string[]) => readonly string[],
  said: (kind: string) => readonly string[],
): Pick<PastedResources, 'servers' | 'partners' | 'instances'> {
  const hosts = findSqlHosts(text);
  const mentioned = [...all(text, serverNamed, serverProperty, serverSaid, serverInHeader), ...said('server')];
  const areInstances = aboutInstances.test(text) && !aboutServers.test(text);
  const instances = distinct([
    ...names(instanceType),
    ...hosts.instances,
    ...all(text, instanceNamed, instanceProperty, option('--managed-instance|--mi|-InstanceName')),
    ...said('instance'),
    ...(areInstances ? mentioned : []),
  ]);
  const partners = distinct(all(text, partnerNamed, option('--partner-server|-PartnerServerName')));
  const servers = distinct([
    ...names(serverType),
    ...hosts.servers,
    ...mentioned,
    ...all(text, option('--server|--server-name|-ServerName')),
    ...inAzCommands(text, option('-s')),
    ...partners,
  ]);
  const notInstances = (those: readonly string[]) => those.filter((one) => !isAmong(instances, one));
  return { servers: notInstances(servers), partners: notInstances(partners), instances };
}

/** Whether a name is in a list. Azure ignores casing. */
const isAmong = (names: readonly string[], one: string): boolean => names.some((other) => sameId(other, one));

/** The resources of these types that an ARM ID names. */
export function resourcesOf(id: string, types: readonly string[]): readonly ArmResource[] {
  return armResources(id).filter((resource) => types.some((type) => sameId(type, resource.type)));
}

function findKeys(text: string, cloud: Cloud): string[] {
  const clouds = [cloud, ...builtInClouds.filter((other) => other.name !== cloud.name)];
  const addresses = [...new Set(findAddresses(text.replace(requestOf, '$1 '), cloud))].slice(0, maxAddresses);
  const found = addresses.flatMap((address) => {
    const results = clouds.map((candidate) => parseKeyIdentifier(address, candidate));
    const result = results.find(({ ok }) => ok);
    return result?.ok && !isSampleName(result.key.vault) ? [formatKeyIdentifier(result.key)] : [];
  });
  return distinct(found);
}

function vaultsOf(address: string, cloud: Cloud): string[] {
  const found = [cloud, ...builtInClouds].flatMap((candidate) => vaultAt(address, candidate) ?? []);
  return found.slice(0, 1).flatMap(({ vault }) => (isVaultName(vault) ? [vault] : []));
}

function all(text: string, ...patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([whole, one, other]) => one ?? other ?? whole),
  );
}

/** One-letter options count in az commands only; other programs use them differently. */
function inAzCommands(text: string, pattern: RegExp): string[] {
  const calls = all(text, /\baz [a-z][^\n]{0,2000}/g);
  return calls.flatMap((call) => all(call, pattern));
}

/** Each once, without sample names; Azure ignores casing. Exported logs have names in capital letters, too. */
function distinct(values: readonly string[]): string[] {
  const byText = new Map<string, string>();
  for (const value of values) {
    const isBetter = !/[a-z]/.test(byText.get(idKey(value)) ?? '');
    if (isBetter && !isSampleName(value)) byText.set(idKey(value), value);
  }
  return [...byText.values()];
}
