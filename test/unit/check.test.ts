import assert from 'node:assert/strict';
import { includesAction } from '../../src/core/checks/check';

describe('the actions of a role', () => {
  for (const [pattern, action, included] of [
    ['*', 'Microsoft.Sql/servers/read', true],
    ['*/read', 'Microsoft.Sql/servers/read', true],
    ['*/read', 'Microsoft.Sql/servers/write', false],
    ['microsoft.sql/SERVERS/*', 'Microsoft.Sql/servers/keys/write', true],
    ['Microsoft.Sql/*/keys/*', 'Microsoft.Sql/servers/keys/write', true],
    ['Microsoft.Sql/servers/read', 'Microsoft.Sql/servers/read', true],
    ['Microsoft.Sql/servers/read', 'Microsoft.Sql/servers/reads', false],
    ['Microsoft.Sql/servers/*ead', 'Microsoft.Sql/servers/read', true],
    // The ends must not overlap.
    ['aba*ba', 'aba', false],
    ['aba*ba', 'ababa', true],
    ['Microsoft.Sql.servers', 'Microsoft-Sql-servers', false],
    ['', 'Microsoft.Sql/servers/read', false],
  ] as const) {
    it(`${included ? 'include' : 'do not include'} ${action} with "${pattern}"`, () => {
      assert.equal(includesAction([pattern], action), included);
    });
  }

  it('are compared without delay, whatever a custom role contains', () => {
    const began = performance.now();
    const action = 'Microsoft.Authorization/roleAssignments/write';
    for (const pattern of [`${'*'.repeat(9)}x!`, `${'*i'.repeat(40)}!`, '*'.repeat(100_000)]) {
      assert.equal(includesAction([pattern], action), /^\**$/.test(pattern));
    }
    assert.ok(performance.now() - began < 1000);
  });
});
