import assert from 'node:assert/strict';
import { until } from '../vscode-host/driver/until';
import { browseToKeys, confirm, production, quickPick } from './createServerKeySteps';
import { emulator, serverKeys, versionOf } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

const explain = 'SQL Server Keys: Explain Error…';

/** Takes the focus first, which the preview of another test may have had. */
const copy = (text: string) =>
  workbench().page.evaluate(`focus(); navigator.clipboard.writeText(${JSON.stringify(text)})`);

describe('Explain Error', () => {
  it('explains copied text, and checks the current state of the server and key that it names', async () => {
    await openTree();
    await copy(
      [
        "(AzureKeyVaultMissingPermissions) The server 'sql-billing-weu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'.",
        'Code: AzureKeyVaultMissingPermissions',
        '$ az sql server key create -g rg-billing -s sql-billing-weu --kid https://kv-noaccess.vault.azure.net/keys/tde-noaccess',
      ].join('\n'),
    );
    await workbench().palette(explain);
    const sources = await quickPick('Select the error to explain');
    assert.deepEqual(
      (await sources.items()).map(({ label, description }) => [label, description]),
      [
        ['Explain the copied text', 'AzureKeyVaultMissingPermissions'],
        ['Paste or type other text…', ''],
      ],
    );
    await sources.pick('Explain the copied text');
    const text = await workbench().preview(/What the errors mean/);
    assert.match(text, /The identity of the server "sql-billing-weu" isn't allowed to use the key\./);
    assert.match(
      text,
      /Found now\s+"sql-billing-weu" lacks get, wrapKey, unwrapKey on the key "tde-noaccess" of "kv-noaccess"/,
    );
    assert.match(text, /Ruled out\s+The firewall of "kv-noaccess" is off/);
    assert.match(text, /az role assignment create .* --scope \/subscriptions\/.*\/kv-noaccess\/keys\/tde-noaccess/);
  });

  it('grants rights only to an identity of the server, whatever the text says', async () => {
    await openTree();
    const { servers } = await emulator.state();
    const principalId = servers.find(({ name }) => name === 'sql-hr-weu')?.principalId ?? '';
    const explained = async (id: string) => {
      await copy(
        `(AdalServicePrincipalNotFound) The server 'sql-hr-weu' failed. Grant access to the service principal with ID '${id}'.`,
      );
      await workbench().palette(explain);
      await (await quickPick('Select the error to explain')).pick('Explain the copied text');
      return workbench().preview(/az ad sp show/);
    };
    assert.match(await explained('deadbeef-3e6f-4f1a-8b6d-5a2c9e0f4d33'), /--id '<object ID of the identity>'/);
    await workbench().reset();
    assert.ok((await explained(principalId)).includes(`az ad sp show --id ${principalId}`));
  });

  it('explains an outage by the TDE protector of the server that a client names', async () => {
    await openTree();
    await copy(
      'Msg 40925, Level 14, State 1, Server sql-archive-neu, Line 1\nCan not connect to the database in its current state.',
    );
    await workbench().palette(explain);
    await (await quickPick('Select the error to explain')).pick('Explain the copied text');
    const text = await workbench().preview(/What the errors mean/);
    assert.match(text, /A database on the server "sql-archive-neu" refuses connections/);
    assert.match(text, /Found now\s+"tde-billing-disabled" is not suitable: disabled/);
    assert.match(text, /2 databases of "sql-archive-neu" are inaccessible: "archive-2019", "archive-2020"/);
    assert.match(text, /within 30 minutes of losing it\. Fix the cause, then revalidate the TDE protector\./);
    assert.match(text, /Ruled out\s+"sql-archive-neu" accesses the vault with its system-assigned identity/);
    assert.match(text, /What to do\s+Enable the key version, or choose one that is enabled\./);
    assert.match(text, /az keyvault key set-attributes --id https:\/\/kv-billing\S+ --enabled true/);
  });

  it('explains an outage by the TDE protector of the managed instance in a host name', async () => {
    await openTree();
    const state = await emulator.state();
    for (const { name, keys } of state.vaults) {
      if (name === 'kv-orders') keys.flatMap(({ versions }) => versions).forEach((one) => (one.enabled = false));
    }
    await emulator.reset(state);
    await copy(
      "Login to sqlmi-orders-weu.0123456789ab.database.windows.net failed.\nMsg 40981, Level 14, State 1\nDatabase 'ledger' is not accessible due to Azure Key Vault critical error.",
    );
    await workbench().palette(explain);
    await (await quickPick('Select the error to explain')).pick('Explain the copied text');
    const text = await workbench().preview(/What the errors mean/);
    assert.match(text, /Found now\s+"tde-orders" is not suitable: disabled/);
    assert.match(text, /Ruled out\s+"sqlmi-orders-weu" accesses the vault with its system-assigned identity/);
  });

  it('finds the server whose TDE protector is the key that a vault names', async () => {
    await openTree();
    const key = `https://kv-billing.vault.azure.net/keys/tde-billing-disabled/${await versionOf('kv-billing', 'tde-billing-disabled')}`;
    await copy(
      `GET ${key}?api-version=7.4\n{"error":{"code":"Forbidden","message":"Operation get is not allowed on a disabled key.","innererror":{"code":"KeyDisabled"}}}`,
    );
    await workbench().palette(explain);
    await (await quickPick('Select the error to explain')).pick('Explain the copied text');
    const text = await workbench().preview(/What the errors mean/);
    assert.match(text, /Found now\s+"tde-billing-disabled" is not suitable: disabled/);
  });

  it("distinguishes the missing permission of another account from one of the user's account", async () => {
    await openTree();
    const { servers } = await emulator.state();
    const id = servers.find(({ name }) => name === 'sql-billing-weu')?.id ?? '';
    await copy(
      [
        `(AuthorizationFailed) The client 'grace@elsewhere.example' with object id 'deadbeef-3e6f-4f1a-8b6d-5a2c9e0f4d33' does not have authorization to perform action 'Microsoft.Sql/servers/keys/write' over scope '${id}/keys/x' or the scope is invalid.`,
        '$ az sql server key create -s sql-billing-weu --kid https://kv-noaccess.vault.azure.net/keys/tde-noaccess',
      ].join('\n'),
    );
    await workbench().palette(explain);
    await (await quickPick('Select the error to explain')).pick('Explain the copied text');
    const text = await workbench().preview(/What the errors mean/);
    assert.match(
      text,
      /The account "grace@elsewhere\.example" lacks the permission "Microsoft\.Sql\/servers\/keys\/write"/,
    );
    assert.doesNotMatch(text, /Your account|Found now|Ruled out/);
  });

  it('aborts its requests on Cancel, and explains the text without the current state', async () => {
    await openTree();
    await emulator.addFault({ match: { path: '/sql-billing-weu/.*/locks$' }, behavior: 'hang', times: 1 });
    await copy(
      [
        "(AzureKeyVaultMissingPermissions) The server 'sql-billing-weu' lacks permissions.",
        '$ az sql server key create -s sql-billing-weu --kid https://kv-noaccess.vault.azure.net/keys/tde-noaccess',
      ].join('\n'),
    );
    await workbench().palette(explain);
    await (await quickPick('Select the error to explain')).pick('Explain the copied text');
    const progress = await workbench().waitForToast(/^Checking the current state/);
    await until('request for the locks', async () => (await emulator.faults())[0]?.times === 0);
    await progress.press('Cancel');
    const text = await workbench().preview(/What the errors mean/);
    assert.doesNotMatch(text, /Found now|Ruled out/);
    await until('end of the request', async () =>
      (await emulator.requests()).some(({ path, status }) => path.endsWith('/locks') && status === 0),
    );
  });

  it('explains typed text, and shows a message while it contains no error', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-hr-weu')).choose('Copy Name');
    await workbench().clipboard('sql-hr-weu');
    await workbench().palette(explain);
    const input = await workbench().inputBox(/^Paste an error from Azure CLI, PowerShell, Terraform/);
    await input.fill('It does not work');
    await input.accept();
    assert.match((await input.validation()).message, /^This text contains no error code or message/);
    await input.fill('Msg 40925, Level 16, State 1: Can not connect to the database in its current state.');
    await input.accept();
    assert.match(await workbench().preview(/What the errors mean/), /code 40925/);
  });

  it('explains the failure of a row, and copies it', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-payroll-weu')).expand();
    const row = tree.row(production, 'sql-payroll-weu', 'Your account lacks a permission');
    await row.choose('Copy Diagnostics');
    assert.match(await workbench().clipboard(/code +AuthorizationFailed/), /request [0-9a-f-]{36}/);
    await row.choose('Explain Error…');
    assert.match(await workbench().preview(/What the errors mean/), /Your account lacks the permission/);
  });
});

describe('Diagnostics of a server', () => {
  it('show every check of every server key in one document', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-archive-neu')).choose('Show All Diagnostics of Server');
    const text = await workbench().preview(/Checked at/);
    assert.match(text, /Checked at .*: 1 problem, \d+ warnings?/);
    assert.match(text, /Server\s[^]*2 databases of "sql-archive-neu" are inaccessible[^]*\(TDE protector\)/);
    assert.match(text, /kv-billing_tde-billing-disabled_[0-9a-f]{4}… \(TDE protector\)/);
    assert.match(text, /\(TDE protector\)\s+Is this key still needed\? Verdict: in use\./);
    assert.match(text, /✗ problem\s+"tde-billing-disabled" is not suitable: disabled/);
    assert.match(text, /✓ passed\s+"sql-archive-neu" can use the keys of "kv-billing"/);
    assert.match(text, /az keyvault key set-attributes --id https:\/\/kv-billing\S+ --enabled true/);
  });

  it('show what could not be checked, and why', async () => {
    const tree = await openTree();
    await emulator.addFault({
      match: { method: 'GET', path: '/providers/Microsoft.Authorization/locks' },
      status: 403,
      code: 'AuthorizationFailed',
      message: "No authorization to perform action 'Microsoft.Authorization/locks/read'.",
    });
    await emulator.addFault({
      match: { method: 'GET', path: '/sql-hr-weu/keys' },
      status: 403,
      code: 'AuthorizationFailed',
    });
    await (await tree.reveal(production, 'sql-hr-weu')).choose('Show All Diagnostics of Server');
    const text = await workbench().preview(/Checked at/);
    assert.match(
      text,
      /\? not checked\s+Could not be checked: locks of "sql-hr-weu"\s+Your account lacks the permission "Microsoft.Authorization\/locks\/read"/,
    );
    assert.match(text, /Could not be checked: server keys of "sql-hr-weu"[^]*\(TDE protector\)/);
  });
});

describe('Outage Guide', () => {
  it('shows what is inaccessible, since when, why, and what to do in which order', async () => {
    const tree = await openTree();
    const server = await tree.reveal(production, 'sql-archive-neu');
    await server.choose('Outage Guide');
    const text = await workbench().preview(/Outage guide for "sql-archive-neu"/);
    assert.match(text, /2 databases of "sql-archive-neu" are inaccessible/);
    assert.match(text, /The databases no longer recover automatically: access was lost at \d{4}-\d\d-\d\d/);
    assert.match(text, /✗ problem\s+"tde-billing-disabled" is not suitable: disabled/);
    assert.match(text, /Run Revalidate Protector…\. It takes minutes/);
    const toast = await workbench().waitForToast('The outage guide of "sql-archive-neu" lists what to do.');
    await toast.press('What to Do…');
    const next = await workbench().quickPick('Select the next step, from top to bottom');
    assert.deepEqual((await next.items()).map(({ label }) => label).slice(-4), [
      'Revalidate Protector…',
      'Check Again',
      'Copy Text for Microsoft',
      'Copy Alert Rule…',
    ]);
    await next.pick('Copy Alert Rule…');
    await (await workbench().quickPick('Select the language of the alert rule')).pick('Bicep');
    assert.match(
      await workbench().clipboard(/activityLogAlerts/),
      /MakeDatabaseInaccessible[^]*MakeManagedDbInaccessible/,
    );
    await emulator.addFault({
      match: { method: 'GET', path: '/eventtypes/' },
      status: 403,
      code: 'AuthorizationFailed',
    });
    await server.choose('Outage Guide');
    const unread = await workbench().preview(/not known: the activity log couldn't be read\./);
    assert.match(
      unread,
      /The databases recover automatically only if the server can use the key again within 30 minutes/,
    );
  });
});

describe('Find Keys for a Restore', () => {
  it('still finds all keys if the long-term backups cannot be listed', async () => {
    const tree = await openTree();
    await emulator.addFault({
      match: { method: 'GET', path: 'longTermRetentionBackups' },
      status: 403,
      code: 'AuthorizationFailed',
    });
    await (await tree.reveal(production, 'sql-billing-weu')).choose('Find Keys for a Restore…');
    const sources = await quickPick('Select the server that the backup comes from');
    await sources.filter('sql-orders-weu');
    await sources.pick('sql-orders-weu');
    const backups = await quickPick('Select the backup of "sql-orders-weu"');
    assert.deepEqual(
      (await backups.items()).map(({ label }) => label),
      ['Any backup: all keys of "sql-orders-weu"', 'Can\'t list the long-term backups of "sql-orders-weu"', 'Retry'],
    );
    await backups.pick(/^Any backup/);
    await workbench().preview(/"sql-billing-weu" lacks 2 of 2 keys/);
  });

  it('finds the server keys that the server of the copied error lacks, and creates them after consent', async () => {
    const state = await emulator.state();
    const { principalId = '' } = state.servers.find(({ name }) => name === 'sql-billing-weu') ?? {};
    for (const vault of state.vaults.filter(({ name }) => name === 'kv-orders')) {
      vault.rbac = false;
      vault.accessPolicies = [
        {
          tenantId: vault.tenantId,
          objectId: principalId,
          permissions: { keys: ['all'], secrets: [], certificates: [] },
        },
      ];
    }
    await emulator.reset(state);
    // VS Code shows at most three toasts within 800 ms.
    await emulator.options({ operationMs: 1000 });
    await openTree();
    await copy(
      "Target server sql-billing-weu doesn't have access to all AKV URIs created between 2020-01-01T00:00:00Z and 2100-01-01T00:00:00Z. Retry operation after restoring all AKV URIs.",
    );
    await workbench().palette(explain);
    await (await quickPick('Select the error to explain')).pick('Explain the copied text');
    await workbench().preview(/What the errors mean/);
    const lacksKeys = '"sql-billing-weu" lacks keys for a restore.';
    await (await workbench().waitForToast(lacksKeys)).press('Find Missing Keys…');
    await (await quickPick('Select the server that the backup comes from')).cancel();
    await (await workbench().waitForToast(lacksKeys)).press('Find Missing Keys…');
    const sources = await quickPick('Select the server that the backup comes from');
    await sources.filter('sql-orders-weu');
    await sources.pick('sql-orders-weu');
    const text = await workbench().preview(/Keys for a restore to "sql-billing-weu"/);
    assert.match(text, /"sql-billing-weu" lacks 2 of 2 keys that the restore may need/);
    assert.match(text, /Create server key "kv-orders_tde-orders_[0-9a-f]{4}…" on "sql-billing-weu"/);
    const offer = await workbench().waitForToast('"sql-billing-weu" lacks 2 of 2 keys that the restore may need.');
    assert.deepEqual(offer.buttons, ['Create Server Keys…', 'Save Plan…', 'Copy As…']);
    await offer.press('Create Server Keys…');
    await confirm(await quickPick(asks.summary));
    await workbench().waitForToast(/2 created/);
    assert.equal((await serverKeys('sql-billing-weu')).filter((name) => name.includes('_tde-orders_')).length, 2);
  });
});

describe('A document that comes late', () => {
  it('waits for the question that the user is answering by then', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-hr-weu')).expand();
    const key = tree.row(production, 'sql-hr-weu', 'hsm-contoso / tde-hr');
    await key.state();
    await emulator.addFault({
      match: { method: 'GET', path: '/servers/sql-hr-weu/databases$' },
      behavior: 'throttle',
      retryAfter: 2,
      times: 1,
    });
    await key.choose('Check Whether Key Is Still Needed');
    await workbench().waitForToast(/^Checking what still needs server key/);
    await workbench().palette('SQL Server Keys: Find Server, Key, or Vault…');
    const question = await quickPick(/^Type part of the name/);
    await until('end of the check', async () => (await workbench().toasts()).length === 0);
    await workbench().page.keyboard.type('sql-hr', { delay: 100 });
    await question.items('sql-hr-weu');
    assert.equal(await question.value(), 'sql-hr');
    assert.equal((await workbench().focus()).role, 'input');
    await question.cancel();
    await workbench().preview(/still needed\?/);
  });
});

describe('Check Key for Server', () => {
  it('shows every check of an existing server key, and offers nothing to create', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    const keys = await tree.rowsWhen('keys of the server', (rows) =>
      rows.some(({ label }) => label === 'kv-orders / tde-orders'),
    );
    assert.ok(keys.length > 0);
    await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').choose('Check Key for Server…');
    const summary = await quickPick(asks.checks);
    const checks = await summary.items();
    assert.equal(checks[0]?.label, 'Close');
    assert.match(checks[0].description, /^\d+ passed$/);
    await summary.filter('replica');
    const labels = (await summary.items()).map(({ label }) => label);
    assert.ok(labels.includes('Every replica of "sql-orders-weu" has the key'));
    assert.ok(labels.some((label) => /^The vault .* may be in another region/.test(label)));
  });

  it('closes on Enter, and never creates the server key', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-billing-weu')).choose('Check Key for Server…');
    const keys = await browseToKeys('kv-billing');
    assert.ok((await keys.items()).every(({ label }) => !label.startsWith('Create')));
    await keys.pick('tde-billing');
    await (await quickPick(/^Select the version/)).pick(await versionOf('kv-billing', 'tde-billing'));
    const summary = await quickPick(asks.checks);
    const labels = (await summary.items()).map(({ label }) => label);
    assert.equal(labels[0], 'Close');
    assert.ok(!labels.some((label) => label.startsWith('Create')), labels.join('\n'));
    await workbench().press('Enter');
    await tree.titleAction('Refresh');
    await tree.row(production, 'sql-billing-weu').state();
    assert.deepEqual(
      (await emulator.requests()).filter(({ method }) => method === 'PUT'),
      [],
    );
    assert.deepEqual(await workbench().messages(), []);
  });
});
