import assert from 'node:assert/strict';
import { hasTag, taggedIds } from '../../src/core/productionTag';

describe('the tag of production', () => {
  const tagged = { tags: { Environment: 'Production', owner: 'a=b', empty: null } };
  for (const [tag, expected] of [
    ['environment=production', true],
    ['Environment = PRODUCTION', true],
    ['environment', true],
    ['environment=prod', false],
    ['environment=', false],
    ['owner=a=b', true],
    ['other', false],
  ] as const) {
    it(`is ${expected ? '' : 'not '}found by "${tag}"`, () => {
      assert.equal(hasTag(tagged, tag), expected);
    });
  }

  it('is not found in an answer without tags', () => {
    for (const answer of [undefined, null, 'text', {}, { tags: null }, { tags: 'environment' }, []]) {
      assert.equal(hasTag(answer, 'environment'), false);
    }
  });

  it('is looked for on the server, its resource group, and its subscription', () => {
    const id = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/a';
    assert.deepEqual(taggedIds(id), [id, '/subscriptions/s/resourceGroups/rg', '/subscriptions/s']);
  });
});
