import type { UserAssignedIdentity } from '../core/model';
import type { ResourceKind } from './resourceGraph';

/** A row of the query below. */
interface Row extends Pick<UserAssignedIdentity, 'id' | 'name' | 'resourceGroup' | 'subscriptionId'> {
  readonly principalId?: string | null;
}

/** User-assigned identities in Resource Graph. */
export const userAssignedIdentityKind: ResourceKind<Row, UserAssignedIdentity> = {
  operations: { list: 'list identities', find: 'find identity' },
  query: (filter) =>
    `resources | where type =~ 'microsoft.managedidentity/userassignedidentities' ${filter}` +
    '| project id, name, location, resourceGroup, subscriptionId, principalId = properties.principalId | order by id asc',
  toItems: (rows) =>
    rows.map(({ id, name, resourceGroup, subscriptionId, principalId }) => ({
      ...{ id, name, resourceGroup, subscriptionId },
      ...(principalId && { principalId }),
    })),
};
