import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Tenant } from '../../src/core/model';
import type { TenantFailure } from '../../src/core/ports';
import { subscriptionFilter } from '../../src/ui/subscriptionFilter';
import { emptyView, type Inventory } from '../../src/ui/inventory';
import { inventoryWith } from '../inventoryWith';

const subscription = { id: 'sub', name: 'Contoso', tenantId: 'tenant' };
const server = {
  id: '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Sql/servers/sql',
  name: 'sql',
  subscriptionId: 'sub',
  resourceGroup: 'rg',
  location: 'westeurope',
  identity: { userAssigned: [] },
};
const account = { id: 'account', label: 'dba@contoso.example' };
const failed = (code: string, tenant: Tenant): TenantFailure => ({
  tenant,
  error: new ArmError({ code, message: '' }),
});
const signedOut = failed('TenantSignInRequired', { name: account.label, account });
const northwind = failed('TenantSignInRequired', { id: 'n', name: 'Northwind', account });
const stepUp = failed('StepUpRequired', { name: account.label, account });
const unreachable = failed('ConnectionFailed', { name: account.label, account });

const noCredential = failed('SignInRequired', { name: '' });

const filter = subscriptionFilter(['tenant/other']);
const rows: readonly [what: string, found: Partial<Inventory>, expected: ReturnType<typeof emptyView>][] = [
  ['servers', { subscriptions: [subscription], servers: [server] }, undefined],
  ['servers, and a tenant that requires a sign-in', { servers: [server], failures: [northwind] }, undefined],
  ['no subscription', {}, 'noSubscription'],
  ['a filter that hides everything', { filter }, 'allFiltered'],
  ['subscriptions without servers', { subscriptions: [subscription] }, 'noServer'],
  ['accounts without a session for this extension', { failures: [signedOut, signedOut] }, 'notSignedIn'],
  ['an account that needs a second factor', { failures: [stepUp] }, undefined],
  ['only a tenant that requires a sign-in', { failures: [northwind] }, undefined],
  ['a machine without a credential that works', { failures: [noCredential] }, 'noCredential'],
  ['servers kept from before the credential expired', { servers: [server], failures: [noCredential] }, undefined],
  ['one account signed out, one unreachable', { failures: [signedOut, unreachable] }, undefined],
];

describe('the text of an empty view', () => {
  for (const [what, found, expected] of rows) {
    it(`${expected === undefined ? 'is absent' : `is ${expected}`} with ${what}`, () => {
      assert.equal(emptyView(inventoryWith(found)), expected);
    });
  }
});
