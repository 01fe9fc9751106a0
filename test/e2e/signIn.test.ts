import assert from 'node:assert/strict';
import { packageSignInExtension } from '../signInExtension/package';
import type { LaunchedWorkbench } from '../vscode-host/driver/launch';
import type { TreeView } from '../vscode-host/driver/treeView';
import { until } from '../vscode-host/driver/until';
import { vsix } from '../vscode';
import { cloudSettings, emulator } from './emulator';
import { launchedWith } from './launched';
import { rootsWhen, serversWithState } from './treeRows';

const dba = 'dba@contoso.example';
const contoso = ['Contoso Development', 'Contoso Production', 'Fabrikam Test'];
const signInRows = ['Sign in to "Northwind"', 'Sign in to "Tailspin"'];

/** A test extension replaces VS Code's own sign-in. */
describe('signing in with VS Code accounts', () => {
  let workbench: LaunchedWorkbench;
  let tree: TreeView;

  async function allow(): Promise<void> {
    await (await workbench.modal(/wants to sign in using Microsoft Sovereign Cloud/)).choose('Allow');
  }

  async function signIn(account: string): Promise<void> {
    await allow();
    await (await workbench.quickPick('Pick an account')).pick(account);
  }

  async function signInWithButton(account: string): Promise<void> {
    await tree.pressButton('Sign In with a Microsoft Account');
    await signIn(account);
  }

  async function signInToNorthwind(): Promise<void> {
    await tree.row('Sign in to "Northwind"').click();
    await allow();
    await (await workbench.modal('Approve the sign-in request')).choose('Approve');
  }

  /** Makes room for the rows of all tenants. */
  async function collapse(...labels: string[]): Promise<void> {
    for (const label of labels) await tree.row(label).collapse();
  }

  /** Signs in to Contoso and shows its subscriptions, with room for the rows of other tenants. */
  async function openContoso(): Promise<void> {
    await signInWithButton(dba);
    await tree.row('Contoso Production').state();
    await collapse(...contoso);
  }

  const launched = launchedWith(async () => ({
    vsix: [await packageSignInExtension(), vsix],
    settings: cloudSettings,
  }));

  before(async () => {
    workbench = launched();
    tree = await workbench.openView('Azure');
  });

  beforeEach(() => workbench.palette('Test Sign-In: Sign Out'));

  it('offers both ways to sign in, and sends no request before the user chooses one', async () => {
    await tree.messageWhen(/^Sign in to see the SQL servers/);
    assert.match(await tree.message(), /Azure CLI, Azure PowerShell/);
    await workbench.screenshot('welcome-not-signed-in');
    assert.deepEqual(await emulator.requests(), []);
  });

  it('shows the subscriptions of every tenant that responds, and a row for each that requires a separate sign-in', async () => {
    await tree.messageWhen(/^Sign in to see/);
    await openContoso();
    const rows = await rootsWhen(tree, ...contoso, ...signInRows);
    assert.equal(rows.at(-1)?.description, dba);
    await workbench.screenshot('tenants');
  });

  it('signs in to another tenant when its row is clicked, and shows why a tenant refuses', async () => {
    await openContoso();
    await signInToNorthwind();
    await tree.row('Northwind Shared', 'sql-northwind-weu').state();
    await tree.row('Sign in to "Tailspin"').inlineAction('Sign In…');
    await allow();
    const refused = await workbench.waitForToast(/AADSTS53003/);
    assert.match(refused.text, /^The sign-in to Azure failed\. AADSTS53003: /);
    await workbench.screenshot('tenant-refuses');
    await tree.row('Sign in to "Tailspin"').state();
  });

  it('shows no message when the user cancels', async () => {
    const prompt = async () => {
      await tree.pressButton('Sign In with a Microsoft Account');
      return workbench.modal(/wants to sign in/);
    };
    await (await prompt()).choose('Cancel');
    const before = workbench.logText('Test Sign-In');
    await (await prompt()).choose('Allow');
    await (await workbench.quickPick('Pick an account')).cancel();
    // VS Code shows no prompt while an earlier one has not ended.
    await until('end of the sign-in', () =>
      Promise.resolve(workbench.logText('Test Sign-In').slice(before.length).includes('Canceled')),
    );
    // A message about an earlier prompt would show before this one.
    await (await prompt()).choose('Cancel');
    await tree.messageWhen(/^Sign in to see/);
    assert.deepEqual(await workbench.messages(), []);
  });

  it('shows the subscriptions of all accounts, and none after they sign out', async () => {
    await signInWithButton(dba);
    await tree.row('Contoso Production').state();
    await workbench.palette('SQL Server Keys: Sign In…');
    await allow();
    await (await workbench.quickPick(/^Select an account for/)).pick('Sign in to another account');
    await (await workbench.quickPick('Pick an account')).pick('ops@wingtip.example');
    await tree.row('Wingtip').state();
    await collapse(...contoso);
    await rootsWhen(tree, ...contoso, 'Wingtip', ...signInRows);
    await workbench.palette('Test Sign-In: Sign Out');
    await tree.messageWhen(/^Sign in to see/);
  });

  it('signs in silently on refresh and after a reload', async () => {
    await signInWithButton(dba);
    await tree.row('Contoso Production').state();
    await tree.titleAction('Refresh');
    await workbench.reload();
    tree = await workbench.openView('Azure');
    await tree.row('Contoso Production').state();
    await collapse(...contoso);
    await rootsWhen(tree, ...contoso, ...signInRows);
  });

  it('reads everything once after a sign-in', async () => {
    await tree.messageWhen(/^Sign in to see/);
    await emulator.clearRequests();
    await signInWithButton('ops@wingtip.example');
    await tree.row('Wingtip', 'sql-wingtip-use').when('its state', ({ description }) => description !== '');
    const query = 'POST /providers/Microsoft.ResourceGraph/resources';
    // The servers, the resource groups of Synapse workspaces, and the inaccessible databases.
    const once = ['GET /tenants', 'GET /subscriptions', query, query, query];
    const isList = (request: string) => /\/(tenants|subscriptions|resources)$/.test(request);
    const lists = await until('all lists', async () => {
      const requests = (await emulator.requests()).map(({ method, path }) => `${method} ${path}`).filter(isList);
      return requests.length >= once.length && requests;
    });
    assert.deepEqual(lists, once);
  });

  it('prompts for the second factor that Resource Manager requires only when the user clicks its row', async () => {
    const state = await emulator.state();
    const tenants = state.tenants.map((tenant) =>
      tenant.displayName === 'Wingtip' ? { ...tenant, mfaForArm: 'everything' as const } : tenant,
    );
    await emulator.reset({ ...state, tenants });
    await emulator.options({ tokenLifetime: 60 });
    await signInWithButton('ops@wingtip.example');
    const row = tree.row('Sign in to "ops@wingtip.example"');
    assert.equal((await row.state()).description, 'Second factor required');
    await row.click();
    await allow();
    await (await workbench.modal('Approve the sign-in request')).choose('Approve');
    await tree.row('Wingtip', 'sql-wingtip-use').state();
  });

  it('uses the credentials of this machine if the user chooses them', async () => {
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Use Credentials on This Machine');
    await collapse(...contoso);
    await rootsWhen(tree, ...contoso);
    await workbench.palette('SQL Server Keys: Sign In…');
    await signIn(dba);
    await collapse(...contoso);
    await rootsWhen(tree, ...contoso, ...signInRows);
  });

  it('keeps the other rows when a tenant fails, and shows the reason in a row', async () => {
    await openContoso();
    await signInToNorthwind();
    await tree.row('Northwind Shared').state();
    const { principals, tenants } = await emulator.state();
    const { tenantId } = tenants.find(({ displayName }) => displayName === 'Northwind') ?? assert.fail();
    const caller = principals.find((one) => one.user === dba && one.tenantId === tenantId)?.objectId ?? assert.fail();
    await emulator.addFault({ match: { path: 'ResourceGraph', caller }, behavior: 'html', status: 407 });
    await tree.titleAction('Refresh');
    const failure = tree.row('Unexpected response');
    assert.match((await failure.state()).description, /^Can't list the SQL servers of "Northwind"/);
    await tree.row('Contoso Production').state();
    await emulator.clearFaults();
    await failure.inlineAction('Retry');
    await failure.gone();
  });

  it('keeps the selected subscriptions of a tenant that requires a separate sign-in', async () => {
    const choose = async (...labels: string[]) => {
      await tree.moreAction('Select Subscriptions…');
      await (await workbench.quickPick(/^Select the subscriptions to show/)).pickOnly(...labels);
    };
    await openContoso();
    await signInToNorthwind();
    await tree.row('Northwind Shared').state();
    await choose('Northwind Shared', 'Fabrikam Test');
    await rootsWhen(tree, 'Fabrikam Test', 'Northwind Shared', '2 subscriptions not shown');

    await workbench.palette('Test Sign-In: Sign Out');
    await signInWithButton(dba);
    await rootsWhen(tree, 'Fabrikam Test', 'Sign in to "Northwind"', '3 subscriptions not shown');
    await choose('Contoso Production');
    await rootsWhen(tree, 'Contoso Production', 'Sign in to "Northwind"', '3 subscriptions not shown');
    await serversWithState(tree);
    await signInToNorthwind();
    await rootsWhen(tree, 'Contoso Production', 'Northwind Shared', '2 subscriptions not shown');
    await workbench.setSettings({ 'sqlServerKeys.selectedSubscriptions': undefined });
  });

  it('signs in to a custom cloud with only the required settings', async () => {
    const { arm } = emulator;
    await workbench.setSettings({
      'microsoft-sovereign-cloud.customEnvironment': {
        portalUrl: 'https://portal.emulator.example',
        resourceManagerEndpointUrl: arm,
        activeDirectoryEndpointUrl: arm,
      },
    });
    await signInWithButton('ops@wingtip.example');
    await tree.row('Wingtip').state();
    await workbench.setSettings(cloudSettings);
  });
});
