import { contoso, group, inProduction, subscriptions } from '../emulator/seeds/demoNames';

/** A resource as Azure Resources passes it to other extensions, with the fields that they use. */
interface AzureResource {
  readonly id: string;
  readonly name: string;
  readonly resourceType: 'SqlServers' | 'KeyVaults';
  readonly subscription: AzureSubscription;
}

interface AzureSubscription {
  readonly name: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
}

/** A node and its tree item. Commands get the node, so it has the fields of the real one. */
export interface Node {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly contextValue: string;
  readonly children: readonly Node[];
}

export interface SubscriptionNode extends Node {
  readonly subscription: AzureSubscription;
}

/** Wraps what another extension provides for a resource, or, as here, what Azure Resources itself shows. */
interface ResourceNode extends Node {
  readonly resource: AzureResource;
  readonly branchItem: { readonly id: string };
  unwrap(): unknown;
}

const icons = { SqlServers: 'server', KeyVaults: 'key' };

const production = { name: 'Contoso Production', subscriptionId: subscriptions.production, tenantId: contoso };
const development = { name: 'Contoso Development', subscriptionId: subscriptions.development, tenantId: contoso };

const sqlServer = (subscription: AzureSubscription, groupId: string, name: string): AzureResource => ({
  id: `${groupId}/providers/Microsoft.Sql/servers/${name}`,
  name,
  resourceType: 'SqlServers',
  subscription,
});

const keyVault = (name: string): AzureResource => ({
  id: `${inProduction('rg-keys')}/providers/Microsoft.KeyVault/vaults/${name}`,
  name,
  resourceType: 'KeyVaults',
  subscription: production,
});

function resourceNode(resource: AzureResource): ResourceNode {
  const { id, name, resourceType, subscription } = resource;
  const branchItem = { id };
  return {
    id: `/accounts/00000000-0000-0000-0000-000000000001/tenants/${subscription.tenantId}${id}`,
    label: name,
    icon: icons[resourceType],
    contextValue: ['azureResource', 'hasPortalUrl', 'hasProperties', resourceType].join(';'),
    children: [],
    resource,
    branchItem,
    unwrap: () => branchItem,
  };
}

const subscriptionNode = (subscription: AzureSubscription, ...children: Node[]): SubscriptionNode => ({
  id: `/subscriptions/${subscription.subscriptionId}`,
  label: subscription.name,
  icon: 'azure',
  contextValue: 'azureextensionui.azureSubscription',
  children,
  subscription,
});

const typeGroup = (label: string, ...resources: [AzureResource, ...AzureResource[]]): Node => {
  const [{ resourceType, subscription }] = resources;
  return {
    id: `/subscriptions/${subscription.subscriptionId}/groupings/${label}`,
    label,
    icon: icons[resourceType],
    contextValue: [resourceType, 'azureResourceTypeGroup', 'canFocus', 'groupingItem'].join(';'),
    children: resources.map(resourceNode),
  };
};

const resourceGroup = (id: string, ...resources: AzureResource[]): Node => ({
  id,
  label: id.slice(id.lastIndexOf('/') + 1),
  icon: 'symbol-namespace',
  contextValue: ['azureResourceGroup', 'canFocus', 'groupingItem', 'hasPortalUrl'].join(';'),
  children: resources.map(resourceNode),
});

const inDevelopment = group(subscriptions.development, 'rg-dev');

/** A part of the demo estate with both kinds of groups. The real tree has one kind at a time. */
export const roots: readonly SubscriptionNode[] = [
  subscriptionNode(
    production,
    typeGroup('Key vaults', keyVault('kv-billing')),
    typeGroup(
      'SQL servers',
      sqlServer(production, inProduction('rg-billing'), 'sql-billing-weu'),
      sqlServer(production, inProduction('rg-orders'), 'sql-orders-weu'),
    ),
  ),
  subscriptionNode(
    development,
    resourceGroup(
      inDevelopment,
      sqlServer(development, inDevelopment, 'sql-dev-weu'),
      // Not in the demo estate, as if it were new or visible only to another account.
      sqlServer(development, inDevelopment, 'sql-dev-new'),
    ),
  ),
];
