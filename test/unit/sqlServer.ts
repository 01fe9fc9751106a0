import type { SqlServer } from '../../src/core/model';

/** A server with this name. */
export const sqlServer = (name: string): SqlServer => ({
  id: `/subscriptions/1/resourceGroups/rg/providers/Microsoft.Sql/servers/${name}`,
  name,
  subscriptionId: '1',
  resourceGroup: 'rg',
  location: 'westeurope',
  identity: { userAssigned: [] },
});
