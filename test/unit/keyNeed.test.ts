import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Reading } from '../../src/core/checks/facts';
import type { ServerKey, TdeProtector } from '../../src/core/model';
import { keyNeed } from '../../src/core/retirement/keyNeed';
import { keyNeedDocument, needInShort, verdictWords } from '../../src/core/retirement/keyNeedDocument';
import { checksDocument } from '../../src/core/checks/checksDocument';
import type { DatabaseUse, NeedFacts } from '../../src/core/retirement/needFacts';
import { now } from './goodFacts';
import { sqlServer } from './sqlServer';

const day = (days: number): Date => new Date(now.getTime() + days * 24 * 3_600_000);

function serverKey(name: string, created: Date): ServerKey {
  const uri = `https://kv-a.vault.azure.net/keys/${name}/9f3c1b7a5d2e4f60819a3b5c7d9e1f20`;
  const serverKeyName = `kv-a_${name}_9f3c1b7a5d2e4f60819a3b5c7d9e1f20`;
  return { id: `/keys/${name}`, name: serverKeyName, type: 'customerManaged', uri, created };
}

const protectorOf = ({ name, uri = '' }: ServerKey): TdeProtector => ({
  type: 'customerManaged',
  serverKeyName: name,
  uri,
  autoRotation: false,
});

const old = serverKey('old', day(-400));
const present = serverKey('present', day(-200));
const error = new ArmError({ code: 'AuthorizationFailed', message: 'no' });
const online: DatabaseUse = { name: 'orders', status: 'Online', hasIdentity: false, retentionDays: { value: 14 } };

/** An earlier protector of a server whose protector changed 200 days ago, with one database. */
const use = (changes: Partial<NeedFacts> = {}): NeedFacts => ({
  server: sqlServer('sql-a'),
  key: old,
  protector: { value: protectorOf(present) },
  protectorKey: { value: present },
  partners: { value: [] },
  databases: { value: [online] },
  dropped: { value: [] },
  longTerm: { value: [] },
  changes: { value: [] },
  ...changes,
});

const databases = (changes: Partial<DatabaseUse>): Reading<readonly DatabaseUse[]> => ({
  value: [{ ...online, ...changes }],
});

const droppedOnly = (): Partial<NeedFacts> => ({
  ...switched10DaysAgo,
  databases: { value: [] },
  dropped: { value: [{ name: 'gone', dropped: day(-30) }] },
});

const switched10DaysAgo = { changes: { value: [day(-10)] } };

describe('whether a server key is still needed', () => {
  const verdict = (changes?: Partial<NeedFacts>) => keyNeed(use(changes), now).verdict;
  const texts = (changes?: Partial<NeedFacts>) => keyNeed(use(changes), now).findings.map(({ text }) => text);

  it('is yes for the TDE protector, of which every backup needs the key', () => {
    assert.equal(verdict({ key: present }).kind, 'inUse');
    assert.match(texts({ key: present }).join(), /Every backup made while/);
    assert.doesNotMatch(texts({ key: present }).join(), /no longer need it|don't need it/);
  });

  it('is yes for a database-level key, and while a database is inaccessible', () => {
    const ownKeys = { value: [old.uri ?? ''] };
    assert.equal(verdict({ databases: databases({ hasIdentity: true, ownKeys }) }).kind, 'inUse');
    assert.equal(verdict({ databases: databases({ status: 'Inaccessible' }) }).kind, 'inUse');
  });

  it('is not, as far as Azure shows it, once all backups come from later keys', () => {
    assert.deepEqual(verdict(), { kind: 'noKnownNeed' });
  });

  it('depends on the weekly backup before the retention of each database', () => {
    assert.deepEqual(verdict(switched10DaysAgo), { kind: 'neededUntil', until: day(-10 + 7 + 14), isAtLeast: false });
    const two = { value: [online, { ...online, name: 'stock', retentionDays: { value: 35 } }] };
    assert.deepEqual(verdict({ ...switched10DaysAgo, databases: two }), {
      kind: 'neededUntil',
      until: day(-10 + 7 + 35),
      isAtLeast: false,
    });
    assert.match(
      texts({ ...switched10DaysAgo, databases: two }).join(),
      /until 2026-12-26: "stock", "orders"|"orders", "stock"/,
    );
  });

  it('counts a rotation that no log shows from the creation of the new version', () => {
    const rotated = serverKey('present', day(-5));
    const rotating = { value: { ...protectorOf(rotated), autoRotation: true } };
    const changes = { protector: rotating, protectorKey: { value: rotated } };
    assert.deepEqual(verdict(changes), { kind: 'neededUntil', until: day(-5 + 1 + 7 + 14), isAtLeast: false });
  });

  it('counts dropped databases for at most 35 days', () => {
    const dropped = { value: [{ name: 'gone', dropped: day(-30) }] };
    assert.deepEqual(verdict({ ...switched10DaysAgo, databases: { value: [] }, dropped }), {
      kind: 'neededUntil',
      until: day(5),
      isAtLeast: false,
    });
    assert.equal(verdict({ databases: { value: [] }, dropped }).kind, 'noKnownNeed');
  });

  it('counts long-term backups of the time when it may have been the TDE protector', () => {
    const backup = { database: 'orders', taken: day(-300), expires: day(500), isOnHold: false };
    assert.deepEqual(verdict({ longTerm: { value: [backup] } }), {
      kind: 'neededUntil',
      until: day(500),
      isAtLeast: false,
    });
    for (const taken of [day(-500), day(-20)]) {
      assert.equal(verdict({ longTerm: { value: [{ ...backup, taken }] } }).kind, 'noKnownNeed');
    }
    const onHold = { longTerm: { value: [{ ...backup, isOnHold: true }] } };
    const held = verdict(onHold);
    assert.match(texts(onHold).join(), /never expire may need it: "orders"/);
    assert.deepEqual(held, { kind: 'neededUntil', isAtLeast: false });
    assert.match(keyNeedDocument(use(), { verdict: held, findings: [] }, now), /that never expire/);
    const { database, taken, expires } = backup;
    const unshown = verdict({ longTerm: { value: [{ database, taken, expires }] } });
    assert.deepEqual(unshown, { kind: 'neededUntil', until: day(500), isAtLeast: true });
  });

  it('is not for a key that was created after the last change of the TDE protector', () => {
    const standby = serverKey('standby', day(-3));
    assert.equal(verdict({ ...switched10DaysAgo, key: standby }).kind, 'noKnownNeed');
    assert.match(texts({ ...switched10DaysAgo, key: standby }).join(), /created after the last known change/);
  });

  it('is not known if something could not be read', () => {
    const unread: readonly Partial<NeedFacts>[] = [
      { partners: { error } },
      { databases: { error } },
      { databases: databases({ retentionDays: { error } }) },
      { databases: databases({ hasIdentity: true, ownKeys: { error } }) },
      { dropped: { error } },
      { longTerm: { error } },
    ];
    for (const changes of unread) assert.equal(verdict(changes).kind, 'unknown', JSON.stringify(changes));
  });

  it('is yes for longer if the activity log or the TDE protector could not be read', () => {
    const unread = verdict({ protector: { error }, protectorKey: { error } });
    assert.deepEqual(unread, { kind: 'neededUntil', until: day(7 + 14), isAtLeast: true });
    assert.deepEqual(verdict({ changes: { error } }), { kind: 'neededUntil', until: day(7 + 14), isAtLeast: true });
    const document = keyNeedDocument(use(), { verdict: verdict({ changes: { error } }), findings: [] }, now);
    assert.match(document, /until 2026-12-15 or longer/);
  });
});

describe('the verdict on a server key', () => {
  const partner = (role: 'primary' | 'secondary') => ({ name: 'sql-p', role, protector: { value: protectorOf(old) } });
  const held = { database: 'orders', taken: day(-300), expires: day(500), isOnHold: true };
  const ownKeys = { value: [old.uri ?? ''] };
  const situations: readonly (readonly [string, Partial<NeedFacts>, string])[] = [
    ['the TDE protector of the server', { key: present }, 'in use'],
    ['the TDE protector of its primary', { partners: { value: [partner('primary')] } }, 'in use'],
    ['the TDE protector of its replica', { partners: { value: [partner('secondary')] } }, 'in use'],
    ['a database-level key', { databases: databases({ hasIdentity: true, ownKeys }) }, 'in use'],
    ['in the point-in-time backups', switched10DaysAgo, 'needed until 2026-12-05'],
    ['in the backups of a dropped database', droppedOnly(), 'needed until 2026-11-29'],
    ['in a long-term backup on hold', { longTerm: { value: [held] } }, 'needed, without an end date'],
    ['of a server whose activity log is closed', { changes: { error } }, 'needed until at least 2026-12-15'],
    ['of a server whose backups are closed', { longTerm: { error } }, "couldn't check"],
    ['an earlier one without backups', {}, 'no known need'],
  ];
  for (const [name, changes, expected] of situations) {
    it(`is "${expected}" for a key that is ${name}`, () => {
      assert.equal(verdictWords(keyNeed(use(changes), now).verdict), expected);
    });
  }

  it('comes with its reasons in the document of a server', () => {
    assert.equal(
      needInShort(keyNeed(use(switched10DaysAgo), now)),
      'Is this key still needed? Verdict: needed until 2026-12-05. Point-in-time backups may need it until 2026-12-05: "orders".',
    );
    const note = needInShort(keyNeed(use(), now));
    assert.equal(note, 'Is this key still needed? Verdict: no known need.');
    assert.match(
      checksDocument('sql-a', [{ title: 'Key', note, findings: [] }], now),
      /## Key\n\nIs this key still needed\?/,
    );
  });

  it('names the role that reads what could not be read', () => {
    const unread = use({ dropped: { error } });
    assert.match(keyNeedDocument(unread, keyNeed(unread, now), now), /a role such as Reader on the resource group/);
    assert.doesNotMatch(keyNeedDocument(use(), keyNeed(use(), now), now), /Reader/);
  });
});

describe('the document about the need of a server key', () => {
  it('has the verdict, the reasons, the queries, and what to keep', () => {
    const text = keyNeedDocument(use(), keyNeed(use(switched10DaysAgo), now), now);
    assert.match(text, /^# Is server key "kv-a\\_old\\_9f3c…" of "sql-a" still needed\?\n\n\*\*Backups may need/);
    assert.match(text, /⚠ warning \| Point-in-time backups may need it until 2026-12-05: "orders"/);
    assert.match(text, /```sql\n[^]*sys\.dm_db_log_info[^]*keep the vault key/);
  });
});
