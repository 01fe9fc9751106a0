import assert from 'node:assert/strict';
import { subscriptionChoice, type SubscriptionAnswer } from '../../src/ui/subscriptionQuestion';

const [production, development, northwind] = ['contoso/production', 'contoso/development', 'northwind/shared'];
const offered = [production, development];

/** If the answer isn't complete, Northwind could not be read. */
const table: readonly (readonly [what: string, answer: SubscriptionAnswer, saved: readonly string[]])[] = [
  ['what is checked', { before: [], offered, complete: true, checked: [production] }, [production]],
  ['everything if all are checked', { before: [production], offered, complete: true, checked: offered }, []],
  ['everything if none is checked', { before: [production], offered, complete: true, checked: [] }, []],
  [
    'no subscription that no longer exists',
    { before: [production, northwind], offered, complete: true, checked: [development] },
    [development],
  ],
  [
    'the choice in a tenant that could not be read',
    { before: [production, northwind], offered, complete: false, checked: [development] },
    [development, northwind],
  ],
  [
    'that choice alone if nothing else is checked',
    { before: [production, northwind], offered, complete: false, checked: [] },
    [northwind],
  ],
  [
    'all that were offered, and not everything, if a tenant could not be read',
    { before: [production], offered, complete: false, checked: offered },
    offered,
  ],
  [
    'everything if that was the choice and nothing was unchecked',
    { before: [], offered, complete: false, checked: offered },
    [],
  ],
  [
    'each subscription once, whatever the casing of its ID',
    { before: ['CONTOSO/Production', northwind], offered, complete: false, checked: [production] },
    [production, northwind],
  ],
];

describe('the saved choice of subscriptions', () => {
  for (const [what, answer, saved] of table) {
    it(`is ${what}`, () => {
      assert.deepEqual(subscriptionChoice(answer), saved);
    });
  }
});
