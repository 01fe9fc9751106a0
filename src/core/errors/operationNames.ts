import * as l10n from '@vscode/l10n';
import type { Operation } from '../armError';
import { armResources, idKey, lastSegment, sameId } from '../armId';
import { parseServerKeyName, serviceManagedKeyName, shortServerKeyName } from '../keys/serverKeyName';
import type { Names } from './catalogueRow';
import { messageValues } from './messageValues';

/** A label for a resource: the names in its ARM ID below the resource group ("sql-orders / ServiceManaged"), or the text itself. */
export function resourceLabel(resource: string): string {
  const resources = armResources(resource);
  const own = resources.filter(({ type }) => type.includes('/') && !sameId(lastSegment(type), 'encryptionProtector'));
  return own.length > 0 ? own.map(({ name }) => name).join(' / ') : (resources.at(-1)?.name ?? resource);
}

/** Names for the sentences in the catalogue; all empty without an operation. */
export function operationNames(
  operation: Operation | undefined,
): Omit<Names, keyof ReturnType<typeof messageNames> | 'account' | 'says'> {
  const resource = operation?.resource ?? '';
  const parts = resource.startsWith('/') ? armIdParts(resource) : plainParts(resource);
  const label = resourceLabel(resource).split(' / ').map(shortServerKeyName).join(' / ');
  const inVault = parts.has('vaults') || parts.has('managedhsms');
  const key = inVault ? undefined : parts.get('keys');
  return {
    server: quotedSuffix(parts.get('servers') ?? parts.get('managedinstances')),
    key: quotedSuffix(key === undefined ? undefined : shortServerKeyName(key)),
    resource: quotedSuffix(label),
    resourceGroup: quotedSuffix(parts.get('resourcegroups')),
    subscription: quotedSuffix(parts.get('subscriptions')),
    about: label === '' ? '' : l10n.t(' ("{0}")', label),
  };
}

/** Names that only the service's message contains: the missing permission, a server other than the one in the operation, and a policy. */
export function messageNames(
  message: string,
  { server }: Pick<Names, 'server'>,
): Pick<Names, 'action' | 'role' | 'remote' | 'policy' | 'definition'> {
  const action = /\baction '([\w./*]+)'/.exec(message)?.[1];
  const servers = Array.from(message.matchAll(namedServer), ([, name = '']) => quotedSuffix(idKey(name)));
  return {
    action: quotedSuffix(action),
    role: messageValues(message).role ?? '',
    remote: servers.find((name) => !sameId(name, server)) ?? '',
    policy: quotedSuffix(policyName(message, 'policyAssignment')),
    definition: quotedSuffix(policyName(message, 'policyDefinition')),
  };
}

/** The name in the JSON of a message from Azure Policy, which may be escaped. */
const policyName = (message: string, of: 'policyAssignment' | 'policyDefinition'): string | undefined =>
  new RegExp(String.raw`"${of}\\*"\s*:\s*\{\s*\\*"name\\*"\s*:\s*\\*"([^"\\]{1,200})`).exec(message)?.[1];

const namedServer = /\b(?:server|secondary|partner|replica)(?: name)?:? ["']([a-z\d][a-z\d-]{0,62})(?:\.[\w.]+)?["']/gi;

/** The account that a message names; empty if it names none. */
export function accountName(message: string): string {
  return quotedSuffix(clientOf(message));
}

/** The name or object ID of the account that sent a refused request, as the message names it. */
export function clientOf(message: string): string | undefined {
  return /\bclient '([^']{1,200})'/.exec(message)?.[1];
}

const quotedSuffix = (name: string | undefined): string => (name ? ` "${name}"` : '');

/** The names in an ARM ID by their lower-case type ("servers" → "sql-orders"). */
function armIdParts(id: string): ReadonlyMap<string, string> {
  return new Map(armResources(id).map(({ type, name }) => [idKey(lastSegment(type)), name]));
}

/** Reads "server / key" or one name, which is a server key's if it has that form, otherwise a server's. An address contains neither. */
function plainParts(resource: string): ReadonlyMap<string, string> {
  if (resource.includes('://')) return new Map();
  const [first = '', second] = resource.split(' / ');
  if (second !== undefined) return new Map([['servers', first]]).set('keys', second);
  const isKey = first === serviceManagedKeyName || parseServerKeyName(first) !== undefined;
  return new Map([[isKey ? 'keys' : 'servers', first]]);
}
