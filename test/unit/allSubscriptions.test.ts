import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { remembered } from '../../src/core/remembered';
import { allSubscriptions } from '../../src/ui/allSubscriptions';
import { subscriptionFilter, type SubscriptionFilter } from '../../src/ui/subscriptionFilter';
import type { Inventory } from '../../src/ui/inventory';
import { inventoryWith } from '../inventoryWith';

const [shown, hidden] = ['shown', 'hidden'].map((name) => ({ id: name, name, tenantId: 'tenant' }));
const tenant = { id: 'tenant', name: 'Contoso' };
const failed = (name: string) => ({
  tenant,
  error: new ArmError({ code: 'X', message: '', operation: { name, resource: '' } }),
});

function services(filter: SubscriptionFilter | undefined, failures: Inventory['failures'] = []) {
  assert.ok(shown && hidden);
  const inventory = inventoryWith({ subscriptions: [shown], failures, filter });
  const lists: unknown[] = [];
  const list = (tenantIds?: ReadonlySet<string>) => {
    lists.push(tenantIds);
    return Promise.resolve({ items: [shown, hidden], disabled: [], failures: [], tenants: [] });
  };
  return {
    lists,
    azure: remembered(() => Promise.resolve({ subscriptions: { list } })),
    inventory: remembered(() => Promise.resolve(inventory)),
  };
}

describe('the subscriptions in which to look for vaults', () => {
  it('include those that the filter hides', async () => {
    const given = services(subscriptionFilter(['tenant/shown']));
    assert.deepEqual((await allSubscriptions(given)).subscriptions, [shown, hidden]);
    assert.deepEqual(given.lists, [undefined]);
  });

  it('are known without a request if there is no filter', async () => {
    const given = services(undefined);
    assert.deepEqual((await allSubscriptions(given)).subscriptions, [shown]);
    assert.deepEqual(given.lists, []);
  });

  it('come with the tenants that could not be read', async () => {
    const unread = failed('list subscriptions');
    const given = services(undefined, [unread, failed('list SQL servers')]);
    assert.deepEqual((await allSubscriptions(given)).failures, [unread]);
  });
});
