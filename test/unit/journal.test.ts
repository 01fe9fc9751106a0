import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArmError } from '../../src/core/armError';
import type { ServerKey, SqlServer } from '../../src/core/model';
import type { Journal } from '../../src/core/operations/entry';
import { describeState } from '../../src/core/operations/operationTexts';
import type { WaitingWork } from '../../src/ui/waits';
import { openJournal } from '../../src/ui/operations/journal';
import { createRecorder, leftOver } from '../../src/ui/operations/recorder';
import { settleOperations } from '../../src/ui/operations/settle';
import { azureWith } from '../azureWith';
import { cloud, creation, entryWith, failed, keyIdentifier, keyName, serverId } from './operations';

let root = '';
let folder = '';
let warnings: string[] = [];
const log = { warn: (text: string) => void warnings.push(text) };
const open = (): Journal => openJournal(folder, log);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'journal-'));
  folder = join(root, 'operations');
  warnings = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** An entry of a window that has gone: no process has this ID. */
const orphan = (changes: Parameters<typeof entryWith>[0] = {}) =>
  entryWith({ owner: { window: 'gone', host: hostname(), pid: 2 ** 22 + 1 }, started: Date.now(), ...changes });

describe('the journal', () => {
  it('keeps entries for later windows, newest first', async () => {
    const journal = open();
    assert.deepEqual(await journal.list(), []);
    await journal.save(orphan({ id: 'old', started: 1 }));
    await journal.save(orphan({ id: 'new', started: 2 }));
    await journal.save(orphan({ id: 'old', started: 1, state: 'succeeded' }));
    const known = await open().list();
    assert.deepEqual(
      known.map(({ entry }) => [entry.id, entry.state]),
      [
        ['new', 'sent'],
        ['old', 'succeeded'],
      ],
    );
  });

  it('lets only the user read its files, and leaves no other files', async () => {
    await open().save(orphan());
    const [file = '', ...others] = await readdir(folder);
    assert.deepEqual(others, []);
    assert.equal((await stat(join(folder, file))).mode & 0o077, 0);
  });

  it('deletes what a window has left that was killed while it wrote, but not what another one writes now', async () => {
    await open().save(orphan());
    for (const name of ['left', 'now']) await writeFile(join(folder, `${name}.half`), '{');
    const earlier = new Date(Date.now() - 120_000);
    await utimes(join(folder, 'left.half'), earlier, earlier);
    assert.equal((await open().list()).length, 1);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.half')),
      ['now.half'],
    );
  });

  it('ignores a file that it has not written, and logs that', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'foreign.json'), '{"version":1');
    await open().save(orphan());
    assert.equal((await open().list()).length, 1);
    assert.match(warnings.join(), /foreign\.json/);
  });

  it('knows who waits for the end of an operation', async () => {
    const journal = open();
    const { owner } = journal;
    await journal.save(entryWith({ id: 'mine', owner }));
    await journal.save(entryWith({ id: 'gone', owner: { ...owner, window: 'w', pid: 2 ** 22 + 1 } }));
    await journal.save(entryWith({ id: 'same process', owner: { ...owner, window: 'w' } }));
    await journal.save(entryWith({ id: 'other', owner: { ...owner, window: 'w', pid: process.ppid } }));
    await journal.save(entryWith({ id: 'other host', owner: { ...owner, window: 'w', host: 'elsewhere' } }));
    await journal.save(entryWith({ id: 'ended', owner, state: 'failed' }));
    const waits = async () => Object.fromEntries((await journal.list()).map(({ entry, waits }) => [entry.id, waits]));
    const expected = {
      mine: 'thisWindow',
      gone: 'nobody',
      'same process': 'nobody',
      other: 'otherWindow',
      'other host': 'otherWindow',
      ended: 'nobody',
    };
    assert.deepEqual(await waits(), expected);
    // A file from the future is one that nobody renews: it was planted, or the clock was wrong.
    for (const minutes of [-2, 2]) {
      const time = new Date(Date.now() + minutes * 60_000);
      for (const file of await readdir(folder)) await utimes(join(folder, file), time, time);
      assert.deepEqual(await waits(), { ...expected, other: 'nobody', 'other host': 'nobody' });
    }
  });
});

describe('a recorded change', () => {
  const server = { id: serverId, name: 'sql-billing-weu' } as SqlServer;
  const request = { name: keyName, properties: { serverKeyType: 'AzureKeyVault', uri: keyIdentifier } } as const;
  const url = `${cloud}/operation`;

  function recording(
    create: (onAccepted: (url: string) => void) => Promise<ServerKey>,
    journal = open(),
    work?: WaitingWork,
  ) {
    const unsaved: unknown[] = [];
    const { recorded, onAccepted } = createRecorder(journal, cloud, {
      onUnsaved: (error) => unsaved.push(error),
      work: () => work,
    });
    const azure = recorded(azureWith({ serverKeys: { create: () => create(onAccepted) } }));
    return { send: () => azure.serverKeys.create(server, request), unsaved };
  }
  const entries = async () => (await open().list()).map(({ entry }) => entry);

  it('is in the journal before its request leaves, with its address once Azure has accepted it, and at the end', async () => {
    const seen: unknown[] = [];
    const { send } = recording(async (onAccepted) => {
      const [sent] = await entries();
      seen.push(sent?.state, sent?.change, sent?.cloud);
      onAccepted(url);
      await Promise.resolve();
      return {} as ServerKey;
    });
    await send();
    assert.deepEqual(seen, ['sent', creation, cloud]);
    const [entry, ...others] = await entries();
    assert.deepEqual([entry?.state, entry?.url, others], ['succeeded', url, []]);
  });

  it('gets its own address when several are made at once', async () => {
    const journal = open();
    const { recorded, onAccepted } = createRecorder(journal, cloud, { onUnsaved: () => assert.fail('not saved') });
    const azure = recorded(
      azureWith({
        serverKeys: {
          create: async (_, { name }) => {
            await new Promise((resolve) => setImmediate(resolve));
            onAccepted(`${cloud}/${name}`);
            return {} as ServerKey;
          },
        },
      }),
    );
    await Promise.all(['a', 'b', 'c'].map((name) => azure.serverKeys.create(server, { ...request, name })));
    for (const { change, url } of await entries()) assert.equal(url?.at(-1), change.resource.at(-1));
  });

  it('ends with the failure, which the caller gets unchanged', async () => {
    const { send } = recording(() => Promise.reject(failed));
    await assert.rejects(send(), failed);
    const [entry] = await entries();
    assert.deepEqual(entry?.failure, { code: 'AzureKeyVaultKeyDisabled', message: 'The key is disabled.' });
  });

  it('says that the user has stopped waiting, until it has ended', async () => {
    const journal = open();
    const stop = new AbortController();
    const told: string[] = [];
    const { send } = recording(
      async (onAccepted) => {
        stop.abort();
        onAccepted(url);
        while (!(await entries())[0]?.isUnwatched) await new Promise((resolve) => setImmediate(resolve));
        told.push(...(await journal.list()).map((known) => describeState(known).words));
        return {} as ServerKey;
      },
      journal,
      { signal: stop.signal, show: () => assert.fail('no wait') },
    );
    await send();
    assert.deepEqual(told, ['stopped waiting, result not known yet']);
    const [entry] = await entries();
    assert.deepEqual([entry?.state, entry?.isUnwatched], ['succeeded', undefined]);
  });

  it('is made even if it cannot be remembered, and the user learns that once', async () => {
    await writeFile(folder, 'a file in the way');
    const { send, unsaved } = recording(() => Promise.resolve({ name: keyName } as ServerKey));
    assert.equal((await send()).name, keyName);
    await send();
    assert.equal(unsaved.length, 1);
  });
});

describe('the operations of windows that have gone', () => {
  const serverKey = { name: keyName, uri: keyIdentifier } as ServerKey;

  async function settle(azure: Parameters<typeof azureWith>[0]) {
    const ends: unknown[] = [];
    const { end } = await settleOperations({
      azure: azureWith(azure),
      journal: open(),
      cloud,
      log,
      onEnd: (changed, news) => {
        ends.push([changed.map(({ name }) => name).join(), news]);
        return Promise.resolve();
      },
    });
    await end;
    return ends;
  }

  it('are read, entered, and counted as news', async () => {
    await open().save(orphan());
    assert.deepEqual(await leftOver(open(), cloud), { news: 0, isDue: true });
    assert.deepEqual(await settle({ serverKeys: { list: () => Promise.resolve([serverKey]) } }), [
      ['sql-billing-weu', 1],
    ]);
    const [known] = await open().list();
    assert.deepEqual([known?.entry.state, known?.entry.isNews], ['succeeded', true]);
    assert.deepEqual(await leftOver(open(), cloud), { news: 1, isDue: false });
  });

  it('stay open, for the next connection, if they cannot be read', async () => {
    await open().save(orphan());
    const offline = new ArmError({ code: 'ConnectionFailed', message: '' });
    assert.deepEqual(await settle({ serverKeys: { list: () => Promise.reject(offline) } }), []);
    assert.match(warnings.join(), /ConnectionFailed/);
    assert.deepEqual(await leftOver(open(), cloud), { news: 0, isDue: true });
  });

  it('are all followed at once, together with their run, until the user stops waiting for it', async () => {
    const members = ['1', '2', '3', '4', '5'];
    const journal = open();
    for (const id of members) await journal.save(orphan({ id, run: 'run', state: 'accepted', url: `${cloud}/${id}` }));
    const items = [{ server: serverId, keyIdentifier }];
    await journal.save(orphan({ id: 'run', change: { kind: 'createServerKeys', resource: serverId, items } }));
    const asked = new Set<string>();
    let settled: Promise<void> | undefined;
    await new Promise<void>((resolve) => {
      const hasSucceeded = (url: string) => {
        if (asked.add(url).size === members.length) resolve();
        return Promise.resolve(false);
      };
      const azure = azureWith({ operations: { hasSucceeded } });
      settled = settleOperations({ azure, journal, cloud, log, onEnd: () => Promise.resolve() }).then(({ end }) => end);
    });
    const states = async () => (await journal.list()).map(({ entry, waits }) => `${entry.state} ${waits}`);
    assert.deepEqual(new Set(await states()), new Set(['accepted thisWindow', 'sent thisWindow']));
    journal.followed.get('run')?.abort();
    await settled;
    assert.deepEqual(new Set(await states()), new Set(['stopped nobody']));
  });
});
