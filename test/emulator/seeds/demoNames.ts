import type { Principal } from '../state';
import { guidOf } from './derivedIds';

export const contoso = guidOf('tenant contoso');
export const fabrikam = guidOf('tenant fabrikam');

export const subscriptions = {
  production: guidOf('subscription Contoso Production'),
  development: guidOf('subscription Contoso Development'),
  fabrikamTest: guidOf('subscription Fabrikam Test'),
};

export const group = (subscriptionId: string, name: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
export const inProduction = (name: string): string => group(subscriptions.production, name);

/** The application as which everybody signs in. It owns nearly everything; see the assignments below. */
export const caller: Principal = {
  objectId: guidOf('caller'),
  appId: guidOf('app of caller'),
  tenantId: contoso,
  displayName: 'Contoso Key Operator',
  secret: 'emulator-secret',
};

export const inventoryIdentity = {
  id: `${inProduction('rg-inventory')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-sql-inventory`,
  location: 'westeurope',
  tenantId: contoso,
  principalId: guidOf('identity id-sql-inventory'),
  clientId: guidOf('app of id-sql-inventory'),
};
