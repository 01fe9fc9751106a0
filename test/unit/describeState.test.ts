import assert from 'node:assert/strict';
import type { VaultKey } from '../../src/core/vaultModel';
import { describeState, type ServerState } from '../../src/core/serverState/describeState';

const now = new Date('2026-11-26T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const version = (digits: string, more: Partial<VaultKey> = {}): VaultKey => ({
  name: 'tde-orders',
  uri: `https://kv-orders.vault.azure.net/keys/tde-orders/${digits.padEnd(32, '0')}`,
  enabled: true,
  ...more,
});

const stateOf = (state: Partial<ServerState>) => describeState({ server: 'sql-orders', ...state }, now);
const withKey = (more: Partial<VaultKey>) => {
  const key = version('a', more);
  return stateOf({ key: { version: key, newest: key } });
};

describe('the state of a server', () => {
  it('needs no attention if nothing is wrong, or nothing is known', () => {
    const healthy = { errors: [], warnings: [], notes: [], facts: [], isUrgent: false, isRotationOverdue: false };
    assert.deepEqual(stateOf({}), healthy);
    assert.deepEqual(withKey({ expires: daysAgo(-61) }), healthy);
  });

  it('is an outage if the key is disabled, expired, deleted, or not active yet', () => {
    assert.deepEqual(withKey({ enabled: false }).errors, ['key disabled']);
    assert.deepEqual(withKey({ expires: daysAgo(1) }).errors, ['key expired']);
    assert.deepEqual(withKey({ notBefore: daysAgo(-1) }).errors, ['key disabled']);
    assert.deepEqual(stateOf({ key: 'deleted' }).errors, ['key deleted']);
    assert.ok(stateOf({ key: 'deleted' }).isUrgent);
  });

  it('is an outage if databases are inaccessible, and says what to do', () => {
    const { errors, facts } = stateOf({ inaccessible: ['orders', 'orders-history'] });
    assert.deepEqual(errors, ['2 databases inaccessible']);
    assert.match(facts.join('\n'), /"orders", "orders-history".*then revalidate the TDE protector/);
  });

  it('warns of a key that expires within 60 days, and is urgent from 30 days on', () => {
    const at = (days: number) => {
      const { errors, warnings, isUrgent } = withKey({ expires: daysAgo(-days) });
      return [errors, warnings, isUrgent];
    };
    assert.deepEqual(at(13), [[], ['expires in 13 days'], true]);
    assert.deepEqual(at(30), [[], ['expires in 30 days'], true]);
    assert.deepEqual(at(31), [[], ['expires in 31 days'], false]);
    assert.deepEqual(at(60), [[], ['expires in 60 days'], false]);
  });

  it('tells a newer version from an automatic rotation that is overdue after the documented 24 hours', () => {
    const with24 = (hours: number, autoRotation?: boolean) => {
      const newest = version('b', { created: new Date(now.getTime() - hours * 3_600_000) });
      const key = { version: version('a'), newest };
      return stateOf({ key, ...(autoRotation !== undefined && { protector: { autoRotation } }) });
    };
    const words = (state: ReturnType<typeof stateOf>) => [...state.warnings, ...state.notes];
    assert.deepEqual(words(with24(25, true)), ['rotation overdue']);
    assert.match(
      with24(25, true).facts.join(' '),
      /since 2026-11-25, .* within 24 hours. To see all checks and their fixes, check the key/,
    );
    assert.deepEqual(words(with24(23, true)), ['newer version']);
    assert.deepEqual(words(with24(100, false)), ['newer version']);
    assert.deepEqual(words(with24(100)), ['newer version']);
    assert.equal(with24(100, false).warnings.length, 0);
  });

  it('ignores a newer version that is disabled', () => {
    const newest = version('b', { created: daysAgo(3), enabled: false });
    const key = { version: version('a'), newest };
    assert.deepEqual(stateOf({ key, protector: { autoRotation: true } }).warnings, []);
  });

  it('names replication partners and locks', () => {
    const { notes, facts } = stateOf({
      partners: [{ name: 'sql-orders-neu', role: 'secondary' }],
      locks: [{ name: 'do-not-touch', scope: '/x', level: 'readOnly' }],
    });
    assert.deepEqual(notes, ['primary of sql-orders-neu', 'locked']);
    assert.match(facts.join('\n'), /A lock makes the server read-only: "do-not-touch"\./);
    assert.deepEqual(stateOf({ partners: [{ name: 'sql-a', role: 'primary' }] }).notes, ['replica of sql-a']);
  });
});
