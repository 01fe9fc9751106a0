import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicCloud } from '../../src/core/clouds';
import type { ServerKey } from '../../src/core/model';
import { remembered } from '../../src/core/remembered';
import type { Journal } from '../../src/core/operations/entry';
import { openJournal } from '../../src/ui/operations/journal';
import { settleBefore } from '../../src/ui/operations/settleBefore';
import { azureWith } from '../azureWith';
import { creation, entryWith, keyIdentifier, keyName } from './operations';

const gone = { window: 'gone', host: hostname(), pid: 2 ** 22 + 1 };
const serverKey = { name: keyName, uri: keyIdentifier } as ServerKey;

describe('before a change is made', () => {
  let folder = '';
  let journal: Journal;
  let reads = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'settle-'));
    journal = openJournal(folder, { warn: (text) => assert.fail(text) });
    reads = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const enter = (changes: Parameters<typeof entryWith>[0]) =>
    journal.save(entryWith({ cloud: publicCloud.resourceManager, started: Date.now(), owner: gone, ...changes }));

  async function settle(signal = new AbortController().signal): Promise<void> {
    const list = () => {
      reads += 1;
      return Promise.resolve([serverKey]);
    };
    const services = {
      azure: remembered(() => Promise.resolve(azureWith({ serverKeys: { list } }))),
      journal: remembered(() => Promise.resolve(journal)),
      cloud: () => publicCloud,
    };
    await settleBefore(services, creation, signal);
  }

  for (const state of ['sent', 'unknown', 'stopped'] as const) {
    it(`Azure is asked how an earlier request for it ended that is "${state}"`, async () => {
      await enter({ state });
      await settle();
      assert.equal(reads, 1);
      assert.equal((await journal.list())[0]?.entry.state, 'succeeded');
    });
  }

  it('nothing is read if no earlier request for it is open', async () => {
    await enter({ id: 'ended', state: 'failed' });
    await enter({ id: 'another', change: { ...creation, resource: `${creation.resource}0` } });
    await enter({ id: 'other-kind', change: { ...creation, kind: 'deleteServerKey' } });
    await enter({ id: 'other-cloud', cloud: 'https://management.chinacloudapi.cn' });
    await settle();
    assert.equal(reads, 0);
  });

  it('the request of another window is waited for, until the user stops the wait', async () => {
    await enter({ owner: { window: 'other', host: 'elsewhere', pid: 1 } });
    const stop = new AbortController();
    const settled = settle(stop.signal);
    stop.abort();
    await assert.rejects(settled, { name: 'AbortError' });
    assert.equal(reads, 0);
  });
});
