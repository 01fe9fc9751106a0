import { sameId } from '../armId';
import type { CommandValues } from '../cli/commands';
import { publicCloud, type Cloud } from '../clouds';
import { parseServerKeyName } from '../keys/serverKeyName';
import { resourcesOf, type PastedResources } from './pastedResources';

/**
 * Values for a command, if the text names exactly one. Without a key identifier, the name of a server key identifies its key.
 * @param identities object IDs of the identities that the server has in Azure; the text alone must not decide who gets permissions
 * @param cloud where the vault of a server key is
 */
export function commandValues(
  resources: PastedResources,
  identities: readonly string[] = [],
  cloud: Cloud = publicCloud,
): CommandValues {
  const { ids, resourceGroups, servers, instances, vaults, keyNames, principals } = resources;
  const keys = resources.keys.length > 0 ? resources.keys : keysOf(resources, cloud);
  const idsOf = (...types: readonly string[]) => [
    ...new Set(ids.flatMap((id) => resourcesOf(id, types)).map(({ id }) => id)),
  ];
  const values = {
    resourceGroup: theOnly(resourceGroups),
    server: theOnly(servers),
    instance: theOnly(instances),
    vault: theOnly(vaults),
    keyUri: theOnly(keys),
    keyName:
      theOnly([...new Set(keys.map((key) => key.split('/')[4] ?? ''))]) ?? theOnly(keys.length === 0 ? keyNames : []),
    principalId: theOnly(principals.filter((id) => identities.some((own) => sameId(own, id)))),
    serverId: theOnly(idsOf('Microsoft.Sql/servers')),
    resourceGroupId: theOnly(idsOf('resourceGroups')),
    vaultId: theOnly(idsOf('Microsoft.KeyVault/vaults', 'Microsoft.KeyVault/managedHSMs')),
    resourceId: theOnly(ids),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function keysOf({ serverKeys }: PastedResources, { vaultSuffixes: [suffix = ''] }: Cloud): readonly string[] {
  return serverKeys.flatMap((serverKey) => {
    const { vault, key, version } = parseServerKeyName(serverKey) ?? {};
    return vault === undefined || version === undefined
      ? []
      : [`https://${vault}.${suffix}/keys/${key ?? ''}/${version}`];
  });
}

function theOnly(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
