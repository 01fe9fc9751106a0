import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogOutputChannel } from 'vscode';
import type { Known } from '../../src/core/operations/entry';
import { describeState } from '../../src/core/operations/operationTexts';
import { openJournal } from '../../src/ui/operations/journal';
import { settleOperations } from '../../src/ui/operations/settle';
import { changeState, connectToEmulator, emulator, emulatorCloud, resetEmulator, until } from './connection';
import { changed } from './killed';

const log = { warn: () => undefined } as unknown as LogOutputChannel;

/** The servers of the run, copies of one whose identity can use the key; and a server key that can be deleted. */
const prepare = (): Promise<void> =>
  changeState(({ servers }) => {
    const original = servers.find(({ name }) => name === 'sql-dev-weu') ?? assert.fail();
    servers.push(...changed.run.map((name) => ({ ...original, name, id: original.id.replace('sql-dev-weu', name) })));
    const { keys } = servers.find(({ name }) => name === changed.delete) ?? assert.fail();
    const uri = `https://kv-orders.vault.azure.net/keys/tde-orders-old/${changed.deletedKey.slice(-32)}`;
    keys.push({ name: changed.deletedKey, uri, thumbprint: '00', creationDate: new Date().toISOString() });
  });

const isChange = ({ method }: { readonly method: string }): boolean => ['PUT', 'PATCH', 'DELETE'].includes(method);

describe('an extension host that is killed', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    await resetEmulator();
    await prepare();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /**
   * Starts a creation, a deletion, and a run of four, kills their process, and finds out how they ended.
   * @param isReached whether it is time to kill
   */
  async function killWhen(isReached: (known: readonly Known[]) => Promise<boolean>) {
    const script = join(__dirname, 'killedProcess.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: 'inherit' });
    const exited = once(child, 'exit');
    await until(async () => isReached(await openJournal(folder, log).list()));
    child.kill('SIGKILL');
    await exited;
    await emulator.clearFaults();
    const sent = (await emulator.requests()).filter(isChange).length;
    const counts: number[] = [];
    await settleOperations({
      azure: connectToEmulator(),
      journal: openJournal(folder, log),
      cloud: emulatorCloud().resourceManager,
      log,
      onEnd: (_, news) => Promise.resolve(void counts.push(news)),
    });
    const known = await openJournal(folder, log).list();
    const told = (kind: string): string[] =>
      known.filter(({ entry }) => entry.change.kind === kind && !entry.run).map((one) => describeState(one).words);
    assert.equal((await emulator.requests()).filter(isChange).length, sent, 'nothing is sent again');
    return {
      create: told('createServerKey'),
      delete: told('deleteServerKey'),
      run: told('createServerKeys'),
      news: counts.at(-1),
    };
  }

  const areAll =
    (...states: readonly string[]) =>
    (known: readonly Known[]): boolean => {
      const single = known.filter(({ entry }) => !entry.change.items);
      return single.length === 6 && single.every(({ entry }) => states.includes(entry.state));
    };
  it('before its requests have an effect, has done nothing, and the run can continue', async () => {
    const hang = { behavior: 'hang' };
    await emulator.addFault([
      { match: { method: 'PUT', path: '' }, ...hang, times: 5 },
      { match: { method: 'DELETE', path: '' }, ...hang, times: 1 },
    ]);
    const haveArrived = async () => (await emulator.faults()).every(({ times }) => times === 0);
    const notDone = "not done: the change isn't there";
    assert.deepEqual(await killWhen(async (known) => areAll('sent')(known) && (await haveArrived())), {
      create: [notDone],
      delete: [notDone],
      run: ['not complete'],
      news: 3,
    });
  });

  it('while its operations run, is told their ends', async () => {
    await emulator.options({ operationMs: 2000 });
    assert.deepEqual(await killWhen((known) => Promise.resolve(areAll('accepted')(known))), {
      create: ['done'],
      delete: ['done'],
      run: ['done'],
      news: 3,
    });
  });

  it('after its operations have ended, but before it has read the result, is told their ends', async () => {
    const reads = 'AzureAsyncOperation|OperationResults|/servers/sql-(billing-weu|run-\\d)/keys/';
    await emulator.addFault({ match: { method: 'GET', path: reads }, behavior: 'hang' });
    const isReached = async (known: readonly Known[]): Promise<boolean> => {
      const { servers } = await emulator.state();
      const deleted = servers
        .find(({ name }) => name === changed.delete)
        ?.keys.every(({ name }) => name !== changed.deletedKey);
      const created = servers.filter(({ name, keys }) => changed.run.includes(name) && keys.length > 0).length;
      return areAll('accepted')(known) && deleted === true && created === 4;
    };
    assert.deepEqual(await killWhen(isReached), {
      create: ['done'],
      delete: ['done'],
      run: ['done'],
      news: 3,
    });
  });
});
