import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Inventory } from '../../src/ui/inventory';
import { subscriptionFilter } from '../../src/ui/subscriptionFilter';
import { subscriptionItems } from '../../src/ui/subscriptionQuestion';
import { describe as describeNode } from '../../src/ui/tree/describe';
import { unshownRows } from '../../src/ui/tree/unshownRows';
import { inventoryWith } from '../inventoryWith';

const contoso = { id: 't-contoso', name: 'Contoso' };
const fabrikam = { id: 't-fabrikam', name: 'Fabrikam' };
const subscription = (name: string, tenant = contoso) => ({ id: `s-${name}`, name, tenantId: tenant.id, tenant });
const [production, development, old] = ['Production', 'Development', 'Old'].map((name) => subscription(name));
assert.ok(production && development && old);

const shown = (changes: Partial<Inventory>): Inventory =>
  inventoryWith({ subscriptions: [production], tenants: [contoso], ...changes });

const rowsOf = (changes: Partial<Inventory>): readonly string[] => {
  const [row] = unshownRows(shown(changes));
  const lineOf = (node: NonNullable<typeof row>) =>
    [describeNode(node).label, describeNode(node).description].join(' — ');
  return row ? [lineOf(row), ...row.children.map(lineOf)] : [];
};

const unread = {
  tenant: fabrikam,
  error: new ArmError({ code: 'TenantSignInRequired', message: '' }),
};

describe('the row about subscriptions that are not shown', () => {
  it('is absent if everything is shown', () => {
    assert.deepEqual(rowsOf({}), []);
    assert.deepEqual(rowsOf({ filter: subscriptionFilter(['t-contoso/s-Production']) }), []);
  });

  it('lists each with its reason', () => {
    const filter = subscriptionFilter(['t-contoso/s-Production', 't-contoso/s-Gone', 't-fabrikam/s-Test']);
    const changes = {
      filter,
      hidden: [development],
      disabled: [old],
      tenants: [contoso, fabrikam],
      failures: [unread],
    };
    assert.deepEqual(rowsOf(changes), [
      '4 subscriptions not shown — filtered · disabled · no access · tenant not readable',
      'Development — filtered',
      'Old — disabled',
      's-gone — no access',
      's-test — tenant not readable',
    ]);
  });

  it('names the tenants that are not read, because no subscription of them is selected', () => {
    const filter = subscriptionFilter(['t-contoso/s-Production']);
    assert.deepEqual(rowsOf({ filter, tenants: [contoso, fabrikam, contoso] }), [
      '1 tenant not shown — filtered',
      'Fabrikam — filtered',
    ]);
  });

  it('leaves out other tenants if all were read, because a selected tenant has no account', () => {
    const filter = subscriptionFilter(['t-other/s-Production']);
    assert.deepEqual(rowsOf({ filter, tenants: [contoso, fabrikam] }), []);
  });
});

describe('the subscriptions to select from', () => {
  it('include those that cannot be shown, with the reason, and keep their place in the selection', () => {
    const filter = subscriptionFilter(['t-contoso/s-Production', 't-contoso/s-gone']);
    const found = { items: [production, development], disabled: [old], failures: [], tenants: [contoso, fabrikam] };
    assert.deepEqual(
      subscriptionItems(found, filter).map(({ label, detail, picked, data }) => [label, detail, picked, data]),
      [
        ['Production', undefined, true, 't-contoso/s-Production'],
        ['Development', undefined, false, 't-contoso/s-Development'],
        ['Old', 'Azure has disabled this subscription, so nothing in it can be changed.', false, 't-contoso/s-Old'],
        [
          's-gone',
          'This subscription is selected, but your accounts have no role in it, or it was deleted.',
          true,
          't-contoso/s-gone',
        ],
      ],
    );
  });
});
