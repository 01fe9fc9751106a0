import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isArmError } from '../../src/core/armError';
import type { ServerKey, SqlServer } from '../../src/core/model';
import { diagnose } from '../../src/core/errors/diagnose';
import type { Entry, Journal } from '../../src/core/operations/entry';
import { openJournal } from '../../src/ui/operations/journal';
import { createRecorder } from '../../src/ui/operations/recorder';
import { nextTurn, waitForOwnTurn } from '../../src/ui/operations/turn';
import { azureWith } from '../azureWith';
import { cloud, entryWith, keyIdentifier, keyName, serverId } from './operations';

type Log = Parameters<typeof openJournal>[1];

const log = { warn: (text: string): void => assert.fail(text) };
const request = { name: keyName, properties: { serverKeyType: 'AzureKeyVault', uri: keyIdentifier } } as const;
const deadProcess = 2 ** 22 + 1;

/** Windows that do one step at a time: they use the journal, or their request is with Azure. */
function stepping() {
  const atStep = new Map<number, () => void>();
  const looking = new Map<number, () => void>();
  let running = 0;
  const until = (waiting: Map<number, () => void>, window: number) =>
    new Promise<void>((resolve) => {
      running -= 1;
      waiting.set(window, resolve);
    });
  return {
    step: (window: number) => until(atStep, window),
    /** Before a window looks into the journal again, another one does a step: otherwise nothing has changed. */
    look: (window: number) => until(looking, window),
    start: (window: Promise<unknown>) => {
      running += 1;
      return window.finally(() => (running -= 1));
    },
    /** The windows that can do a step. */
    async ready() {
      while (running > 0) await setImmediate();
      return [...atStep.keys()];
    },
    /** Lets a window do its step. */
    async next(window: number) {
      const go = atStep.get(window);
      atStep.delete(window);
      running += 1;
      go?.();
      while (running > 0) await setImmediate();
      for (const [other, again] of looking) {
        if (other === window) continue;
        looking.delete(other);
        running += 1;
        again();
      }
    },
  };
}

/** Starts a change of one server in each window. Collects which requests are with Azure. */
function startTogether(folder: string, pids: readonly number[], logTo: Log = log) {
  const windows = stepping();
  const sending = new Set<number>();
  const seen: number[][] = [];
  const ends = pids.map((pid, window) => {
    const journal = openJournal(folder, logTo, pid);
    const create = async (): Promise<ServerKey> => {
      sending.add(window);
      seen.push([...sending]);
      await windows.step(window);
      sending.delete(window);
      return {} as ServerKey;
    };
    const inSteps: Journal = {
      ...journal,
      run: undefined,
      list: () => windows.step(window).then(() => journal.list()),
      save: (entry) => windows.step(window).then(() => journal.save(entry)),
    };
    const { recorded } = createRecorder(inSteps, cloud, {
      onUnsaved: () => assert.fail('not saved'),
      pause: () => windows.look(window),
    });
    const azure = recorded(azureWith({ serverKeys: { create } }));
    return windows.start(azure.serverKeys.create({ id: serverId, name: 'sql-billing-weu' } as SqlServer, request));
  });
  return { windows, seen, ends };
}

/** Numbers below 1 that look random and are the same in each test run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

describe('two windows that change one server', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'turns-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('send one request after the other, whichever window does each step', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = numbers(seed);
      const { windows, seen, ends } = startTogether(join(folder, String(seed)), [process.pid, process.ppid]);
      let steps = 0;
      for (let ready = await windows.ready(); ready.length > 0; ready = await windows.ready()) {
        assert.ok((steps += 1) < 100, `both wait with seed ${seed}`);
        await windows.next(ready[Math.floor(random() * ready.length)] ?? 0);
      }
      await Promise.all(ends);
      assert.equal(seen.length, 2, `seed ${seed}`);
      assert.ok(
        seen.every(({ length }) => length === 1),
        `both at once with seed ${seed}`,
      );
    }
  });

  for (const steps of [0, 1, 2, 3, 4, 5, 6]) {
    it(`don't wait for one that is killed after ${steps} steps`, async () => {
      const { windows, ends } = startTogether(folder, [deadProcess, process.pid]);
      for (let step = 0; step < steps && (await windows.ready()).includes(0); step += 1) await windows.next(0);
      while ((await windows.ready()).includes(1)) await windows.next(1);
      await ends[1];
    });
  }

  /** Writes a file as if another window, which still runs, had made an entry. */
  async function plant(changes: Partial<Entry>): Promise<void> {
    const owner = { window: 'other', host: hostname(), pid: process.ppid };
    const id = '00000000-0000-4000-8000-000000000000';
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${id}.json`), JSON.stringify(entryWith({ id, owner, turn: 0, ...changes })));
  }

  for (const turn of [Number.MAX_SAFE_INTEGER, 1e7, -1]) {
    it(`ignore an entry with a turn that no window takes: ${turn}`, async () => {
      await plant({ turn });
      const { windows, seen, ends } = startTogether(folder, [process.pid, process.ppid], { warn: () => undefined });
      let steps = 0;
      for (let ready = await windows.ready(); ready.length > 0; ready = await windows.ready()) {
        assert.ok((steps += 1) < 100, 'both wait');
        await windows.next(ready[steps % ready.length] ?? 0);
      }
      await Promise.all(ends);
      assert.deepEqual(
        seen.map(({ length }) => length),
        [1, 1],
      );
    });
  }

  it('count from the turns of changes that run on the same server', async () => {
    const journal = openJournal(folder, log);
    await journal.save(entryWith({ id: 'ended', turn: 70, state: 'succeeded' }));
    await plant({ turn: 7 });
    const elsewhere = { ...entryWith().change, resource: `${serverId}-2/keys/${keyName}` };
    await journal.save(entryWith({ id: 'elsewhere', owner: journal.owner, turn: 700, change: elsewhere }));
    assert.equal(await nextTurn(journal, entryWith({ id: 'mine' })), 8);
  });

  it('say that nothing was sent if the user stops waiting for the other one', async () => {
    await plant({ turn: 1 });
    const journal = openJournal(folder, log);
    const user = new AbortController();
    const work = { show: () => undefined, signal: user.signal };
    const mine = entryWith({ id: 'mine', owner: journal.owner, turn: 2 });
    const pause = () => {
      user.abort();
      return Promise.resolve();
    };
    const failure: unknown = await waitForOwnTurn(journal, mine, work, pause).catch((error: unknown) => error);
    assert.ok(isArmError(failure));
    const { what, cause } = diagnose(failure);
    assert.deepEqual(
      { what, cause },
      {
        what: 'You stopped waiting before the change was sent.',
        cause: 'Another window is changing the same server. Nothing was sent to Azure.',
      },
    );
  });
});
