import assert from 'node:assert/strict';
import { browseTo, confirm } from './createServerKeySteps';
import { emulator } from './emulator';
import { openTree, workbench } from './workbench';

const production = 'Contoso Production';
const archive = 'sql-archive-neu';
const online = `The TDE protector of "${archive}" works, and no database is inaccessible.`;

const sent = async (wanted: string): Promise<number> =>
  (await emulator.requests()).filter(({ method, path }) => method === wanted && path.includes('encryptionProtector'))
    .length;

/** Enables the key of the TDE protector of the server with inaccessible databases. */
async function enableKey(): Promise<void> {
  const state = await emulator.state();
  for (const { keys } of state.vaults) {
    for (const key of keys)
      if (key.name === 'tde-billing-disabled') key.versions.forEach((one) => (one.enabled = true));
  }
  await emulator.reset(state);
}

const copyOrSave = 'Select what to copy the change as, or save it';

describe('Revalidate Protector', () => {
  // VS Code shows at most three toasts within 800 ms.
  const useSlowOperations = () => emulator.options({ revalidateMs: 1500, latency: 200 });

  it('names the cause before and after an attempt that fails, and brings the databases online once it is fixed', async () => {
    const tree = await openTree();
    await useSlowOperations();
    await (await tree.reveal(production, archive)).choose('Revalidate Protector…');
    const consent = await workbench().modal(`Revalidate the TDE protector of "${archive}"?`);
    assert.match(consent.detail, /^"tde-billing-disabled" is not suitable: disabled\./);
    assert.match(consent.detail, /After an outage of more than 30 minutes, check these settings/);
    assert.ok(consent.buttons.includes('How to Enable the Key'), consent.buttons.join());
    await workbench().screenshot('revalidate-consent');
    await consent.choose('Revalidate');
    const failure = await workbench().waitForToast(
      /^TDE protector not revalidated: "tde-billing-disabled" is not suitable/,
    );
    assert.deepEqual(failure.buttons, ['How to Enable the Key', 'Show Details', 'More…']);
    await enableKey();
    await useSlowOperations();
    await failure.press('More…');
    await (await workbench().quickPick('What do you want to do?')).pick('Try Again');
    const again = await workbench().modal(`Revalidate the TDE protector of "${archive}"?`);
    assert.match(again.detail, /^Server: sql-archive-neu/);
    await again.choose('Revalidate');
    await workbench().waitForToast(online);
    assert.equal(await sent('POST'), 1, 'since the key was enabled');
  });

  it('is the next button after the fix of a server with inaccessible databases', async () => {
    await enableKey();
    const state = await emulator.state();
    const principal = state.servers.find(({ name }) => name === archive)?.principalId;
    const policies = state.vaults.flatMap(({ accessPolicies }) => accessPolicies);
    for (const { objectId, permissions } of policies) if (objectId === principal) permissions.keys = ['get'];
    await emulator.reset(state);
    const tree = await openTree();
    await useSlowOperations();
    await (await tree.reveal(production, archive)).choose('Show All Diagnostics of Server');
    await (await workbench().waitForToast(/^Diagnostics of "sql-archive-neu"/)).press('Fix…');
    await (await workbench().quickPick(/^What do you want to fix/)).pick(/: Grant Access…$/);
    await (await workbench().modal(/^Grant "sql-archive-neu" access/)).choose('Grant Access');
    const next = await workbench().waitForToast(
      `The change is complete, but databases of "${archive}" are still inaccessible. Revalidate its TDE protector.`,
    );
    await workbench().screenshot('revalidate-after-fix');
    await next.press('Revalidate Protector…');
    await (await workbench().modal(`Revalidate the TDE protector of "${archive}"?`)).choose('Revalidate');
    await workbench().waitForToast(online);
  });

  it('stops waiting on Cancel, still shows the result, and is remembered', async () => {
    await enableKey();
    const tree = await openTree();
    await emulator.options({ revalidateMs: 4000 });
    await (await tree.reveal(production, archive)).choose('Revalidate Protector…');
    await (await workbench().modal(/^Revalidate/)).choose('Revalidate');
    const progress = await workbench().waitForToast(/^Revalidating the TDE protector of "sql-archive-neu"/);
    await progress.press('Cancel');
    await workbench().waitForToast('Stopped waiting. Azure may still apply the change.');
    await workbench().waitForToast(online);
    await workbench().palette('SQL Server Keys: Show Operations…');
    const operations = await (await workbench().quickPick('Select an operation')).items();
    const [newest] = operations.filter(({ label }) => label === 'Revalidate the TDE protector of "sql-archive-neu"');
    assert.match(newest?.detail ?? '', /^done/);
    assert.equal(await sent('POST'), 1);
  });
});

describe('Make TDE Protector', () => {
  const hr = 'sql-hr-weu';
  const toastAfter = async (question: RegExp, verb: string, result: RegExp) => {
    await (await workbench().modal(question)).choose(verb);
    await workbench().waitForToast(result);
  };

  it('changes automatic rotation, goes back to the service-managed key, and to the server key again', async () => {
    const tree = await openTree();
    await emulator.options({ operationMs: 1000 });
    await (await tree.reveal(production, hr)).expand();
    const key = tree.row(production, hr, 'hsm-contoso / tde-hr');
    await key.choose('Turn On Automatic Rotation…');
    await (await workbench().modal(/^Turn on automatic rotation/)).choose('Copy or Save…');
    await (await workbench().quickPick(copyOrSave)).pick('Bicep');
    await workbench().clipboard(/encryptionProtector@.*autoRotationEnabled: true/s);
    await key.choose('Turn On Automatic Rotation…');
    await toastAfter(
      /^Turn on automatic rotation/,
      'Turn On',
      /is "hsm-contoso_tde-hr_.*", with automatic rotation\.$/,
    );
    await tree.row(production, hr).choose('Use Service-Managed Key…');
    await toastAfter(/^Make the service-managed key/, 'Use Service-Managed Key', /is the service-managed key\.$/);
    await tree
      .row(production, hr)
      .when('service-managed', ({ description }) => description.startsWith('service-managed'));
    await key.choose('Make TDE Protector…');
    await (await workbench().quickPick(/^Select how/)).pick(/^Without automatic rotation/);
    await toastAfter(/^Make "hsm-contoso_tde-hr_/, 'Make TDE Protector', /, without automatic rotation\.$/);
    assert.equal(await sent('PUT'), 3);
  });

  it('creates the server key of a vault key first', async () => {
    const billing = 'sql-billing-weu';
    const tree = await openTree();
    await (await tree.reveal(production, billing)).choose('Make TDE Protector…');
    const keys = await workbench().quickPick(`Select the server key of "${billing}"`);
    assert.deepEqual(
      (await keys.items(/^A key from/)).map(({ label, detail }) => [label, detail]),
      [
        ['Service-managed key', 'ServiceManaged'],
        ['A key from a key vault or managed HSM…', 'Creates its server key first'],
      ],
    );
    await workbench().screenshot('make-protector-of');
    await keys.pick(/^A key from/);
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    await (await workbench().quickPick(/^Select how/)).pick(/^With automatic rotation/);
    await toastAfter(/^Make "kv-billing_tde-billing_/, 'Make TDE Protector', /, with automatic rotation\.$/);
    const changes = (await emulator.requests()).filter(({ method }) => method === 'PUT').map(({ path }) => path);
    assert.deepEqual(
      changes.map((path) => /servers\/([^/]+\/[^/]+)/.exec(path)?.[1]),
      [`${billing}/keys`, `${billing}/encryptionProtector`],
    );
  });

  it('names what Azure would refuse, and keeps the key that inaccessible databases need', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, archive)).choose('Use Service-Managed Key…');
    await workbench().waitForToast(/^TDE protector not changed: "sql-archive-neu" has inaccessible databases/);
    assert.equal(await sent('PUT'), 0);
  });
});

describe('The protector of a managed instance', () => {
  it('becomes a new server key, then the service-managed key again, and the server key can be deleted', async () => {
    const instance = 'sqlmi-billing-weu';
    await emulator.options({ operationMs: 1000 });
    const tree = await openTree();
    await (await tree.reveal(production, instance)).choose('Create Server Key…');
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    const created = await workbench().waitForToast(
      /^Server key "kv-billing_tde-billing_.*" is on "sqlmi-billing-weu"\.$/,
    );
    await created.press('Make TDE Protector…');
    await (await workbench().quickPick(/^Select how/)).pick(/^With automatic rotation/);
    await (await workbench().modal(/^Make "kv-billing_tde-billing_.*" the TDE protector/)).choose('Make TDE Protector');
    await workbench().waitForToast(/^The TDE protector of "sqlmi-billing-weu" is .*, with automatic rotation\.$/);
    const row = tree.row(production, instance);
    await row.when('its new state', ({ description }) => description === 'CMK · auto · managed instance');
    await row.choose('Use Service-Managed Key…');
    await (await workbench().modal(/^Make the service-managed key/)).choose('Use Service-Managed Key');
    await workbench().waitForToast('The TDE protector of "sqlmi-billing-weu" is the service-managed key.');
    const key = tree.row(production, instance, 'kv-billing / tde-billing');
    await key.when('not in use', ({ description }) => description.startsWith('available'));
    await key.choose('Delete Server Key…');
    const input = await workbench().inputBox(/Type "tde-billing" to delete the server key/);
    await input.fill('tde-billing');
    await input.accept();
    await workbench().waitForToast(/^Server key "kv-billing_tde-billing_.*" is no longer on "sqlmi-billing-weu"\.$/);
    const paths = (await emulator.requests()).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => path.includes(`/servers/${instance}`)),
      [],
    );
  });
});

describe('Check for New Key Versions', () => {
  it('lists every customer-managed TDE protector, and plans the rotation of the one that needs it', async () => {
    const state = await emulator.state();
    const servers = state.servers.map((server) => {
      const [older] = server.keys;
      const protector = { ...server.protector, serverKeyName: older?.name ?? '', autoRotationEnabled: false };
      return server.name === 'sql-orders-weu' ? { ...server, protector } : server;
    });
    await emulator.reset({ ...state, servers });
    await openTree();
    await workbench().palette('SQL Server Keys: Check for New Key Versions');
    const text = await workbench().preview(/New key versions/);
    assert.match(
      text,
      /1 server can't use its key, 1 server needs a rotation, 5 servers need no rotation, 8 use the service-managed key/,
    );
    assert.match(text, /sql-orders-weu\s+Rotate to the newest version.*kv-orders \/ tde-orders/);
    assert.match(text, /sql-archive-neu[\s\S]*The server can't use the current version: disabled/);
    await workbench().screenshot('new-key-versions');
    const found = await workbench().waitForToast(
      'The key of the TDE protector of "sql-orders-weu" has a newer version.',
    );
    await found.press('Plan Key Rotation…');
    const [first] = await (await workbench().quickPick('Select the new TDE protector')).items();
    assert.deepEqual([first?.label, first?.description], ['kv-orders / tde-orders', 'newest version']);
  });
});
