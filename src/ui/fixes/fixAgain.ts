import { lastSegment, parseArmId, sameId } from '../../core/armId';
import type { AzureFix } from '../../core/checks/describeFix';
import type { SqlServer, UserAssignedIdentity } from '../../core/model';
import type { KeyVault } from '../../core/vaultModel';
import { isDatabaseKind, serverOf, vaultOf, type Change } from '../../core/operations/change';
import type { Azure } from '../../core/ports';

/** The fix that makes a change of the journal again, with what Azure has now; undefined if it was no fix or isn't possible now. */
export async function fixAgain(azure: Azure, change: Change): Promise<AzureFix | undefined> {
  const place = serverOf(change);
  if (place) {
    return fixOfServer(azure, change, await azure.sqlServers.get(place));
  }
  const { id, subscriptionId } = vaultOf(change);
  const { items } = await azure.keyVaults.list([subscriptionId]);
  const vault = items.find((one) => sameId(one.id, id));
  return vault && fixOfVault(azure, change, vault);
}

async function fixOfServer(azure: Azure, change: Change, server: SqlServer): Promise<AzureFix | undefined> {
  const { serverKeys, tdeProtectors, databaseKeys } = azure;
  const { kind, resource, keyIdentifier: uri = '', identityId, autoRotation = false } = change;
  if (isDatabaseKind(kind)) {
    const database = await databaseKeys.get(server, lastSegment(resource));
    if (kind === 'assignDatabaseIdentity') {
      const identity = await identityWith(azure, identityId);
      return identity && { kind, server, database, identity };
    }
    if (kind === 'addDatabaseKey') return { kind, server, database, uri };
    return kind === 'setDatabaseProtector'
      ? { kind, server, database, protector: { uri, autoRotation } }
      : { kind, server, database };
  }
  if (kind === 'assignIdentity' || kind === 'revalidateProtector') return { kind, server };
  if (kind === 'setProtector') {
    const [keys, was] = await Promise.all([serverKeys.list(server), tdeProtectors.get(server)]);
    const key = keys.find(({ name }) => sameId(name, lastSegment(resource)));
    return key && { kind, server, key, autoRotation, was };
  }
  if (kind !== 'setPrimaryIdentity') return undefined;
  const identity = await identityWith(azure, identityId);
  return identity && { kind, server, identity };
}

async function identityWith({ sqlServers }: Azure, identityId = ''): Promise<UserAssignedIdentity | undefined> {
  const { items } = await sqlServers.listIdentities([parseArmId(identityId).subscriptionId]);
  return items.find(({ id }) => sameId(id, identityId));
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
