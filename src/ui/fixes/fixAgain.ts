import { parseArmId, sameId } from '../../core/armId';
import type { AzureFix } from '../../core/checks/describeFix';
import type { KeyVault } from '../../core/model';
import { serverOf, vaultOf, type Change } from '../../core/operations/change';
import type { Azure } from '../../core/ports';

/** The fix that makes a change of the journal again, with what Azure has now; undefined if it was no fix or isn't possible now. */
export async function fixAgain(azure: Azure, change: Change): Promise<AzureFix | undefined> {
  const place = serverOf(change);
  if (place) {
    if (change.kind !== 'assignIdentity' && change.kind !== 'setPrimaryIdentity') return undefined;
    const server = await azure.sqlServers.get(place);
    if (change.kind === 'assignIdentity') return { kind: 'assignIdentity', server };
    const { items } = await azure.sqlServers.listIdentities([parseArmId(change.identityId ?? '').subscriptionId]);
    const identity = items.find(({ id }) => sameId(id, change.identityId));
    return identity && { kind: 'setPrimaryIdentity', server, identity };
  }
  const { id, subscriptionId } = vaultOf(change);
  const { items } = await azure.keyVaults.list([subscriptionId]);
  const vault = items.find((one) => sameId(one.id, id));
  return vault && fixOfVault(azure, change, vault);
}

async function fixOfVault(
  { keyVaults }: Azure,
  { kind, resource, principalId = '', keyPermissions = [] }: Change,
  vault: KeyVault,
): Promise<AzureFix | undefined> {
  // The journal has no names of principals.
  const principal = { principalId, principalName: principalId };
  if (kind === 'grantRole') return { kind, ...principal, vault, scope: resource };
  if (kind === 'allowTrustedServices') return { kind, vault };
  if (kind !== 'addAccessPolicy' && kind !== 'enablePurgeProtection') return undefined;
  const { tenantId, retentionDays } = await keyVaults.getSettings(vault);
  return kind === 'addAccessPolicy'
    ? { kind, ...principal, tenantId, vault, missing: keyPermissions }
    : { kind, vault, ...(retentionDays !== undefined && { retentionDays }) };
}
