import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Tenant } from '../../src/core/model';
import type { TenantFailure } from '../../src/core/ports';
import type { Inventory } from '../../src/ui/inventory';
import { keepUnread } from '../../src/ui/keepUnread';
import { subscriptionFilter } from '../../src/ui/subscriptionFilter';
import { inventoryWith } from '../inventoryWith';

const account = { id: 'dba', label: 'dba@contoso.example' };
const contoso = { id: 't-contoso', name: 'Contoso', account };
const fabrikam = { id: 't-fabrikam', name: 'Fabrikam', account };
const home = { name: account.label, account };
const machine = { name: '' };

const subscription = (name: string, tenant: Tenant) => ({ id: `sub-${name}`, name, tenantId: tenant.id ?? 't' });
const server = (name: string, of: { readonly id: string }) => ({
  id: `/subscriptions/${of.id}/resourceGroups/rg/providers/Microsoft.Sql/servers/${name}`,
  name,
  subscriptionId: of.id,
  resourceGroup: 'rg',
  location: 'westeurope',
  identity: { userAssigned: [] },
});
const production = subscription('production', contoso);
const test = subscription('test', fabrikam);
const orders = server('sql-orders', production);
const hr = server('sql-hr', test);

const failed = (name: string, tenant: Tenant, code = 'TooManyRequests'): TenantFailure => ({
  tenant,
  error: new ArmError({ code, message: '', operation: { name, resource: '' } }),
});

const [noon, later] = [new Date('2026-11-26T12:00:00Z'), new Date('2026-11-26T12:15:00Z')];
const before = inventoryWith({
  subscriptions: [production, test],
  servers: [hr, orders],
  tenants: [contoso, fabrikam],
  asOf: noon,
});
const empty: Inventory = { ...before, subscriptions: [], servers: [], tenants: [], asOf: later };
const namesOf = ({ servers }: Inventory) => servers.map(({ name }) => name);

describe('a refresh that fails', () => {
  for (const [what, now] of [
    ['lists no tenants', { ...empty, failures: [failed('list tenants', home)] }],
    [
      'lists no subscriptions',
      { ...empty, failures: [contoso, fabrikam].map((one) => failed('list subscriptions', one)) },
    ],
    [
      'lists no servers',
      {
        ...before,
        servers: [],
        asOf: later,
        failures: [contoso, fabrikam].map((one) => failed('list SQL servers', one)),
      },
    ],
  ] as const) {
    it(`keeps all rows and their time if it ${what}`, () => {
      const kept = keepUnread(now, before, undefined);
      assert.deepEqual([kept.subscriptions, kept.servers, kept.asOf], [before.subscriptions, before.servers, noon]);
      assert.equal(kept.keptBecause, now.failures[0]);
      const again = keepUnread(now, kept, undefined);
      assert.deepEqual([namesOf(again), again.asOf], [namesOf(before), noon]);
    });
  }

  it("keeps the rows of this machine's sign-in, whose tenant has no ID", () => {
    const known = { ...before, tenants: [machine] };
    const now = { ...empty, tenants: [machine], failures: [failed('list subscriptions', machine)] };
    assert.deepEqual(namesOf(keepUnread(now, known, undefined)), ['sql-hr', 'sql-orders']);
  });

  it('shows what is new in the tenants that it could read', () => {
    const added = server('sql-added', production);
    const now = {
      ...empty,
      subscriptions: [production],
      servers: [added],
      tenants: [contoso, fabrikam],
      failures: [failed('list subscriptions', fabrikam)],
    };
    assert.deepEqual(namesOf(keepUnread(now, before, undefined)), ['sql-added', 'sql-hr']);
  });

  it('keeps no row that a new subscription filter hides', () => {
    const now = { ...empty, failures: [failed('list tenants', home)] };
    const filter = subscriptionFilter([`${contoso.id}/${production.id}`]);
    assert.deepEqual(namesOf(keepUnread(now, before, filter)), ['sql-orders']);
  });

  it('keeps no row of a tenant that requires a sign-in, or of another account', () => {
    const others = { ...home, account: { id: 'ops', label: 'ops' } };
    for (const failure of [failed('list tenants', home, 'TenantSignInRequired'), failed('list tenants', others)]) {
      const now = { ...empty, failures: [failure] };
      assert.equal(keepUnread(now, before, undefined), now);
    }
  });

  it('is the first read if nothing was read before', () => {
    const now = { ...empty, failures: [failed('list tenants', home)] };
    assert.equal(keepUnread(now, undefined, undefined), now);
  });
});
