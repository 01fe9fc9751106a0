import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { checksDocument } from '../../src/core/checks/checksDocument';
import { checkServer } from '../../src/core/checks/checkServer';
import type { ServerFacts } from '../../src/core/checks/facts';
import { publicCloud } from '../../src/core/clouds';
import { good, now, place } from './goodFacts';

const check = (facts: Partial<ServerFacts>) => checkServer(place, { ...good, ...facts }, { cloud: publicCloud, now });
const problems = (facts: Partial<ServerFacts>) =>
  check(facts).flatMap(({ outcome, text }) => (outcome === 'pass' ? [] : [`${outcome}: ${text}`]));

describe('the checks of a server itself', () => {
  it('look at identity, lock, and rights of a server whose key Azure manages', () => {
    const lock = { name: 'keep', scope: place.id, level: 'readOnly' as const };
    const noRights = { permissions: { value: [] }, groupPermissions: { value: [] } };
    const server = { value: { ...place, identity: { userAssigned: [] } } };
    assert.deepEqual(problems({ server, locks: { value: [lock] }, ...noRights }), [
      'warn: "sql-a" has no managed identity',
      'fail: The lock "keep" prevents changes to "sql-a"',
      'fail: Your account can\'t create server keys on "sql-a"',
    ]);
  });

  it('report a customer-managed server without identity as a problem', () => {
    const protector = { value: { serverKeyName: 'k', type: 'customerManaged' as const, autoRotation: false } };
    const server = { value: { ...place, identity: { userAssigned: [] } } };
    assert.deepEqual(problems({ server, protector }), ['fail: "sql-a" has no managed identity']);
  });

  it('report in place what could not be read', () => {
    const error = new ArmError({ code: 'AuthorizationFailed', message: '' });
    assert.deepEqual(problems({ serverKeys: { error }, protector: { error } }), [
      'unknown: Could not be checked: TDE protector of "sql-a"',
      'unknown: Could not be checked: server keys of "sql-a"',
    ]);
  });

  it('are counted at the top of the document', () => {
    const server = { value: { ...place, identity: { userAssigned: [] } } };
    const text = checksDocument('sql-a', [{ title: 'Server', findings: check({ server }) }], now);
    assert.match(text, /^# Diagnostics of "sql-a"\n\nChecked at 2026-11-24 12:00 UTC: 1 warning, \d+ passed\n/);
  });
});
