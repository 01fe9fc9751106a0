import type { SqlManagementClient } from '@azure/arm-sql';
import { idKey, lastSegment, sameId } from '../core/armId';
import type { GeoPartner } from '../core/model';
import type { ServerPlace } from '../core/ports';
import { abortable, collect } from './paging';

/** Partners by failover group, whose ids are known, and by active geo-replication, of which Azure tells only the names. */
export async function listGeoPartners(
  { failoverGroups, replicationLinks }: SqlManagementClient,
  { resourceGroup, name }: ServerPlace,
  signal?: AbortSignal,
): Promise<readonly GeoPartner[]> {
  const at = [resourceGroup, name, abortable(signal)] as const;
  const [groups, links] = await Promise.all([
    collect(failoverGroups.listByServer(...at)),
    collect(replicationLinks.listByServer(...at)),
  ]);
  const members = groups
    .flatMap(({ partnerServers = [] }) => partnerServers)
    .flatMap(({ id, replicationRole }) => partner(lastSegment(id), replicationRole, id));
  const linked = links
    // A named replica reads the storage of its primary, in the same region.
    .filter(({ linkType }) => linkType?.toLowerCase() !== 'named')
    .flatMap(({ partnerServer, partnerRole }) => partner(partnerServer, partnerRole));
  // The databases of a failover group have links as well; their partners come first, with the ids.
  return (
    distinct([...members, ...linked])
      // A database that is being copied within the server is linked to it.
      .filter((one) => !sameId(one.name, name))
  );
}

/** A copy calls its ends otherwise, and replicates while it runs. */
const roles: Readonly<Record<string, GeoPartner['role']>> = {
  primary: 'primary',
  source: 'primary',
  secondary: 'secondary',
  nonreadablesecondary: 'secondary',
  copy: 'secondary',
};

function partner(name: string | undefined, roleName: string | undefined, id?: string): GeoPartner[] {
  const role = roles[roleName?.toLowerCase() ?? ''];
  return name && role ? [{ name, role, ...(id && { id }) }] : [];
}

function distinct(partners: readonly GeoPartner[]): GeoPartner[] {
  const byNameAndRole = new Map<string, GeoPartner>();
  for (const one of partners) {
    const key = `${idKey(one.name)} ${one.role}`;
    if (!byNameAndRole.has(key)) byNameAndRole.set(key, one);
  }
  return [...byNameAndRole.values()];
}
