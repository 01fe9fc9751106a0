import * as l10n from '@vscode/l10n';
import type { Operation } from '../armError';
import { idKey, sameId } from '../armId';
import { parseServerKeyName, serviceManagedKeyName, shortServerKeyName } from '../keys/serverKeyName';
import type { Names } from './catalogueRow';

/** The names in an ARM ID by their lower-case type ("servers" → "sql-orders"); undefined for other text. */
function armIdParts(resource: string): ReadonlyMap<string, string> | undefined {
  if (!resource.startsWith('/')) return undefined;
  const segments = resource.split('/').filter((segment) => segment !== '');
  return new Map(
    segments.flatMap((segment, i) => (i % 2 === 0 ? [[segment.toLowerCase(), segments[i + 1] ?? '']] : [])),
  );
}

/** A label for a resource: the names in its ARM ID below the resource group ("sql-orders / ServiceManaged"), or the text itself. */
export function resourceLabel(resource: string): string {
  const parts = armIdParts(resource);
  if (!parts) return resource;
  const outer = ['subscriptions', 'resourcegroups', 'providers', 'encryptionprotector'];
  const own = [...parts].filter(([type, name]) => !outer.includes(type) && name !== '').map(([, name]) => name);
  return own.length > 0 ? own.join(' / ') : (parts.get('resourcegroups') ?? parts.get('subscriptions') ?? resource);
}

/** Names for the sentences in the catalogue; all empty without an operation. */
export function operationNames(operation: Operation | undefined): Omit<Names, 'action' | 'remote' | 'says'> {
  const resource = operation?.resource ?? '';
  const parts = armIdParts(resource) ?? plainParts(resource);
  const label = resourceLabel(resource).split(' / ').map(shortServerKeyName).join(' / ');
  const inVault = parts.has('vaults') || parts.has('managedhsms');
  const key = inVault ? undefined : parts.get('keys');
  return {
    server: quotedSuffix(parts.get('servers')),
    key: quotedSuffix(key === undefined ? undefined : shortServerKeyName(key)),
    resource: quotedSuffix(label),
    resourceGroup: quotedSuffix(parts.get('resourcegroups')),
    subscription: quotedSuffix(parts.get('subscriptions')),
    about: label === '' ? '' : l10n.t(' ("{0}")', label),
  };
}

/** Names that only the service's message contains: the missing permission, and a server other than the one in the operation. */
export function messageNames(message: string, { server }: Pick<Names, 'server'>): Pick<Names, 'action' | 'remote'> {
  const action = /\baction '([\w./*]+)'/.exec(message)?.[1];
  const servers = Array.from(message.matchAll(namedServer), ([, name = '']) => quotedSuffix(idKey(name)));
  return { action: quotedSuffix(action), remote: servers.find((name) => !sameId(name, server)) ?? '' };
}

const namedServer = /\b(?:server|secondary|partner|replica)(?: name)?:? ["']([a-z\d][a-z\d-]{0,62})(?:\.[\w.]+)?["']/gi;

const quotedSuffix = (name: string | undefined): string => (name ? ` "${name}"` : '');

/** Reads "server / key" or one name, which is a server key's if it has that form, otherwise a server's. An address contains neither. */
function plainParts(resource: string): ReadonlyMap<string, string> {
  if (resource.includes('://')) return new Map();
  const [first = '', second] = resource.split(' / ');
  if (second !== undefined) return new Map([['servers', first]]).set('keys', second);
  const isKey = first === serviceManagedKeyName || parseServerKeyName(first) !== undefined;
  return new Map([[isKey ? 'keys' : 'servers', first]]);
}
