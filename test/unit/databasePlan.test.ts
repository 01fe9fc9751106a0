import assert from 'node:assert/strict';
import { knownError } from '../../src/core/errors/errorCode';
import type { DatabasePartner, KeyedDatabase } from '../../src/core/model';
import type { DatabaseSide } from '../../src/core/plan/databaseGroup';
import {
  changeOfStep,
  databaseSteps,
  isStepDone,
  runDatabaseSteps,
  type DatabaseStep,
  type WantedKey,
} from '../../src/core/plan/databasePlan';
import { lagging } from '../../src/core/plan/planState';
import { sqlServer } from './sqlServer';

const at = (digits: string) => `https://kv-stock.vault.azure.net/keys/tde/${digits.padEnd(32, '0')}`;
const [present, next] = [at('a1'), at('b2')];

const databaseWith = (keys: readonly string[], protector = present): KeyedDatabase => ({
  ...{ name: 'orders', status: 'Online', hasIdentity: true, identity: { userAssigned: [] } },
  protector: { uri: protector, autoRotation: false },
  keys: keys.map((uri) => ({ uri })),
});

const partner = (name: string, role: DatabasePartner['role'], lag?: string): DatabasePartner => ({
  ...{ name, role, database: 'orders' },
  ...(lag !== undefined && { lag }),
});

const side = (
  name: string,
  partners: readonly DatabasePartner[],
  database = databaseWith([present]),
): DatabaseSide => ({
  ...{ server: sqlServer(name), database, partners },
});

const primary = side('sql-p', [partner('sql-s', 'secondary'), partner('sql-t', 'secondary')]);
const [second, third] = ['sql-s', 'sql-t'].map((name) => side(name, [partner('sql-p', 'primary')]));
const all = [primary, second, third].flatMap((one) => one ?? []);
const asProtector: WantedKey = { uri: next, autoRotation: false };

const line = ({ kind, server }: DatabaseStep): string => `${kind === 'addDatabaseKey' ? 'add' : 'set'} ${server.name}`;

describe('the steps for a key of a replicated database', () => {
  it('add the key to the secondaries first, and change the TDE protector of the primary first', () => {
    const inOrder = ['add sql-s', 'add sql-t', 'add sql-p', 'set sql-p', 'set sql-s', 'set sql-t'];
    assert.deepEqual(databaseSteps(all, asProtector).map(line), inOrder);
  });

  it('are in the same order if the command starts at a secondary', () => {
    const [first] = databaseSteps([second ?? primary, primary], asProtector);
    assert.deepEqual(databaseSteps([second ?? primary, primary], asProtector).map(line), [
      'add sql-s',
      'add sql-p',
      'set sql-p',
      'set sql-s',
    ]);
    assert.deepEqual(first && changeOfStep(first), {
      ...{ kind: 'addDatabaseKey', keyIdentifier: next },
      resource: `${second?.server.id ?? ''}/databases/orders`,
    });
  });

  it('change no TDE protector if only the key is wanted', () => {
    assert.deepEqual(databaseSteps(all, { uri: next }).map(line), ['add sql-s', 'add sql-t', 'add sql-p']);
  });

  it('are done if the database shows the key, or the TDE protector with its automatic rotation', () => {
    const sides = [side('sql-p', [], databaseWith([present, next], next))];
    const isDone = (wanted: WantedKey) => databaseSteps(sides, wanted).map((step) => isStepDone(step));
    assert.deepEqual(isDone(asProtector), [true, true]);
    assert.deepEqual(isDone({ uri: next, autoRotation: true }), [true, false]);
    assert.deepEqual(isDone({ uri: at('c3') }), [false]);
  });
});

describe('a secondary database that has not caught up', () => {
  it('prevents the change', () => {
    assert.deepEqual(lagging(all), []);
    const late = side('sql-s', [partner('sql-p', 'primary', 'SUSPENDED')]);
    assert.deepEqual(
      lagging([primary, late]).map(({ outcome, text }) => [outcome, text]),
      [['fail', '"sql-s" hasn\'t caught up with "sql-p": SUSPENDED']],
    );
  });
});

describe('running the steps for a key of a replicated database', () => {
  /** A primary and a secondary in Azure, whose keys the steps change. */
  async function run(
    change: {
      readonly keys?: Readonly<Record<string, readonly string[]>>;
      readonly failing?: string;
      readonly stopAt?: string;
      /** A key that disappears after it was added. */
      readonly losing?: string;
    } = {},
  ) {
    const { keys = {}, failing, stopAt, losing } = change;
    const names = ['sql-p', 'sql-s'];
    const now = new Map(names.map((name) => [name, databaseWith(keys[name] ?? [present])]));
    const there = (name: string) => now.get(name) ?? assert.fail();
    const sides = [
      side('sql-p', [partner('sql-s', 'secondary')], there('sql-p')),
      side('sql-s', [partner('sql-p', 'primary')], there('sql-s')),
    ];
    const sent: string[] = [];
    const stop = new AbortController();
    const end = await runDatabaseSteps(databaseSteps(sides, asProtector), {
      azure: { databaseKeys: { get: (server) => Promise.resolve(there(server.name)) } },
      signal: stop.signal,
      report: () => undefined,
      settle: () => Promise.resolve(),
      send: (step) => {
        const name = line(step);
        sent.push(name);
        if (name === failing) return Promise.reject(knownError({ code: 'Conflict', message: '' }));
        if (name === stopAt) stop.abort();
        const { keys: before, ...database } = there(step.server.name);
        const uris = before.map(({ uri }) => uri);
        if (step.kind === 'setDatabaseProtector') now.set(step.server.name, databaseWith(uris, next));
        else if (name !== losing) now.set(step.server.name, { ...database, keys: [...before, { uri: next }] });
        return Promise.resolve();
      },
    });
    return { sent, end };
  }

  it('makes all changes in their order', async () => {
    const { sent, end } = await run();
    assert.deepEqual(sent, ['add sql-s', 'add sql-p', 'set sql-p', 'set sql-s']);
    assert.deepEqual(end, { done: 4 });
  });

  it('sends nothing that is done, as after an interrupted run', async () => {
    const { sent, end } = await run({ keys: { 'sql-s': [present, next] } });
    assert.deepEqual([sent, end.done], [['add sql-p', 'set sql-p', 'set sql-s'], 4]);
  });

  it('stops at the first change that fails, before any TDE protector', async () => {
    const { sent, end } = await run({ failing: 'add sql-p' });
    assert.deepEqual([sent, end.done], [['add sql-s', 'add sql-p'], 1]);
    assert.ok(end.error);
  });

  it('changes no TDE protector while a database lacks the key', async () => {
    const { sent, end } = await run({ losing: 'add sql-s' });
    assert.deepEqual(sent, ['add sql-s', 'add sql-p']);
    assert.deepEqual(end, { done: 2, problem: 'The database "orders" on "sql-s" doesn\'t have the key.' });
  });

  it('starts no other step after Cancel', async () => {
    const { sent, end } = await run({ stopAt: 'add sql-s' });
    assert.deepEqual([sent, end], [['add sql-s'], { done: 1 }]);
  });
});
