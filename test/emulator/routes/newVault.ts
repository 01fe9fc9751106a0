import type { ArmRequest } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { groupId } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import type { Vault } from '../base/state';
import { toVault, vaultType } from './vaults';

const hosts = { vault: 'vault.azure.net', managedHsm: 'managedhsm.azure.net' };

/** A key vault or managed HSM with the defaults of a new one, open to all networks. */
export function newVault(kind: Vault['kind'], { path, body }: ArmRequest, name: string, location: string): Vault {
  return {
    kind,
    id: `${groupId(path)}/providers/${vaultType(kind)}/${name}`,
    name,
    location,
    tenantId: stringOf(propertiesOf(body).tenantId),
    uri: `https://${name.toLowerCase()}.${hosts[kind]}`,
    deleted: false,
    sku: 'standard',
    softDelete: true,
    purgeProtection: false,
    rbac: false,
    accessPolicies: [],
    localRoles: [],
    network: { defaultAction: 'Allow', bypass: 'AzureServices', publicNetworkAccess: 'Enabled' },
    keys: [],
  };
}

/** Ends the soft deletion of a key vault or managed HSM. */
export function recover(vault: Vault): Answer {
  vault.deleted = false;
  delete vault.deletionDate;
  return ok(toVault(vault));
}
