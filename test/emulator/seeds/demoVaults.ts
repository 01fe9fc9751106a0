import type { Vault } from '../base/state';
import { day, vault, vaultKey } from './parts';

export interface VaultPlaces {
  contoso: string;
  fabrikam: string;
  /** Resource group IDs. */
  keys: string;
  hsm: string;
  fabrikamKeys: string;
}

/** The key vaults and managed HSM of the demo seed, without permissions for anyone. Dates are relative to the start. */
export function demoVaults({ contoso, fabrikam, keys, hsm, fabrikamKeys }: VaultPlaces, now: number) {
  const at = (days: number) => now + days * day;
  const contosoVault = (name: string, more: Partial<Vault>): Vault =>
    vault({ name, group: keys, location: 'westeurope', tenantId: contoso, ...more });
  return {
    orders: contosoVault('kv-orders', {
      keys: [
        vaultKey('kv-orders', 'tde-orders', [
          { created: at(-700), enabled: false },
          { created: at(-400) },
          { created: at(-30) },
        ]),
        vaultKey('kv-orders', 'tde-orders-next', [{ created: at(-2), kty: 'RSA-HSM', keySize: 3072 }]),
      ],
    }),
    billing: contosoVault('kv-billing', {
      rbac: false,
      keys: [
        vaultKey('kv-billing', 'tde-billing', [
          { created: at(-200), keySize: 3072 },
          { created: at(-20), keySize: 3072 },
        ]),
        vaultKey('kv-billing', 'tde-billing-disabled', [{ created: at(-300), enabled: false }]),
        vaultKey('kv-billing', 'tde-billing-expired', [{ created: at(-400), exp: at(-10) }]),
        vaultKey('kv-billing', 'tde-billing-expiring', [{ created: at(-100), exp: at(14) }]),
        vaultKey('kv-billing', 'tde-billing-future', [{ created: at(-1), nbf: at(7) }]),
        vaultKey('kv-billing', 'tde-billing-ec', [{ created: at(-50), kty: 'EC', curveName: 'P-256' }]),
        vaultKey('kv-billing', 'tde-billing-4096', [{ created: at(-50), keySize: 4096 }]),
      ],
    }),
    noPurge: contosoVault('kv-nopurge', {
      purgeProtection: false,
      sku: 'standard',
      keys: [vaultKey('kv-nopurge', 'tde-nopurge', [{ created: at(-60) }])],
    }),
    firewalled: contosoVault('kv-firewalled', {
      network: { defaultAction: 'Deny', bypass: 'None', publicNetworkAccess: 'Enabled' },
      keys: [vaultKey('kv-firewalled', 'tde-firewalled', [{ created: at(-60) }])],
    }),
    noAccess: contosoVault('kv-noaccess', {
      keys: [vaultKey('kv-noaccess', 'tde-noaccess', [{ created: at(-60) }])],
    }),
    hsm: contosoVault('hsm-contoso', {
      kind: 'managedHsm',
      id: `${hsm}/providers/Microsoft.KeyVault/managedHSMs/hsm-contoso`,
      keys: [
        vaultKey('hsm-contoso', 'tde-hr', [{ created: at(-90), kty: 'RSA-HSM', keySize: 3072 }]),
        vaultKey('hsm-contoso', 'tde-hsm', [{ created: at(-10), kty: 'RSA-HSM', keySize: 3072 }]),
      ],
    }),
    fabrikam: vault({
      name: 'kv-fabrikam',
      group: fabrikamKeys,
      location: 'eastus',
      tenantId: fabrikam,
      keys: [vaultKey('kv-fabrikam', 'tde-fabrikam', [{ created: at(-120) }])],
    }),
  };
}
