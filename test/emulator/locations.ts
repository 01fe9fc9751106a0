/** Server keys and failover groups show a region's display name although the server shows its name. */
const displayNames: Record<string, string> = {
  westeurope: 'West Europe',
  northeurope: 'North Europe',
  eastus: 'East US',
  eastus2: 'East US 2',
  westus2: 'West US 2',
  swedencentral: 'Sweden Central',
};

export const regions = Object.keys(displayNames);

export const displayName = (location: string): string => displayNames[location] ?? location;
