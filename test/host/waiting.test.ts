import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { commands } from 'vscode';
import type { IActionContext, IAzureUserInput } from '@microsoft/vscode-azext-utils';
import { remembered } from '../../src/core/remembered';
import { findServer } from '../../src/ui/commands/find';
import { noArgs, type CommandServices } from '../../src/ui/commands/handler';
import { readInventory, type Inventory } from '../../src/ui/inventory';
import { pickLive } from '../../src/ui/livePick';
import { Questions } from '../../src/ui/questions';
import { pick, pickMany } from '../../src/ui/quickPick';
import { subscriptionFilter } from '../../src/ui/subscriptionFilter';
import { pickServer, pickServers } from '../../src/ui/wizard/serverPrompts';
import { until } from '../vscode-host/driver/until';
import { connectAzure, emulator, makeTree } from './makeTree';
import { ScriptedInput } from './scriptedInput';

/** Chooses in each list that is shown the row of the next name, and keeps the names of all rows. */
function choosing(...names: readonly string[]) {
  const shown: string[][] = [];
  const ui = new ScriptedInput(async (loading) => {
    const rows = await loading;
    const name = names[shown.length];
    shown.push(rows.map(({ label }) => label));
    return [rows.find(({ label }) => label === name) ?? assert.fail(name)];
  });
  return { shown, ui };
}

const keepWaiting = 'Keep waiting (no answer from Azure for 15 seconds)';

describe('a list whose rows can change', () => {
  it('keeps the answer if VS Code hides it at the same moment', async () => {
    const services = { questions: new Questions() };
    let answer = '';
    const rows = { items: [{ label: 'a', data: 'a', group: '' }], focused: undefined };
    const question = { load: () => rows, placeHolder: '', loadingPlaceHolder: '' };
    const asked = pickLive(services, { title: '', step: 1, steps: 1 }, question).then(
      (data) => (answer = data),
      (error: unknown) => (answer = String(error)),
    );
    await until('an answer', async () => {
      void commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return answer !== '';
    });
    await asked;
    assert.equal(answer, 'a');
  });
});

describe('a list of a question', () => {
  afterEach(() => {
    mock.timers.reset();
  });

  it('offers after 15 seconds to go on waiting or to try again, and then shows what Azure answers', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let answer: (rows: { label: string; data: string }[]) => void = () => undefined;
    let loads = 0;
    const load = () => {
      loads += 1;
      return new Promise<{ label: string; data: string }[]>((resolve) => (answer = resolve));
    };
    const { shown, ui } = choosing(keepWaiting, 'Retry', 'sql-a');
    const chosen = pick(ui, load, {});
    const untilShown = async (count: number) => {
      while (shown.length < count) await new Promise(setImmediate);
    };
    await new Promise(setImmediate);
    mock.timers.tick(14_999);
    await new Promise(setImmediate);
    assert.equal(shown.length, 0);
    mock.timers.tick(1);
    await untilShown(1);
    assert.deepEqual(shown[0]?.slice(-2), [keepWaiting, 'Retry']);
    await new Promise(setImmediate);
    assert.equal(loads, 1);
    mock.timers.tick(15_000);
    await untilShown(2);
    // The first load, which nobody needs anymore, ends before the second one starts.
    answer([]);
    await new Promise(setImmediate);
    assert.equal(loads, 2);
    answer([{ label: 'sql-a', data: 'a' }]);
    assert.equal(await chosen, 'a');
  });

  it('offers the same before a list with check boxes', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const answers: ((names: readonly string[]) => void)[] = [];
    const load = () =>
      new Promise<readonly string[]>((resolve) => answers.push(resolve)).then((names) =>
        names.map((label) => ({ label, data: label, picked: false })),
      );
    const { shown, ui } = choosing(keepWaiting, 'Retry', 'sql-a');
    const chosen = pickMany(ui, load, {});
    const untilSlow = async (count: number) => {
      await new Promise(setImmediate);
      mock.timers.tick(15_000);
      while (shown.length < count) await new Promise(setImmediate);
    };
    await untilSlow(1);
    assert.equal(answers.length, 1);
    await untilSlow(2);
    await new Promise(setImmediate);
    answers[0]?.([]);
    await new Promise(setImmediate);
    answers[1]?.(['sql-a', 'sql-b']);
    assert.deepEqual(await chosen, { chosen: ['sql-a'], offered: ['sql-a', 'sql-b'] });
    assert.deepEqual(shown, [
      [keepWaiting, 'Retry'],
      [keepWaiting, 'Retry'],
      ['sql-a', 'sql-b'],
    ]);
  });

  for (const [title, ask] of [
    ['Find', (services, ui) => findServer(services)({ ui } as Partial<IActionContext> as IActionContext, noArgs)],
    ['a server', (services, ui) => pickServer(services).ask(ui, {}, earlier)],
    ['several servers', (services, ui) => pickServers(services).ask(ui, {}, earlier)],
  ] satisfies [string, (services: CommandServices, ui: IAzureUserInput) => Promise<unknown>][]) {
    it(`is shown before Azure has answered: ${title}`, async () => {
      const stop = new Error('seen');
      let isShown = false;
      const ui = new ScriptedInput(() => {
        isShown = true;
        return Promise.reject(stop);
      });
      let answer: (inventory: Inventory) => void = () => undefined;
      const inventory = remembered(() => new Promise<Inventory>((resolve) => (answer = resolve)));
      const tree: Partial<CommandServices['tree']> = { keysRead: [] };
      const services = {
        inventory,
        tree: tree as CommandServices['tree'],
      } as Partial<CommandServices> as CommandServices;
      const asked = ask(services, ui);
      await new Promise(setImmediate);
      assert.ok(isShown);
      answer(await readInventory(connectAzure(), undefined));
      await assert.rejects(asked);
    });
  }
});

const earlier = { earlier: {} } as Parameters<ReturnType<typeof pickServer>['ask']>[2];

describe('Find Server, Key, or Vault', () => {
  before(() => emulator.reset());

  it('searches the subscriptions that the filter hides if the user chooses that', async () => {
    const azure = connectAzure();
    const all = await readInventory(azure, undefined);
    const inHidden = all.servers.find(({ name }) => name === 'sql-dev-neu') ?? assert.fail();
    const visible = all.subscriptions.filter(({ id }) => id !== inHidden.subscriptionId);
    const filter = subscriptionFilter(visible.map(({ tenantId, id }) => `${tenantId}/${id}`));
    const found: string[] = [];
    const rows = makeTree();
    const tree: Partial<CommandServices['tree']> = {
      keysRead: [],
      findServer: (server) => rows.findServer(server),
      showServer: async (server) => {
        found.push((await rows.findServer(server))?.server.name ?? '');
      },
    };
    const services = {
      tree: tree as CommandServices['tree'],
      azure: remembered(() => Promise.resolve(azure)),
      inventory: remembered(() => readInventory(azure, filter)),
    } as Partial<CommandServices> as CommandServices;
    const search = 'Search all subscriptions, including those that the filter hides…';
    const { shown, ui } = choosing(search, 'sql-dev-neu');
    await findServer(services)({ ui } as Partial<IActionContext> as IActionContext, noArgs);
    const [filtered = [], complete = []] = shown;
    assert.ok(filtered.includes('sql-orders-weu') && !filtered.includes('sql-dev-neu'), filtered.join());
    assert.ok(complete.includes('sql-orders-weu'));
    assert.deepEqual(found, ['sql-dev-neu']);
  });
});
