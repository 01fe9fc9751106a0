import { lastSegment, parseArmId, sameId } from '../armId';
import type { CommandValues } from '../cli/commands';
import { publicCloud, type Cloud } from '../clouds';
import { parseServerKeyName } from '../keys/serverKeyName';
import { resourcesOf, type PastedResources } from './pastedResources';
import { serversByRole } from './serversByRole';

/**
 * Values for a command, if the text names exactly one, or one in the role that the command needs. Without a key identifier, the name of a server key identifies its key.
 * @param identities object IDs of the identities that the server has in Azure; the text alone must not decide who gets permissions
 * @param cloud where the vault of a server key is
 * @param message of the failure, which shows its server if the text names several
 */
export function commandValues(
  resources: PastedResources,
  identities: readonly string[] = [],
  cloud: Cloud = publicCloud,
  message = '',
): CommandValues {
  const { ids, resourceGroups, instances, vaults, keyNames, principals } = resources;
  const { server, partnerServer } = serversByRole(resources, message);
  const keys = resources.keys.length > 0 ? resources.keys : keysOf(resources, cloud);
  const idsOf = (...types: readonly string[]) => [
    ...new Set(ids.flatMap((id) => resourcesOf(id, types)).map(({ id }) => id)),
  ];
  const serverId = (name: string | undefined) =>
    theOnly(idsOf('Microsoft.Sql/servers').filter((id) => name === undefined || sameId(lastSegment(id), name)));
  const ownId = serverId(server);
  const values = {
    resourceGroup: theOnly(resourceGroups) ?? groupOf(ownId),
    server,
    partnerServer,
    partnerResourceGroup: partnerServer === undefined ? undefined : groupOf(serverId(partnerServer)),
    instance: theOnly(instances),
    vault: theOnly(vaults),
    keyUri: theOnly(keys),
    keyName:
      theOnly([...new Set(keys.map((key) => key.split('/')[4] ?? ''))]) ?? theOnly(keys.length === 0 ? keyNames : []),
    principalId: theOnly(principals.filter((id) => identities.some((own) => sameId(own, id)))),
    serverId: ownId,
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

const groupOf = (id: string | undefined) => (id === undefined ? undefined : parseArmId(id).resourceGroup);

function theOnly(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
