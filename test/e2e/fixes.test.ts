import assert from 'node:assert/strict';
import { armClient } from '../contract/armClient';
import { keyBody } from '../contract/demoIds';
import type { State } from '../emulator/base/state';
import type { Toast } from '../vscode-host/driver/toasts';
import { browseTo, browseToVersions, byHeading, confirm, openWizard, quickPick } from './createServerKeySteps';
import { emulator, serverKeys, versionOf } from './emulator';
import { asks } from './questions';
import { workbench } from './workbench';

/** Starts from a changed state of the demo. */
async function given(change: (state: State) => unknown): Promise<void> {
  const state = await emulator.state();
  change(state);
  await emulator.reset(state);
}

const find = <T extends { name: string }>(items: readonly T[], name: string): T => {
  const item = items.find((candidate) => candidate.name === name);
  assert.ok(item, name);
  return item;
};
const vaultOf = async (name: string) => find((await emulator.state()).vaults, name);
const serverOf = async (name: string) => find((await emulator.state()).servers, name);

/** Lets operations take longer, because VS Code shows only three toasts within 800 ms. */
const slowly = (): Promise<void> => emulator.options({ operationMs: 1000 });

/** Creates a server key although the summary predicts a failure, and fails. */
async function createAnyway(server: string, vault: string, key: string): Promise<Toast> {
  await slowly();
  await openWizard(server);
  const { label } = await confirm(await browseTo(vault, key));
  assert.match(label, / anyway$/);
  return workbench().waitForToast(/^Server key not created/);
}

/** Reads the description of a change and confirms it. */
async function agree(question: RegExp, ...details: readonly RegExp[]): Promise<void> {
  const modal = await workbench().modal(question);
  for (const detail of details) assert.match(modal.detail, detail);
  await modal.choose(modal.buttons.find((button) => button !== 'Cancel') ?? '');
}

const created = (server: string): Promise<Toast> =>
  workbench().waitForToast(new RegExp(`^Server key .* is on "${server}"\\.$`));

describe('A failed creation', () => {
  beforeEach(slowly);

  it('for want of an identity gives the server one, and then rights to it', async () => {
    const failure = await createAnyway('sql-reports-weu', 'kv-orders', 'tde-orders');
    assert.equal(failure.text, 'Server key not created: "sql-reports-weu" has no managed identity.');
    await failure.press('Assign Identity…');
    await agree(
      /^Assign a system-assigned identity to "sql-reports-weu"\?/,
      /resource group rg-reports/,
      /Can be undone/,
    );
    const next = await workbench().waitForToast(/lacks get, wrapKey, unwrapKey on the key "tde-orders" of "kv-orders"/);
    assert.equal((await serverOf('sql-reports-weu')).identityType, 'SystemAssigned');
    await next.press('Grant Access…');
    await agree(/^Grant "sql-reports-weu" access to the key "tde-orders"\?/);
    await created('sql-reports-weu');
  });

  it('for want of a role grants the least one on the one key, and waits until Azure SQL sees it', async () => {
    await emulator.options({ rolePropagationMs: 2000 });
    const failure = await createAnyway('sql-billing-weu', 'kv-noaccess', 'tde-noaccess');
    await failure.press('Grant Access…');
    const { principalId = '' } = await serverOf('sql-billing-weu');
    await agree(
      /^Grant "sql-billing-weu" access to the key "tde-noaccess"\?/,
      /Role: Key Vault Crypto Service Encryption User/,
      new RegExp(`Principal: sql-billing-weu \\(${principalId}\\)`),
      /Scope: only the key "tde-noaccess" in the vault "kv-noaccess"/,
    );
    await created('sql-billing-weu');
    const grants = (await emulator.state()).roleAssignments.filter(({ scope }) => scope.endsWith('/keys/tde-noaccess'));
    assert.deepEqual(
      grants.map((grant) => [grant.principalId, grant.roleId]),
      [[principalId, 'e147488a-f6f5-4113-8e2d-b22465e65bf6']],
    );
  });

  it('for want of an access policy adds what is missing to it, and takes nothing away', async () => {
    await given((state) => {
      for (const { permissions } of find(state.vaults, 'kv-billing').accessPolicies) permissions.keys = ['get', 'list'];
    });
    const before = await vaultOf('kv-billing');
    const failure = await createAnyway('sql-billing-weu', 'kv-billing', 'tde-billing');
    assert.match(failure.text, /lacks wrapKey, unwrapKey on the keys of "kv-billing"/);
    await failure.press('Grant Access…');
    await agree(/^Grant "sql-billing-weu" access to the keys of "kv-billing"\?/, /: wrapKey, unwrapKey\./);
    await created('sql-billing-weu');
    const { principalId } = await serverOf('sql-billing-weu');
    const { accessPolicies } = await vaultOf('kv-billing');
    assert.deepEqual(
      accessPolicies.map(({ objectId, permissions }) => [objectId, permissions.keys.length]),
      before.accessPolicies.map(({ objectId }) => [objectId, objectId === principalId ? 4 : 2]),
    );
  });

  it('for want of purge protection turns it on, and says that this stays', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-nopurge', 'tde-nopurge');
    assert.equal(failure.text, 'Server key not created: Purge protection of "kv-nopurge" is off.');
    await failure.press('Turn On Purge Protection…');
    await agree(/^Turn on purge protection of "kv-nopurge"\?/, /Cannot be undone/);
    await created('sql-billing-weu');
    assert.equal((await vaultOf('kv-nopurge')).purgeProtection, true);
  });

  it('at a firewall lets trusted services in', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-firewalled', 'tde-firewalled');
    await failure.press('Allow Trusted Services…');
    await agree(
      /^Allow trusted Microsoft services through the firewall of "kv-firewalled"\?/,
      /All other rules stay unchanged/,
    );
    await created('sql-billing-weu');
    const { network } = await vaultOf('kv-firewalled');
    assert.deepEqual([network.bypass, network.defaultAction], ['AzureServices', 'Deny']);
  });

  it('with a disabled version asks for another one', async () => {
    await openWizard('sql-billing-weu');
    const [disabled = ''] = find((await vaultOf('kv-orders')).keys, 'tde-orders').versions.map(
      ({ version }) => version,
    );
    await (await quickPick(asks.source)).pick('Browse key vaults…');
    await (await quickPick(asks.vault)).pick('kv-orders');
    await (await quickPick(asks.key)).pick('tde-orders');
    await (await quickPick(/^Select the version/)).pick(disabled);
    await confirm(await quickPick(asks.summary));
    const failure = await workbench().waitForToast('Server key not created: "tde-orders" is not suitable: disabled.');
    await failure.press('Choose Another Version…');
    const newest = await versionOf('kv-orders', 'tde-orders');
    await (await quickPick(/^Select the version/)).pick(newest);
    await confirm(await quickPick(asks.summary));
    await created('sql-billing-weu');
    assert.deepEqual(await serverKeys('sql-billing-weu'), [`kv-orders_tde-orders_${newest}`]);
  });

  it('is none where somebody else was faster', async () => {
    await openWizard('sql-billing-weu');
    const summary = await browseTo('kv-orders', 'tde-orders');
    const version = await versionOf('kv-orders', 'tde-orders');
    await given((state) => {
      const uri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
      const other = { name: 'kv-orders_old_name', uri, thumbprint: 'AB', creationDate: '2026-01-01T00:00:00Z' };
      find(state.servers, 'sql-billing-weu').keys.push(other);
    });
    await confirm(summary);
    await workbench().waitForToast(/is already on "sql-billing-weu"\.$/);
  });

  it('under too much load succeeds when it is tried again', async () => {
    await openWizard('sql-billing-weu');
    await emulator.options({ maxOperations: 0 });
    await confirm(await browseTo('kv-orders', 'tde-orders'));
    const failure = await workbench().waitForToast(/too many/i);
    await emulator.options({ maxOperations: 20 });
    await failure.press('Try Again');
    await created('sql-billing-weu');
  });

  it('for want of the key on the replicas creates it there first', async () => {
    const failure = await createAnyway('sql-orders-weu', 'kv-orders', 'tde-orders-next');
    await failure.press('Create on Replicas First…');
    await agree(
      /^Create the server key on the replicas first\?/,
      /Key identifier: https:\/\/kv-orders\S+\/tde-orders-next\/[0-9a-f]{32}\nServer: sql-orders-neu, resource group rg-orders/,
    );
    await created('sql-orders-neu');
    await created('sql-orders-weu');
  });

  it('is not even tried while Azure SQL is at work on the server: the summary waits for that', async () => {
    await openWizard('sql-billing-weu');
    const versions = await browseToVersions('kv-orders', 'tde-orders');
    const { id } = await serverOf('sql-billing-weu');
    const version = await versionOf('kv-billing', 'tde-billing');
    const uri = `https://kv-billing.vault.azure.net/keys/tde-billing/${version}`;
    await emulator.options({ operationMs: 6000 });
    const arm = await armClient(emulator.info);
    const { status } = await arm.call('PUT', `${id}/keys/kv-billing_tde-billing_${version}`, { body: keyBody(uri) });
    assert.equal(status, 202);
    await slowly();
    await versions.pick(await versionOf('kv-orders', 'tde-orders'));
    const summary = await quickPick(asks.summary);
    assert.match(
      byHeading(await summary.items()).checks?.[0] ?? '',
      /^Another operation is in progress on "sql-billing-weu": /,
    );
    await summary.pick('Wait for the Operation');
    const again = await quickPick(asks.summary);
    const [create] = await again.items('Create server key on "sql-billing-weu"');
    assert.equal(create?.description, '16 passed');
    await confirm(again);
    await created('sql-billing-weu');
    assert.equal((await serverKeys('sql-billing-weu')).length, 2);
  });

  it('at a lock says which one, and how to delete it', async () => {
    await given((state) => {
      const { id: scope } = find(state.servers, 'sql-billing-weu');
      state.locks.push({ scope, name: 'keep-as-is', level: 'ReadOnly', notes: '' });
    });
    const failure = await createAnyway('sql-billing-weu', 'kv-orders', 'tde-orders');
    assert.match(failure.text, /The lock "keep-as-is" prevents changes to "sql-billing-weu"/);
    await failure.press('Delete the Lock…');
    const modal = await workbench().modal(/^The lock "keep-as-is" prevents/);
    assert.ok(modal.buttons.includes('Open in Portal'), modal.buttons.join());
    await modal.choose('Copy Command');
    assert.match(await workbench().clipboard(/^az lock delete --ids .*\/locks\/keep-as-is$/), /sql-billing-weu/);
    await given((state) => (state.locks = []));
    const again = await workbench().waitForToast(/^Server key not created/);
    await again.press('More…');
    await (await quickPick('What do you want to do?')).pick('Try Again');
    await created('sql-billing-weu');
  });

  it('that nobody knows is one to ask Azure about, with all there is to know of it', async () => {
    await openWizard('sql-billing-weu');
    await emulator.addFault({ match: { method: 'PUT', path: '/keys/' }, status: 400, code: 'SomethingNew' });
    await emulator.options({ latency: 200 });
    await confirm(await browseTo('kv-orders', 'tde-orders'));
    const failure = await workbench().waitForToast(/SomethingNew/);
    assert.deepEqual(failure.buttons, ['Try Again', 'Show Details', 'Ask Azure Support…']);
    await failure.press('Ask Azure Support…');
    const modal = await workbench().modal('Open a support request with Azure?');
    assert.match(modal.detail, /code +SomethingNew \(400\)[^]*ids +request [-\da-f]{36}/);
    await modal.choose('Copy and Open');
    assert.match(await workbench().clipboard(/SomethingNew/), /create server key +sql-billing-weu/);
    const { hash } = new URL(await workbench().openedAddress());
    assert.equal(hash, '#view/Microsoft_Azure_Support/NewSupportRequestV3Blade');
    await (await workbench().waitForToast(/SomethingNew/)).press('Try Again');
    await workbench().waitForToast(/SomethingNew/);
  });

  it('changes nothing without consent, and offers its help again', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-nopurge', 'tde-nopurge');
    await emulator.clearRequests();
    await failure.press('Turn On Purge Protection…');
    await (await workbench().modal(/^Turn on purge protection/)).choose('Cancel');
    await workbench().waitForToast(/^Server key not created/);
    assert.deepEqual(
      (await emulator.requests()).filter(({ method }) => method !== 'GET' && method !== 'POST'),
      [],
    );
  });

  it('leaves a command and a request to those who may not mend it', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-noaccess', 'tde-noaccess');
    await emulator.addFault({
      match: { method: 'PUT', path: '/roleAssignments/' },
      status: 403,
      code: 'AuthorizationFailed',
      message:
        "The client does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write'.",
    });
    await failure.press('Grant Access…');
    await agree(/^Grant "sql-billing-weu" access/);
    const refused = await workbench().waitForToast(/lacks the permission/);
    assert.deepEqual(refused.buttons, ['Copy Request', 'Show Details', 'More…']);
    await refused.press('Copy Request');
    assert.match(
      await workbench().clipboard(/az role assignment create/),
      /Why: "sql-billing-weu" lacks get, wrapKey, unwrapKey on the key "tde-noaccess" of "kv-noaccess"\./,
    );
  });

  it('is looked into afterwards where nothing is to be checked before', async () => {
    await workbench().setSettings({ 'sqlServerKeys.preflight': 'never' });
    await openWizard('sql-billing-weu');
    const summary = await browseTo('kv-nopurge', 'tde-nopurge');
    assert.equal(byHeading(await summary.items()).checks, undefined);
    assert.ok((await emulator.requests()).every(({ path }) => !path.endsWith('/locks')));
    await confirm(summary);
    const failure = await workbench().waitForToast(/^Server key not created/);
    assert.deepEqual(failure.buttons, ['Turn On Purge Protection…', 'Show Details', 'More…']);
    await workbench().setSettings({ 'sqlServerKeys.preflight': 'always' });
  });
});

describe('A fix that fails in the summary', () => {
  beforeEach(slowly);

  it('returns to the summary, which keeps every answer', async () => {
    await openWizard('sql-billing-weu');
    const summary = await browseTo('kv-noaccess', 'tde-noaccess');
    await emulator.addFault({
      match: { method: 'PUT', path: '/roleAssignments/' },
      status: 403,
      code: 'AuthorizationFailed',
      message: "No authorization to perform action 'Microsoft.Authorization/roleAssignments/write'.",
    });
    await summary.pick('Grant Access…');
    await agree(/^Grant "sql-billing-weu" access/);
    await workbench().waitForToast(/lacks the permission/);
    const again = await quickPick(asks.summary);
    assert.ok((await again.items()).some(({ label }) => label === 'Key: tde-noaccess'));
    await workbench().screenshot('fix-failed');
    await emulator.clearFaults();
    await again.pick('Grant Access…');
    await agree(/^Grant "sql-billing-weu" access/);
    const fixed = await quickPick(asks.summary);
    await fixed.items('Create server key on "sql-billing-weu"');
    await confirm(fixed);
    await created('sql-billing-weu');
  });
});
