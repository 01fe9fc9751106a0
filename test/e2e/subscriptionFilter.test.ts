import assert from 'node:assert/strict';
import { contoso, fabrikam, subscriptions } from '../emulator/seeds/demoNames';
import { emulator } from './emulator';
import { openTree, openView, workbench } from './workbench';
import { rootsWhen } from './treeRows';

const ourSetting = 'sqlServerKeys.selectedSubscriptions';
const theirSetting = 'azureResourceGroups.selectedSubscriptions';
const hidden = '2 subscriptions not shown';
const all = ['Contoso Development', 'Contoso Production', 'Fabrikam Test'];
const asksForSubscriptions = /^Select the subscriptions to show/;

/** Runs without Azure Resources; besideAzureResources.test.ts runs with it. */
describe('the subscription filter', () => {
  afterEach(async () => {
    await workbench().setSettings({ [ourSetting]: undefined, [theirSetting]: undefined });
    await (await openView()).row('Contoso Production').state();
  });

  it('shows the chosen subscriptions, marks the view as filtered, and saves the choice; all or none shows everything', async () => {
    const tree = await openTree();
    await tree.moreAction('Select Subscriptions…');
    await (await workbench().quickPick(asksForSubscriptions)).pickOnly('Fabrikam Test');
    await rootsWhen(tree, 'Fabrikam Test', hidden);
    await tree.messageWhen(/^1 server · filtered · as of /);
    await tree.row(hidden).expand();
    assert.equal((await tree.row(hidden, 'Contoso Production').state()).description, 'filtered');
    assert.deepEqual(workbench().savedSettings()[ourSetting], [`${fabrikam}/${subscriptions.fabrikamTest}`]);
    assert.equal(workbench().savedSettings()[theirSetting], undefined);

    for (const labels of [[/./], []]) {
      await tree.moreAction('Select Subscriptions…');
      const choice = await workbench().quickPick(asksForSubscriptions);
      const ticked = (await choice.items()).filter(({ checked }) => checked).map(({ label }) => label);
      assert.deepEqual(ticked, labels.length > 0 ? ['Fabrikam Test'] : all);
      await choice.pickOnly(...labels);
      await rootsWhen(tree, ...all);
      assert.deepEqual(workbench().savedSettings()[ourSetting], []);
    }
  });

  it('shows a message if it hides everything, and offers to change the choice', async () => {
    const tree = await openTree();
    await tree.moreAction('Select Subscriptions…');
    await (await workbench().quickPick(asksForSubscriptions)).pickOnly('Fabrikam Test');
    await rootsWhen(tree, 'Fabrikam Test', hidden);
    const state = await emulator.state();
    const left = state.subscriptions.filter(({ subscriptionId }) => subscriptionId !== subscriptions.fabrikamTest);
    await emulator.reset({ ...state, subscriptions: left });
    await tree.titleAction('Refresh');
    await tree.messageWhen(/^The subscription filter hides everything\./);
    await workbench().screenshot('welcome-all-filtered');
    await tree.pressButton('Select Subscriptions…');
    // The selected subscription is gone, and the list says so.
    const choice = await workbench().quickPick(asksForSubscriptions);
    const gone = (await choice.items()).find(({ label }) => label === subscriptions.fabrikamTest);
    assert.match(gone?.detail ?? '', /^This subscription is selected, but your accounts have no role in it/);
    await choice.pickOnly('Contoso Production');
    await rootsWhen(tree, 'Contoso Production', '1 subscription not shown');
  });

  it('uses the setting of Azure Resources until the user chooses here', async () => {
    await workbench().setSettings({ [theirSetting]: [`${contoso}/${subscriptions.production}`] });
    const tree = await openView();
    await rootsWhen(tree, 'Contoso Production', hidden);
    await tree.row(hidden).expand();
    await tree.row(hidden, 'Contoso Development').inlineAction('Select Subscriptions…');
    await (await workbench().quickPick(asksForSubscriptions)).pickOnly('Contoso Development');
    await rootsWhen(tree, 'Contoso Development', hidden);
  });
});
