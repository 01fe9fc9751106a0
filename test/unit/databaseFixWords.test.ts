import assert from 'node:assert/strict';
import { databaseResult, type DatabaseFix } from '../../src/core/checks/databaseFixWords';
import { describeFix, requestFor } from '../../src/core/checks/describeFix';
import { databaseId } from '../../src/core/armId';
import type { KeyedDatabase } from '../../src/core/model';
import { describeChange } from '../../src/core/operations/operationTexts';
import { sqlServer } from './sqlServer';

const server = sqlServer('sql-stock');
const at = (digits: string) => `https://kv-stock.vault.azure.net/keys/tde/${digits.padEnd(32, '0')}`;
const [present, other] = [at('a1'), at('b2')];
const withProtector = (autoRotation: boolean): KeyedDatabase => ({
  name: 'orders',
  status: 'Online',
  hasIdentity: true,
  identity: { userAssigned: [] },
  protector: { uri: present, autoRotation },
  keys: [{ uri: present }, { uri: other }],
});
const setTo = (uri: string, autoRotation: boolean, was = withProtector(!autoRotation)): DatabaseFix => ({
  kind: 'setDatabaseProtector',
  server,
  database: was,
  protector: { uri, autoRotation },
});
const database = withProtector(false);
const added = at('c3');
const identity = { id: '/x/id-a', name: 'id-a', resourceGroup: 'rg', subscriptionId: 's' };
const fixes: readonly (readonly [title: string, fix: DatabaseFix])[] = [
  ['Assign Identity to Database…', { kind: 'assignDatabaseIdentity', server, database, identity }],
  ['Add Key to Database…', { kind: 'addDatabaseKey', server, database, uri: added }],
  ['Make TDE Protector of Database…', setTo(other, true)],
  ['Turn On Automatic Rotation…', setTo(present, true)],
  ['Turn Off Automatic Rotation…', setTo(present, false)],
  ['Revalidate Database Key…', { kind: 'revalidateDatabase', server, database }],
  ["Use Server's TDE Protector…", { kind: 'revertDatabase', server, database }],
];

/** Every line is a sentence, or a label with its value. */
const isWhole = (line: string): boolean => /^[A-Z"].*(\.|\?|…)$/.test(line) || /^[A-Z][\w ]+: \S/.test(line);

describe('a change of a database', () => {
  for (const [title, fix] of fixes) {
    it(`names the database and its server, and says whether it can be undone: ${title}`, () => {
      const words = describeFix(fix);
      assert.equal(words.title, title);
      assert.match(words.question, /the database "orders".*\?$/);
      assert.match(words.detail, /^Database: orders, server sql-stock, resource group rg$/m);
      assert.match(words.detail, /^Can be undone: |so there is nothing to undo\.$/m);
      assert.match(words.progress, /"orders".*"sql-stock".*…$/);
      assert.match(
        requestFor(fix, 'It fails.'),
        /^Please .*the database "orders".*\.\nDatabase: orders, server sql-stock,/,
      );
      assert.match(databaseResult(fix), /the database "orders".*"sql-stock".*\.$/i);
      for (const line of [words.question, ...words.detail.split('\n'), words.progress, databaseResult(fix)]) {
        assert.ok(isWhole(line), line);
      }
    });
  }

  it('says what stays in use if it makes another key the TDE protector', () => {
    const { question, detail } = describeFix(setTo(other, false));
    assert.match(question, /^Make "kv-stock_tde_b200…" the TDE protector/);
    assert.match(detail, /^Automatic rotation: off\.$/m);
    assert.match(detail, /^Keep the former key in its vault and on the database: backups/m);
    assert.match(detail, /^Can be undone: make "kv-stock_tde_a100…" the TDE protector again\.$/m);
  });

  it('says that it also adds a key that the database lacks', () => {
    const adds = /^The database doesn't have the key yet\. The change also adds it\.$/m;
    assert.match(describeFix(setTo(added, false)).detail, adds);
    assert.doesNotMatch(describeFix(setTo(other, false)).detail, adds);
  });

  it('adds a key without a change of the TDE protector, and says so', () => {
    const { detail, command, question } = describeFix({ kind: 'addDatabaseKey', server, database, uri: added });
    assert.equal(question, 'Add the key "kv-stock_tde_c300…" to the database "orders"?');
    assert.match(detail, /^The TDE protector stays the same: "kv-stock_tde_a100…"\.$/m);
    assert.equal(command, `az sql db update -g rg -s sql-stock -n orders --keys ${added}`);
  });

  it('says that the database can use the TDE protector of its server again if it does so now', () => {
    const { protector, ...shared } = database;
    assert.equal(protector?.uri, present);
    const { detail } = describeFix(setTo(other, true, { ...shared, keys: [] }));
    assert.doesNotMatch(detail, /former key/);
    assert.match(detail, /^Can be undone while the TDE protector of the server is the service-managed key: make/m);
  });

  it('mentions no other key if it only turns automatic rotation on or off, and says what follows', () => {
    const [on, off] = [setTo(present, true), setTo(present.replace('kv-stock', 'KV-Stock'), false)].map(describeFix);
    assert.match(on?.detail ?? '', /Azure uses a new version of the key within 24 hours\./);
    assert.match(on?.progress ?? '', /^Turning on automatic rotation of "orders"/);
    assert.match(off?.detail ?? '', /Rotate before the current version expires\./);
    assert.match(off?.progress ?? '', /^Turning off automatic rotation of "orders"/);
    for (const words of [on, off]) assert.doesNotMatch(words?.detail ?? '', /former key/);
  });

  it('is remembered with the database and the server, which a long key name does not cut off, and the key', () => {
    const resource = databaseId(server, 'orders');
    const set = { kind: 'setDatabaseProtector', resource, keyIdentifier: other } as const;
    assert.deepEqual(
      [
        describeChange({ ...set, autoRotation: true }),
        describeChange({ ...set, autoRotation: false }),
        describeChange({ kind: 'assignDatabaseIdentity', resource, identityId: identity.id }),
        describeChange({ kind: 'addDatabaseKey', resource, keyIdentifier: other }),
        describeChange({ kind: 'revalidateDatabase', resource }),
        describeChange({ kind: 'revertDatabase', resource }),
      ],
      [
        'Set the TDE protector of the database "orders" on "sql-stock" to "kv-stock_tde_b200…", with automatic rotation',
        'Set the TDE protector of the database "orders" on "sql-stock" to "kv-stock_tde_b200…", without automatic rotation',
        'Assign an identity to the database "orders" on "sql-stock"',
        'Add "kv-stock_tde_b200…" to the database "orders" on "sql-stock"',
        'Revalidate the key of the database "orders" on "sql-stock"',
        'Make the database "orders" use the TDE protector of "sql-stock"',
      ],
    );
  });
});
