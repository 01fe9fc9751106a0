import { sameId } from '../core/armId';
import type { KeyVault } from '../core/model';
import type { Azure } from '../core/ports';
import { byName } from './paging';
import { keyVaultClients } from './keyVaultClient';
import { firstOf, named, queryResources } from './resourceGraph';
import type { Tenants } from './tenants';
import { vaultKeys } from './vaultKeys';
import { vaultSettings } from './vaultSettings';

export function keyVaults(tenants: Tenants): Azure['keyVaults'] {
  const open = keyVaultClients(tenants);
  return {
    async list(subscriptionIds, signal) {
      const operation = { name: 'list key vaults', resource: '' };
      const { items, failures } = await tenants.bySubscription(operation, subscriptionIds, (connection, ids) =>
        queryResources<Row>(connection, vaultsQuery(), ids, signal),
      );
      return { items: items.map(toVault).sort(byName), failures };
    },

    async find(host, subscriptionIds, signal) {
      const filter = named(host.split('.')[0] ?? '');
      if (filter === undefined) return undefined;
      const operation = { name: 'find key vault', resource: host };
      return firstOf(
        await tenants.bySubscription(operation, subscriptionIds, async (connection, ids) => {
          const rows = await queryResources<Row>(connection, vaultsQuery(filter), ids, signal);
          // A key vault and a managed HSM may have the same name.
          return rows.map(toVault).filter(({ uri }) => sameId(uri, `https://${host}`));
        }),
      );
    },

    ...vaultKeys(open),
    ...vaultSettings(open),
  };
}

const vaultsQuery = (filter = ''): string =>
  "resources | where type in~ ('microsoft.keyvault/vaults', 'microsoft.keyvault/managedhsms') " +
  filter +
  '| project id, name, type, location, resourceGroup, subscriptionId, vaultUri = properties.vaultUri, ' +
  'hsmUri = properties.hsmUri, purgeProtection = properties.enablePurgeProtection, sku = properties.sku.name ' +
  '| order by id asc';

/** A row of the query above; Resource Graph leaves out or nulls what a vault does not have. */
interface Row extends Pick<KeyVault, 'id' | 'name' | 'location' | 'resourceGroup' | 'subscriptionId'> {
  readonly type: string;
  readonly vaultUri?: string | null;
  readonly hsmUri?: string | null;
  readonly purgeProtection?: boolean | null;
  readonly sku?: string | null;
}

function toVault({ id, name, location, resourceGroup, subscriptionId, ...row }: Row): KeyVault {
  const kind = row.type.toLowerCase().endsWith('managedhsms') ? 'managedHsm' : 'vault';
  return {
    kind,
    id,
    name,
    location,
    resourceGroup,
    subscriptionId,
    uri: (row.vaultUri ?? row.hsmUri ?? '').replace(/\/$/, ''),
    purgeProtection: row.purgeProtection ?? false,
    hardwareKeys: kind === 'managedHsm' || row.sku?.toLowerCase() === 'premium',
  };
}
