import assert from 'node:assert/strict';
import fc from 'fast-check';
import { armResources, parseArmId } from '../../src/core/armId';
import { resourceLabel } from '../../src/core/errors/operationNames';
import { property } from './property';
import { hostileText, soon } from './texts';

/** Azure allows almost any character in some names, but no slash. */
const name = fc
  .oneof(fc.constantFrom('sql-a', 'rg (old)', 'Übung', '..', 'servers'), hostileText)
  .map((text) => text.replaceAll('/', ''))
  .filter((text) => text !== '');
const levels = fc.array(fc.tuple(fc.constantFrom('servers', 'keys', 'locks', 'databases'), name), {
  minLength: 1,
  maxLength: 4,
});

const anyText = fc
  .array(
    fc.oneof(fc.constantFrom('/', '/subscriptions/', '/resourceGroups/', '/providers/', 'Microsoft.Sql'), hostileText),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

export const armIds = [
  property(
    'names the resources that it was made of, outermost first',
    5000,
    fc.tuple(name, name, levels),
    ([subscriptionId, resourceGroup, pairs]) => {
      const path = pairs.map((pair) => pair.join('/')).join('/');
      const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/${path}`;
      const [subscription, group, ...resources] = armResources(id);
      assert.deepEqual([subscription?.name, group?.name], [subscriptionId, resourceGroup]);
      assert.deepEqual(
        resources.map((resource) => resource.name),
        pairs.map(([, own]) => own),
      );
      assert.equal(resources.at(-1)?.type, ['Microsoft.Sql', ...pairs.map(([type]) => type)].join('/'));
      assert.equal(resources.at(-1)?.id, id);
      assert.deepEqual(parseArmId(id), { subscriptionId, resourceGroup, name: pairs.at(-1)?.[1] });
    },
  ),
  property('is read from any text without delay, and names only what the text starts with', 6000, anyText, (text) => {
    for (const { id } of soon(() => armResources(text))) assert.ok(text.startsWith(id));
    assert.ok(text.includes(parseArmId(text).name));
    assert.equal(typeof soon(() => resourceLabel(text)), 'string');
  }),
];
