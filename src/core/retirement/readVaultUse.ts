import { effectiveIdentity } from '../checks/identityChecks';
import { tryRead, type Reading } from '../checks/facts';
import type { Cloud } from '../clouds';
import { parseKeyIdentifier } from '../keys/keyIdentifier';
import type { ServerKey, SqlServer } from '../model';
import type { Azure } from '../ports';
import type { KeyVault } from '../vaultModel';
import type { MapLimited } from './readNeedFacts';
import { isOf, type KeyOrVault, type UsingServer, type VaultUse } from './vaultUse';

/** Where to look. */
interface UseRequest {
  readonly of: KeyOrVault;
  readonly cloud: Cloud;
  readonly servers: readonly SqlServer[];
  /** Where the vault may be. */
  readonly subscriptionIds: readonly string[];
}

/** Reads which servers use a key or a vault, and what decides whether they keep access. Changes nothing. */
export async function readVaultUse(
  azure: Azure,
  { of, cloud, servers, subscriptionIds }: UseRequest,
  mapLimited: MapLimited,
  signal: AbortSignal,
): Promise<VaultUse> {
  const vault = tryRead(azure.keyVaults.find(of.host, subscriptionIds, signal), signal);
  const asked = await mapLimited(servers, async (server) => ({
    server,
    reading: await tryRead(azure.serverKeys.list(server, signal), signal),
  }));
  const home = await vault;
  const using = asked.flatMap(({ server, reading }) => {
    const keys = reading.value?.filter(({ uri }) => isOf(of, uri)) ?? [];
    return keys.length > 0 ? [{ server, keys }] : [];
  });
  const [settings, read] = await Promise.all([
    home.value && tryRead(azure.keyVaults.getSettings(home.value, signal), signal),
    mapLimited(using, (one) => readUsing(azure, one, { of, cloud, vault: home }, signal)),
  ]);
  return {
    of,
    vault: home,
    ...(settings && { settings }),
    servers: read,
    unread: asked.filter(({ reading }) => reading.error),
    asked: servers.length,
  };
}

interface Where {
  readonly of: KeyOrVault;
  readonly cloud: Cloud;
  readonly vault: Reading<KeyVault | undefined>;
}

async function readUsing(
  { tdeProtectors, sqlServers, access }: Azure,
  { server, keys }: { readonly server: SqlServer; readonly keys: readonly ServerKey[] },
  { of, cloud, vault }: Where,
  signal: AbortSignal,
): Promise<UsingServer> {
  const [protector, details] = await Promise.all([
    tryRead(tdeProtectors.get(server, signal), signal),
    tryRead(sqlServers.get(server, signal), signal),
  ]);
  const uri = isOf(of, protector.value?.uri) ? protector.value?.uri : undefined;
  const parsed = parseKeyIdentifier(uri ?? '', cloud);
  const principalId = details.value && effectiveIdentity(details.value)?.principalId;
  if (!parsed.ok) return { server, keys, protector, details };
  const scope = vault.value?.kind === 'vault' ? `${vault.value.id}/keys/${parsed.key.name}` : undefined;
  const roles =
    scope !== undefined && principalId !== undefined
      ? await tryRead(access.listRoles(principalId, scope, signal), signal)
      : undefined;
  return { server, keys, protector, details, protectorKey: parsed.key, ...(roles && { roles }) };
}
