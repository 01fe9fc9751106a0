import type { Principal, User } from '../base/state';
import { guidOf } from '../base/ids';

export const contoso = guidOf('tenant contoso');
export const fabrikam = guidOf('tenant fabrikam');
export const northwind = guidOf('tenant northwind');
export const tailspin = guidOf('tenant tailspin');
export const wingtip = guidOf('tenant wingtip');

export const subscriptions = {
  production: guidOf('subscription Contoso Production'),
  development: guidOf('subscription Contoso Development'),
  fabrikamTest: guidOf('subscription Fabrikam Test'),
  northwindShared: guidOf('subscription Northwind Shared'),
  tailspinOps: guidOf('subscription Tailspin Ops'),
  wingtip: guidOf('subscription Wingtip'),
};

export const group = (subscriptionId: string, name: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
export const inProduction = (name: string): string => group(subscriptions.production, name);

/** Home tenant Contoso. Guest of Northwind, which requires a second factor, and of Tailspin, which blocks all sign-ins. */
export const dba: User = {
  name: 'dba@contoso.example',
  homeTenantId: contoso,
  password: 'dba-password',
  otp: '111111',
};

/** Home tenant Wingtip, with no other tenants. */
export const ops: User = {
  name: 'ops@wingtip.example',
  homeTenantId: wingtip,
  password: 'ops-password',
  otp: '222222',
};

/**
 * The principal of the managed identity and of the application. It is also the directory entry of `dba`, so that all three
 * see the same resources. It owns nearly all of them; see the role assignments of the demo seed.
 */
export const caller: Principal = {
  objectId: guidOf('caller'),
  appId: guidOf('app of caller'),
  tenantId: contoso,
  displayName: 'Contoso Key Operator',
  secret: 'emulator-secret',
  user: dba.name,
};

export const inventoryIdentity = {
  id: `${inProduction('rg-inventory')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-sql-inventory`,
  location: 'westeurope',
  tenantId: contoso,
  principalId: guidOf('identity id-sql-inventory'),
  clientId: guidOf('app of id-sql-inventory'),
};
