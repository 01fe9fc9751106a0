import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { neededActions, type NeededAction } from '../../src/core/neededActions';
import { file, permissionsDocument } from '../permissionsDocument';

describe('docs/permissions.md', () => {
  const all: readonly NeededAction[] = Object.values(neededActions).flat();

  it('matches the table of actions (npm run docs updates it)', () => {
    assert.equal(readFileSync(file, 'utf8'), permissionsDocument());
  });

  it('has a valid custom role for each command, with exactly its actions', () => {
    const roles = [...permissionsDocument().matchAll(/```json\n([^`]*)```/g)].map(
      ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
    );
    for (const [i, needed] of Object.values<readonly NeededAction[]>(neededActions).entries()) {
      const { Name, Description, Actions, ...others } = roles[i] ?? assert.fail();
      assert.ok(String(Name).length <= 512 && String(Description).length <= 2048);
      assert.deepEqual(Actions, [...new Set(needed.flatMap(({ action, only }) => (only ? [] : [action])))].sort());
      assert.deepEqual(others, {
        IsCustom: true,
        NotActions: [],
        DataActions: [],
        NotDataActions: [],
        AssignableScopes: ['/subscriptions/<subscription ID>'],
      });
    }
    assert.equal(roles.length, Object.keys(neededActions).length);
    assert.equal(new Set(roles.map(({ Name }) => Name)).size, roles.length);
  });

  it('has exact actions, except for operations that the Azure reference does not list', () => {
    const isExact = ({ action }: NeededAction) =>
      /^Microsoft\.[A-Za-z]+(\/[A-Za-z]+)+\/(read|write|delete|action)$/.test(action);
    assert.deepEqual(
      all.filter((one) => !isExact(one)).map(({ action }) => action),
      ['Microsoft.Sql/locations/*/read', 'Microsoft.Sql/locations/*/read'],
    );
  });

  it('names a built-in role for each command', () => {
    assert.doesNotMatch(permissionsDocument(), /none for|undefined/);
  });
});
