import assert from 'node:assert/strict';
import { UserCancelledError } from '@microsoft/vscode-azext-utils';
import type { QuickPickItem } from 'vscode';
import { remembered } from '../../src/core/remembered';
import { readInventory } from '../../src/ui/inventory';
import type { Services } from '../../src/ui/services';
import type { CreateServerKeyAnswers, Question } from '../../src/ui/wizard/answers';
import { pickServer, pickServers } from '../../src/ui/wizard/serverPrompts';
import { connectAzure, emulator } from './makeTree';
import { ScriptedInput } from './scriptedInput';

/** Answers each list with the rows of these names, and keeps what it showed. */
function answering(...names: readonly string[]) {
  const shown: QuickPickItem[] = [];
  const ui = new ScriptedInput(async (rows) => {
    const all = await rows;
    shown.push(...all);
    return all.filter(({ label }) => names.includes(label));
  });
  return { shown, ui };
}

describe('the servers that the wizard lists', () => {
  let services: Services;

  before(async () => {
    await emulator.reset();
    const state = await emulator.state();
    const group = state.resourceGroups.find(({ name }) => name === 'rg-hr') ?? assert.fail();
    group.managedBy = group.id.replace('rg-hr', 'rg-data/providers/Microsoft.Synapse/workspaces/syn-hr');
    await emulator.reset(state);
    const inventory = await readInventory(connectAzure(), undefined);
    services = { inventory: remembered(() => Promise.resolve(inventory)) } as Partial<Services> as Services;
  });

  const ask = (question: (services: Services) => Question, names: string[], checkOnly?: true) => {
    const answers: CreateServerKeyAnswers = { ...(checkOnly && { checkOnly }) };
    const { shown, ui } = answering(...names);
    const asked = question(services).ask(ui, answers, { earlier: {} } as Parameters<Question['ask']>[2]);
    return { answers, shown, asked };
  };

  for (const [title, question, names] of [
    ['alone', pickServer, ['sql-hr-weu']],
    ['among several', pickServers, ['sql-orders-weu', 'sql-hr-weu']],
  ] as const) {
    it(`end the wizard if a Synapse workspace manages one of them: ${title}`, async () => {
      const { asked, shown, answers } = ask(question, [...names]);
      await assert.rejects(asked, UserCancelledError);
      assert.equal(answers.servers, undefined);
      const [managed] = shown.filter(({ label }) => label === 'sql-hr-weu');
      assert.equal(managed?.description, 'Synapse workspace · westeurope');
    });
  }

  it('may belong to a Synapse workspace if the key is only checked', async () => {
    const { asked, answers } = ask(pickServer, ['sql-hr-weu'], true);
    await asked;
    assert.deepEqual(
      answers.servers?.map(({ name }) => name),
      ['sql-hr-weu'],
    );
  });
});
