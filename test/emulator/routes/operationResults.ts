import { operationResult, pollOperation } from '../arm/operations';
import type { Route } from '../arm/route';
import { polledUrls } from '../base/operation';

const type = 'Microsoft.Sql/servers';

/** Without a resource group, whoever sees the subscription may poll: no action at its scope is documented. */
const scopes = [
  { scope: '/subscriptions/:sub/resourceGroups/:group', filtered: false },
  { scope: '/subscriptions/:sub', filtered: true },
];

/** The URLs to poll long-running operations of Azure SQL. */
export const operationResultRoutes: Route[] = polledUrls.flatMap((name) =>
  scopes.flatMap(({ scope, filtered }) =>
    [
      { url: `${name}AzureAsyncOperation`, handle: pollOperation },
      { url: `${name}OperationResults`, handle: operationResult },
    ].map(({ url, handle }): Route => ({
      method: 'GET',
      path: `${scope}/providers/Microsoft.Sql/locations/:location/${url}/:id`,
      type,
      action: `Microsoft.Sql/locations/${url}/read`,
      filtered,
      handle,
    })),
  ),
);
