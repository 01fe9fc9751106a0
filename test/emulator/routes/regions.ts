import type { Route } from '../arm/route';
import { ok } from '../base/answer';
import { regionNames } from './servers';

/** The Azure geography of each region. Source: Azure docs, "List of Azure regions". */
const geographies: Record<string, string> = {
  westeurope: 'Europe',
  northeurope: 'Europe',
  eastus: 'United States',
  eastus2: 'United States',
  westus2: 'United States',
  swedencentral: 'Sweden',
};

export const geographyOf = (location: string): string => geographies[location] ?? location;

const type = 'Microsoft.Resources/subscriptions/locations';

export const regionRoutes: Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/:sub/locations',
    type,
    handle: ({ params }) =>
      ok({
        value: Object.entries(regionNames).map(([name, displayName]) => ({
          id: `/subscriptions/${params.sub ?? ''}/locations/${name}`,
          name,
          type: 'Region',
          displayName,
          regionalDisplayName: displayName,
          metadata: { regionType: 'Physical', regionCategory: 'Recommended', geography: geographyOf(name) },
        })),
      }),
  },
];
