import { createKeyVaultManagement, type KeyVaultManagementContext } from '@azure/arm-keyvault/api';
import * as vaultKeys from '@azure/arm-keyvault/api/keys';
import * as hsmKeys from '@azure/arm-keyvault/api/managedHsmKeys';
import * as managedHsms from '@azure/arm-keyvault/api/managedHsms';
import * as vaults from '@azure/arm-keyvault/api/vaults';
import type { Key, ManagedHsm, ManagedHsmKey, Vault } from '@azure/arm-keyvault/models';
import pMap from 'p-map';
import { isArmError } from '../core/armError';
import type { KeyVault, VaultKey } from '../core/model';
import type { Azure } from '../core/ports';
import { abortable, byName, collect } from './collect';
import type { Connection } from './connect';
import { during } from './failures';

/** Detail reads of a vault's keys in flight at once. ARM's read bucket refills with 25 a second. */
const parallelReads = 8;

/**
 * Keys are read through Resource Manager, not from the vaults themselves: one audience for tokens, the vaults' firewalls
 * do not matter, and no vault token is ever held.
 */
export function keyVaults({ credential, options }: Connection): Azure['keyVaults'] {
  const open = (subscriptionId: string): KeyVaultManagementContext =>
    createKeyVaultManagement(credential, subscriptionId, options);

  return {
    list: (subscriptionId, signal) =>
      during({ name: 'list key vaults', resource: `/subscriptions/${subscriptionId}` }, async () => {
        const client = open(subscriptionId);
        const [vaultList, hsmList] = await Promise.all([
          collect(vaults.listBySubscription(client, abortable(signal))),
          collect(managedHsms.listBySubscription(client, abortable(signal))).catch(noneWhereUnknown),
        ]);
        return [...vaultList.map(fromVault), ...hsmList.map(fromManagedHsm)].sort(byName);
      }),

    listKeys: (vault, signal) =>
      during({ name: 'list keys', resource: vault.id }, async () => {
        const api = vault.kind === 'vault' ? vaultKeys : hsmKeys;
        const at = [open(vault.subscriptionId), vault.resourceGroup, vault.name] as const;
        const keys = await collect<Listed>(api.list(...at, abortable(signal)));
        const detailed = await withDetails(keys, ({ name = '' }) => api.get(...at, name, abortable(signal)));
        return detailed.map((key) => toVaultKey(key, key.name ?? '', key.keyUri)).sort(byName);
      }),

    listVersions: (vault, keyName, signal) =>
      during({ name: 'list key versions', resource: `${vault.id}/keys/${keyName}` }, async () => {
        const api = vault.kind === 'vault' ? vaultKeys : hsmKeys;
        const at = [open(vault.subscriptionId), vault.resourceGroup, vault.name, keyName] as const;
        const versions = await collect<Listed>(api.listVersions(...at, abortable(signal)));
        const detailed = await withDetails(versions, ({ keyUriWithVersion = '' }) =>
          api.getVersion(...at, lastSegment(keyUriWithVersion), abortable(signal)),
        );
        return detailed.map((key) => toVaultKey(key, keyName, key.keyUriWithVersion)).sort(newestFirst);
      }),
  };
}

type Listed = Key | ManagedHsmKey;

/** A list leaves out type and size; only the single key has them. One that has just gone stays as listed. */
function withDetails(listed: readonly Listed[], read: (item: Listed) => Promise<Listed>): Promise<Listed[]> {
  const readOrKeep = (item: Listed): Promise<Listed> =>
    read(item).catch((error: unknown) => {
      if (error instanceof Error && isArmError(error) && error.status === 404) {
        return item;
      }
      throw error;
    });
  return pMap(listed, readOrKeep, { concurrency: parallelReads });
}

/** Not every cloud has managed HSMs; where their type is not known, there is none. */
function noneWhereUnknown(error: unknown): [] {
  const unknownType = ['InvalidResourceType', 'NoRegisteredProviderFound', 'MissingSubscriptionRegistration'];
  if (error instanceof Error && isArmError(error) && unknownType.includes(error.code)) {
    return [];
  }
  throw error;
}

const lastSegment = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

function fromVault({ id = '', name = '', location = '', properties }: Vault): KeyVault {
  const { vaultUri, enablePurgeProtection } = properties;
  return { kind: 'vault', ...common(id, name, location, vaultUri), purgeProtection: enablePurgeProtection ?? false };
}

function fromManagedHsm({ id = '', name = '', location = '', properties }: ManagedHsm): KeyVault {
  const purgeProtection = properties?.enablePurgeProtection ?? false;
  return { kind: 'managedHsm', ...common(id, name, location, properties?.hsmUri), purgeProtection };
}

function common(id: string, name: string, location: string, uri = '') {
  const [, , subscriptionId = '', , resourceGroup = ''] = id.split('/');
  return { id, name, location, subscriptionId, resourceGroup, uri: uri.replace(/\/$/, '') };
}

function toVaultKey(key: Listed, name: string, uri = ''): VaultKey {
  const { created, notBefore, expires, enabled } = key.attributes ?? {};
  return {
    name,
    uri,
    enabled: enabled ?? true,
    ...(key.kty && { keyType: key.kty }),
    ...(key.keySize && { keySize: key.keySize }),
    ...(created && { created: fromUnix(created) }),
    ...(notBefore && { notBefore: fromUnix(notBefore) }),
    ...(expires && { expires: fromUnix(expires) }),
  };
}

const fromUnix = (seconds: number): Date => new Date(seconds * 1000);

const newestFirst = (a: VaultKey, b: VaultKey): number => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0);
