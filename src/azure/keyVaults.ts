import { sameId } from '../core/armId';
import type { KeyVault } from '../core/vaultModel';
import type { Azure } from '../core/ports';
import { keyVaultClients } from './clients';
import type { RunOperation } from './gateway/deadline';
import { resourcesOf, type ResourceKind } from './resourceGraph';
import type { Tenants } from './tenants';
import { vaultKeys } from './vaultKeys';
import { vaultSettings } from './vaultSettings';

export function keyVaults(tenants: Tenants, runOperation: RunOperation): Azure['keyVaults'] {
  const inGraph = resourcesOf(tenants, keyVaultKind);
  const open = keyVaultClients(tenants.connectionFor);
  return {
    list: inGraph.list,
    find(host, subscriptionIds, signal) {
      const [name = ''] = host.split('.');
      // A key vault and a managed HSM may have the same name.
      const isWanted = ({ uri }: KeyVault) => sameId(uri, `https://${host}`);
      return inGraph.find({ name, resource: host }, isWanted, subscriptionIds, signal);
    },
    ...vaultKeys(open),
    ...vaultSettings(open, runOperation),
  };
}

/** A row of the query below. Properties that a vault doesn't have are missing or null. */
interface Row extends Pick<KeyVault, 'id' | 'name' | 'location' | 'resourceGroup' | 'subscriptionId'> {
  readonly type?: string | null;
  readonly vaultUri?: string | null;
  readonly hsmUri?: string | null;
  readonly purgeProtection?: boolean | null;
  readonly sku?: string | null;
  readonly tenantId?: string | null;
}

function toVault({ id, name, location, resourceGroup, subscriptionId, ...row }: Row): KeyVault {
  const kind = row.type?.toLowerCase().endsWith('managedhsms') ? 'managedHsm' : 'vault';
  return {
    kind,
    id,
    name,
    location,
    resourceGroup,
    subscriptionId,
    uri: (row.vaultUri ?? row.hsmUri ?? '').replace(/\/$/, ''),
    ...(row.tenantId && { tenantId: row.tenantId }),
    purgeProtection: row.purgeProtection ?? false,
    hardwareKeys: kind === 'managedHsm' || row.sku?.toLowerCase() === 'premium',
  };
}

const keyVaultKind: ResourceKind<Row, KeyVault> = {
  operations: { list: 'list key vaults', find: 'find key vault' },
  query: (filter) =>
    "resources | where type in~ ('microsoft.keyvault/vaults', 'microsoft.keyvault/managedhsms') " +
    filter +
    '| project id, name, type, location, resourceGroup, subscriptionId, vaultUri = properties.vaultUri, ' +
    'hsmUri = properties.hsmUri, purgeProtection = properties.enablePurgeProtection, sku = properties.sku.name, ' +
    'tenantId = properties.tenantId ' +
    '| order by id asc',
  toItems: (rows) => rows.map(toVault),
};
