import type { KeyVaultManagementContext } from '@azure/arm-keyvault/api';
import * as keysOfVaults from '@azure/arm-keyvault/api/keys';
import * as keysOfHsms from '@azure/arm-keyvault/api/managedHsmKeys';
import type { Key, ManagedHsmKey } from '@azure/arm-keyvault/models';
import pMap from 'p-map';
import { lastSegment, sameId } from '../core/armId';
import { isArmError } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import { rotationDays } from '../core/keys/keyLifetime';
import type { KeyLifetime, NewKey, VaultKey } from '../core/vaultModel';
import type { Azure, VaultPlace } from '../core/ports';
import { abortable, byName, isValidDate, toArray } from './paging';
import { during } from './gateway/failures';
import type { KeyVaultClients } from './clients';
import { settled } from './settled';

/** How many keys of a vault are read at once. ARM allows 25 reads a second. */
const parallelReads = 8;

/**
 * Reads keys through Resource Manager, not from the vaults. Resource Manager needs no vault token, and vault firewalls
 * don't apply to it.
 */
export function vaultKeys(
  open: KeyVaultClients,
): Pick<Azure['keyVaults'], 'listKeys' | 'listVersions' | 'getKey' | 'createKey'> {
  return {
    listKeys: (vault, signal) =>
      during({ name: 'list keys', resource: vault.id }, async () => {
        const api = apiOf(vault);
        const at = [await open(vault), vault.resourceGroup, vault.name] as const;
        const keys = await toArray<Listed>(api.list(...at, abortable(signal)));
        const detailed = await withDetails(keys, ({ name = '' }) => api.get(...at, name, abortable(signal)));
        return detailed.map((key) => toVaultKey(key, key.name ?? '', key.keyUri)).sort(byName);
      }),

    listVersions: (vault, keyName, signal) =>
      during({ name: 'list key versions', resource: keyId(vault, keyName) }, async () => {
        const api = apiOf(vault);
        const at = [await open(vault), vault.resourceGroup, vault.name, keyName] as const;
        const versions = await toArray<Listed>(api.listVersions(...at, abortable(signal)));
        const detailed = await withDetails(versions, ({ keyUriWithVersion }) =>
          api.getVersion(...at, lastSegment(keyUriWithVersion ?? ''), abortable(signal)),
        );
        return detailed.map((key) => toVaultKey(key, keyName, key.keyUriWithVersion)).sort(newestFirst);
      }),

    getKey: (vault, name, version, signal) =>
      during({ name: 'read key', resource: keyId(vault, name) }, async () => {
        const api = apiOf(vault);
        const at = [await open(vault), vault.resourceGroup, vault.name, name] as const;
        const key: Listed = await (version === undefined
          ? api.get(...at, abortable(signal))
          : api.getVersion(...at, version, abortable(signal)));
        return toVaultKey(key, name, key.keyUriWithVersion);
      }),

    createKey: (key, signal) =>
      during({ name: 'create key', resource: keyId(key.vault, key.name) }, async () =>
        createKey(await open(key.vault), key, signal),
      ),
  };
}

const apiOf = ({ kind }: VaultPlace): typeof keysOfVaults | typeof keysOfHsms =>
  kind === 'vault' ? keysOfVaults : keysOfHsms;

const keyId = ({ id }: VaultPlace, name: string): string => `${id}/keys/${name}`;

/** Fails if the key exists: Azure would return the existing one, whatever its type. Reads the expiration date and the rotation policy back. */
async function createKey(client: KeyVaultManagementContext, key: NewKey, signal?: AbortSignal): Promise<VaultKey> {
  const { vault, name, keyType, keySize, lifetime } = key;
  const api = apiOf(vault);
  const at = [client, vault.resourceGroup, vault.name, name] as const;
  const read = async (): Promise<VaultKey | undefined> => {
    const there = await api.get(...at, abortable(signal)).catch(falseIfAbsent);
    return there ? toVaultKey(there, name, there.keyUriWithVersion) : undefined;
  };
  if (await read()) throw knownError({ code: 'KeyAlreadyExists', message: '' });
  const properties = { kty: keyType, keySize, keyOps: ['wrapKey', 'unwrapKey'], ...lifetimeProperties(lifetime) };
  const created = await settled(async () => {
    const there = await api.createIfNotExist(...at, { properties }, abortable(signal));
    return toVaultKey(there, name, there.keyUriWithVersion);
  }, read);
  if (lifetime && !hasLifetime(await api.get(...at, abortable(signal)), lifetime)) {
    throw knownError({ code: 'KeyLifetimeNotSet', message: '' });
  }
  return created;
}

/** The expiration date of the first version, and the rotation policy, which gives the next ones the same time. */
function lifetimeProperties(lifetime: KeyLifetime | undefined) {
  if (!lifetime) return {};
  const { expires, duration, rotates } = lifetime;
  const trigger = { timeBeforeExpiry: `P${rotationDays}D` };
  const rotationPolicy = {
    attributes: { expiryTime: duration },
    lifetimeActions: [{ trigger, action: { type: 'rotate' as const } }],
  };
  return { attributes: { expires: unixSeconds(expires) }, ...(rotates && { rotationPolicy }) };
}

/** Key Vault adds an action that notifies, and may spell "rotate" in another way. */
function hasLifetime({ attributes, rotationPolicy }: Listed, { expires, rotates }: KeyLifetime): boolean {
  const isRotated = rotationPolicy?.lifetimeActions?.some(({ action }) => sameId(action?.type, 'rotate')) ?? false;
  return attributes?.expires === unixSeconds(expires) && (isRotated || !rotates);
}

const unixSeconds = (time: Date): number => time.getTime() / 1000;

type Listed = Key | ManagedHsmKey;

/** Reads the type, size, and operations, which lists don't include. A key that was deleted in the meantime stays as listed. */
function withDetails(listed: readonly Listed[], read: (item: Listed) => Promise<Listed>): Promise<Listed[]> {
  const readOrKeep = (item: Listed): Promise<Listed> =>
    read(item).catch((error: unknown) => {
      falseIfAbsent(error);
      return item;
    });
  return pMap(listed, readOrKeep, { concurrency: parallelReads });
}

function falseIfAbsent(error: unknown): false {
  if (isArmError(error) && hasCode(error, 'KeyNotFound', 'ResourceNotFound')) return false;
  throw error;
}

function toVaultKey(key: Listed, name: string, uri: string | undefined): VaultKey {
  const { created, notBefore, expires, enabled } = key.attributes ?? {};
  return {
    name,
    uri: uri ?? '',
    enabled: enabled ?? true,
    ...(key.kty && { keyType: key.kty }),
    ...(key.keySize && { keySize: key.keySize }),
    ...optionalDate('created', created),
    ...optionalDate('notBefore', notBefore),
    ...optionalDate('expires', expires),
    ...(key.keyOps && { operations: key.keyOps }),
  };
}

function optionalDate<K extends string>(name: K, unixSeconds: number | undefined): Partial<Record<K, Date>> {
  const date = unixSeconds ? new Date(unixSeconds * 1000) : undefined;
  return isValidDate(date) ? ({ [name]: date } as Record<K, Date>) : {};
}

const newestFirst = (a: VaultKey, b: VaultKey): number => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0);
