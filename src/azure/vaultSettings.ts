import type { KeyVaultManagementContext } from '@azure/arm-keyvault/api';
import * as managedHsms from '@azure/arm-keyvault/api/managedHsms';
import * as vaults from '@azure/arm-keyvault/api/vaults';
import type { ManagedHsmProperties, VaultPatchProperties, VaultProperties } from '@azure/arm-keyvault/models';
import { sameId } from '../core/armId';
import type { AccessPolicy, VaultSettings } from '../core/vaultModel';
import type { Azure, VaultPlace } from '../core/ports';
import { abortable } from './paging';
import { during } from './gateway/failures';
import type { KeyVaultClients } from './clients';
import type { RunOperation } from './gateway/deadline';
import { verified } from './settled';

type Methods = 'getSettings' | 'enablePurgeProtection' | 'allowTrustedServices' | 'addAccessPolicy';

/** Reads the settings of vaults and makes the changes that let Azure SQL use their keys. Every change is read back. */
export function vaultSettings(open: KeyVaultClients, runOperation: RunOperation): Pick<Azure['keyVaults'], Methods> {
  return {
    getSettings: (vault, signal) =>
      during({ name: 'read key vault', resource: vault.id }, async () =>
        readSettings(await open(vault), vault, signal),
      ),

    enablePurgeProtection: (vault, signal) =>
      during({ name: 'enable purge protection', resource: vault.id }, async () => {
        const client = await open(vault);
        // Purge protection requires soft delete, which vaults from before 2020 may lack.
        const change = { enableSoftDelete: true, enablePurgeProtection: true };
        await verified(
          () => runOperation(signal, (limited) => update(client, vault, change, limited)),
          async () => isProtected(await readSettings(client, vault, signal)),
        );
      }),

    allowTrustedServices: (vault, signal) =>
      during({ name: 'allow trusted services', resource: vault.id }, async () => {
        const client = await open(vault);
        const change = trustedServices(await read(client, vault, signal));
        await verified(
          () => runOperation(signal, (limited) => update(client, vault, change, limited)),
          async () => (await readSettings(client, vault, signal)).firewall === 'trustedServices',
        );
      }),

    addAccessPolicy: (vault, policy, signal) =>
      during({ name: 'add access policy', resource: vault.id }, async () => {
        const client = await open(vault);
        const { tenantId, objectId, keyPermissions } = policy;
        const entry = { tenantId, objectId, permissions: { keys: [...keyPermissions] } };
        const parameters = { properties: { accessPolicies: [entry] } };
        const at = [client, vault.resourceGroup, vault.name] as const;
        await verified(
          () => vaults.updateAccessPolicy(...at, 'add', parameters, abortable(signal)),
          async () =>
            (await readSettings(client, vault, signal)).accessPolicies.some((there) => includes(there, policy)),
        );
      }),
  };
}

const isProtected = ({ softDelete, purgeProtection }: VaultSettings): boolean => softDelete && purgeProtection;

/** Azure drops rules that aren't sent back. */
function trustedServices({ networkAcls }: Properties): ManagedHsmProperties {
  return {
    networkAcls: { ...networkAcls, defaultAction: networkAcls?.defaultAction ?? 'Allow', bypass: 'AzureServices' },
  };
}

/** The properties of a key vault or managed HSM. */
type Properties = Partial<VaultProperties> & Pick<ManagedHsmProperties, 'networkAcls' | 'securityDomainProperties'>;

async function read(client: KeyVaultManagementContext, vault: VaultPlace, signal?: AbortSignal): Promise<Properties> {
  const at = [client, vault.resourceGroup, vault.name, abortable(signal)] as const;
  return vault.kind === 'vault'
    ? (await vaults.get(...at)).properties
    : ((await managedHsms.get(...at)).properties ?? {});
}

const readSettings = async (
  client: KeyVaultManagementContext,
  vault: VaultPlace,
  signal?: AbortSignal,
): Promise<VaultSettings> => toSettings(vault, await read(client, vault, signal));

async function update(
  client: KeyVaultManagementContext,
  vault: VaultPlace,
  properties: VaultPatchProperties & ManagedHsmProperties,
  signal: AbortSignal,
): Promise<void> {
  const at = [client, vault.resourceGroup, vault.name, { properties }, abortable(signal)] as const;
  await (vault.kind === 'vault' ? vaults.update(...at) : managedHsms.update(...at).pollUntilDone(abortable(signal)));
}

/** Defaults for missing properties are those of the REST reference ("Vaults - Get"). */
function toSettings({ kind }: VaultPlace, properties: Properties): VaultSettings {
  const { enableRbacAuthorization, softDeleteRetentionInDays: retentionDays } = properties;
  return {
    tenantId: properties.tenantId ?? '',
    provisioningState: notActivated(properties) ?? properties.provisioningState ?? 'Succeeded',
    softDelete: properties.enableSoftDelete ?? true,
    ...(typeof retentionDays === 'number' && { retentionDays }),
    purgeProtection: properties.enablePurgeProtection ?? false,
    permissionModel: kind === 'managedHsm' ? 'localRoles' : enableRbacAuthorization ? 'roles' : 'accessPolicies',
    accessPolicies: (properties.accessPolicies ?? [])
      // A policy with an application ID applies only to users of that application.
      .filter(({ applicationId }) => !applicationId)
      .map(({ objectId, permissions }) => ({
        objectId,
        keyPermissions: (permissions.keys ?? []).map((permission) => permission.toLowerCase()),
      })),
    firewall: firewallOf(properties),
  };
}

/** Source: Key Vault docs, "Network security" and "Network security perimeter". */
function firewallOf({ networkAcls, publicNetworkAccess }: Properties): VaultSettings['firewall'] {
  if (is(publicNetworkAccess, 'securedbyperimeter')) return 'perimeter';
  // Without public access the rules don't apply, but the exception for trusted services does.
  if (!is(networkAcls?.defaultAction, 'deny') && !is(publicNetworkAccess, 'disabled')) return 'off';
  if (is(networkAcls?.bypass ?? 'AzureServices', 'azureservices')) return 'trustedServices';
  const tags = networkAcls && 'serviceTags' in networkAcls ? (networkAcls.serviceTags ?? []) : [];
  // Without public access, no rule applies.
  return tags.length > 0 && !is(publicNetworkAccess, 'disabled') ? 'serviceTags' : 'on';
}

/** A managed HSM is provisioned before it is activated, and can't be used until then. */
function notActivated({ securityDomainProperties }: Properties): string | undefined {
  const { activationStatus } = securityDomainProperties ?? {};
  return is(activationStatus, 'notactivated') || is(activationStatus, 'failed') ? activationStatus : undefined;
}

const is = (value: string | undefined, wanted: string): boolean => value?.toLowerCase() === wanted;

function includes(there: AccessPolicy, { objectId, keyPermissions }: AccessPolicy): boolean {
  const granted = new Set(there.keyPermissions);
  return (
    sameId(there.objectId, objectId) &&
    keyPermissions.every((permission) => granted.has('all') || granted.has(permission.toLowerCase()))
  );
}
