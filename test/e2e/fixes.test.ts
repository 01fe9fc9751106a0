import assert from 'node:assert/strict';
import { armClient } from '../contract/armClient';
import { keyBody } from '../contract/demoIds';
import type { State } from '../emulator/base/state';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { Toast } from '../vscode-host/driver/toasts';
import { browseTo, browseToVersions, byHeading, confirm, openWizard, quickPick } from './createServerKeySteps';
import { emulator, endOperations, holdOperations, serverKeys, versionOf } from './emulator';
import { asks } from './questions';
import { workbench } from './workbench';

/** Changes the state of the emulator. */
async function changeState(change: (state: State) => unknown): Promise<void> {
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

/** Makes operations slower, because VS Code shows at most three toasts within 800 ms. */
const useSlowOperations = (): Promise<void> => emulator.options({ operationMs: 1000 });

/** Creates a server key for which the summary predicts a failure, and returns the notification about the failure. */
async function createAnyway(server: string, vault: string, key: string): Promise<Toast> {
  await useSlowOperations();
  await openWizard(server);
  const { label } = await confirm(await browseTo(vault, key));
  // Azure has been seen to accept a key without purge protection, so that the checks only warn.
  assert.equal(label.endsWith(' anyway'), vault !== 'kv-nopurge');
  return workbench().waitForToast(/^Server key not created/);
}

/** Checks the description of a change, then confirms it. */
async function consent(question: RegExp, ...details: readonly RegExp[]): Promise<void> {
  const modal = await workbench().modal(question);
  for (const detail of details) assert.match(modal.detail, detail);
  await modal.choose(modal.buttons.find((button) => button !== 'Cancel') ?? '');
}

const waitForCreated = (server: string): Promise<Toast> =>
  workbench().waitForToast(new RegExp(`^Server key .* is on "${server}"\\.$`));

describe('Help with a failed creation', () => {
  beforeEach(useSlowOperations);

  it('assigns an identity to a server without one, then grants it access', async () => {
    const failure = await createAnyway('sql-reports-weu', 'kv-orders', 'tde-orders');
    assert.equal(failure.text, 'Server key not created: "sql-reports-weu" has no managed identity.');
    await failure.press('Assign Identity…');
    await (await quickPick(asks.identity)).pick('System-assigned identity');
    await consent(
      /^Assign a system-assigned identity to "sql-reports-weu"\?/,
      /resource group rg-reports/,
      /Can be undone/,
    );
    const next = await workbench().waitForToast(/lacks get, wrapKey, unwrapKey on the key "tde-orders" of "kv-orders"/);
    assert.equal((await serverOf('sql-reports-weu')).identityType, 'SystemAssigned');
    await next.press('Grant Access…');
    await consent(/^Grant "sql-reports-weu" access to the key "tde-orders"\?/);
    await waitForCreated('sql-reports-weu');
  });

  it('assigns a user-assigned identity to a server without one, and makes it the primary one', async () => {
    const failure = await createAnyway('sql-reports-weu', 'kv-orders', 'tde-orders');
    await failure.press('Assign Identity…');
    const identities = await quickPick(asks.identity);
    await workbench().screenshot('choose-identity');
    await identities.pick('id-sql-inventory (resource group rg-inventory)');
    await consent(
      /^Make "id-sql-inventory" the primary identity of "sql-reports-weu"\?/,
      /All other identities stay assigned/,
      /Can be undone/,
    );
    await workbench().waitForToast(/"id-sql-inventory" lacks get, wrapKey, unwrapKey on the key "tde-orders"/);
    const { identityType, primaryUserAssignedIdentityId = '' } = await serverOf('sql-reports-weu');
    assert.equal(identityType, 'UserAssigned');
    assert.match(primaryUserAssignedIdentityId, /id-sql-inventory$/);
  });

  it('refuses a primary identity that may not use the key of the TDE protector', async () => {
    await changeState(({ servers }) => {
      const { keys, protector } = find(servers, 'sql-orders-weu');
      Object.assign(find(servers, 'sql-reports-weu'), { keys, protector });
    });
    const failure = await createAnyway('sql-reports-weu', 'kv-billing', 'tde-billing');
    await failure.press('Assign Identity…');
    await (await quickPick(asks.identity)).pick('id-sql-inventory (resource group rg-inventory)');
    await workbench().waitForToast(
      'Primary identity not changed: "id-sql-inventory" lacks get, wrapKey, unwrapKey on the key "tde-orders" of "kv-orders". ' +
        'The TDE protector of "sql-reports-weu" needs it, so its databases would become inaccessible. Grant access first.',
    );
    assert.equal((await serverOf('sql-reports-weu')).primaryUserAssignedIdentityId, undefined);
  });

  it('grants the least privileged role on that key only, and waits until it takes effect in Azure SQL', async () => {
    await emulator.options({ rolePropagationMs: 2000 });
    const failure = await createAnyway('sql-billing-weu', 'kv-noaccess', 'tde-noaccess');
    await failure.press('Grant Access…');
    const { principalId = '' } = await serverOf('sql-billing-weu');
    await consent(
      /^Grant "sql-billing-weu" access to the key "tde-noaccess"\?/,
      /Role: Key Vault Crypto Service Encryption User/,
      new RegExp(`Principal: sql-billing-weu \\(${principalId}\\)`),
      /Scope: only the key "tde-noaccess" in the vault "kv-noaccess"/,
    );
    await waitForCreated('sql-billing-weu');
    const grants = (await emulator.state()).roleAssignments.filter(({ scope }) => scope.endsWith('/keys/tde-noaccess'));
    assert.deepEqual(
      grants.map((grant) => [grant.principalId, grant.roleId]),
      [[principalId, 'e147488a-f6f5-4113-8e2d-b22465e65bf6']],
    );
  });

  it('adds missing permissions to an access policy, and keeps existing permissions', async () => {
    await changeState((state) => {
      for (const { permissions } of find(state.vaults, 'kv-billing').accessPolicies) permissions.keys = ['get', 'list'];
    });
    const before = await vaultOf('kv-billing');
    const failure = await createAnyway('sql-billing-weu', 'kv-billing', 'tde-billing');
    assert.match(failure.text, /lacks wrapKey, unwrapKey on the keys of "kv-billing"/);
    await failure.press('Grant Access…');
    await consent(/^Grant "sql-billing-weu" access to the keys of "kv-billing"\?/, /: wrapKey, unwrapKey\./);
    await waitForCreated('sql-billing-weu');
    const { principalId } = await serverOf('sql-billing-weu');
    const { accessPolicies } = await vaultOf('kv-billing');
    assert.deepEqual(
      accessPolicies.map(({ objectId, permissions }) => [objectId, permissions.keys.length]),
      before.accessPolicies.map(({ objectId }) => [objectId, objectId === principalId ? 4 : 2]),
    );
  });

  it('registers the resource provider that the message names', async () => {
    await changeState((state) => {
      for (const subscription of state.subscriptions) {
        subscription.unregistered = ['Microsoft.Sql'];
        const scope = `/subscriptions/${subscription.subscriptionId}`;
        state.roleAssignments.push({ name: scope, scope, principalId: state.caller, roleId: roles.contributor });
      }
    });
    await useSlowOperations();
    await openWizard('sql-billing-weu');
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    const failure = await workbench().waitForToast(/^The resource provider isn't registered in the subscription/);
    await failure.press('Register Resource Provider…');
    await consent(/^Register the resource provider "Microsoft\.Sql"\?/, /Can be undone/);
    await waitForCreated('sql-billing-weu');
  });

  it('turns on purge protection, and says that this cannot be undone', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-nopurge', 'tde-nopurge');
    assert.equal(failure.text, 'Server key not created: Purge protection of "kv-nopurge" is off.');
    await failure.press('Turn On Purge Protection…');
    await consent(
      /^Turn on purge protection of "kv-nopurge"\?/,
      /Retention period: 90 days\. It can't be changed\./,
      /Can't be undone/,
    );
    await waitForCreated('sql-billing-weu');
    assert.equal((await vaultOf('kv-nopurge')).purgeProtection, true);
  });

  it('allows trusted services through the firewall', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-firewalled', 'tde-firewalled');
    await failure.press('Allow Trusted Services…');
    await consent(
      /^Allow trusted Microsoft services through the firewall of "kv-firewalled"\?/,
      /All other rules stay unchanged/,
    );
    await waitForCreated('sql-billing-weu');
    const { network } = await vaultOf('kv-firewalled');
    assert.deepEqual([network.bypass, network.defaultAction], ['AzureServices', 'Deny']);
  });

  it('reads again, on request, whether a fix was applied whose result is unknown, and sends no second request', async () => {
    const failure = await createAnyway('sql-billing-weu', 'kv-nopurge', 'tde-nopurge');
    await emulator.clearRequests();
    await emulator.options({ latency: 400 });
    const path = '/vaults/kv-nopurge$';
    await emulator.addFault({ match: { method: 'PATCH', path }, behavior: 'reset', when: 'afterEffect', times: 1 });
    await emulator.addFault({ match: { method: 'GET', path }, status: 403 });
    await failure.press('Turn On Purge Protection…');
    await consent(/^Turn on purge protection of "kv-nopurge"/);
    const unknown = await workbench().waitForToast(/^Azure may have made the change/);
    await emulator.clearFaults();
    await unknown.press('Check Again');
    await waitForCreated('sql-billing-weu');
    assert.equal((await emulator.requests()).filter(({ method }) => method === 'PATCH').length, 1);
  });

  it('asks for another version if the chosen one is disabled', async () => {
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
    await waitForCreated('sql-billing-weu');
    assert.deepEqual(await serverKeys('sql-billing-weu'), [`kv-orders_tde-orders_${newest}`]);
  });

  it('is not needed if someone else has already created the server key', async () => {
    await openWizard('sql-billing-weu');
    const summary = await browseTo('kv-orders', 'tde-orders');
    const version = await versionOf('kv-orders', 'tde-orders');
    await changeState((state) => {
      const uri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
      const other = { name: 'kv-orders_old_name', uri, thumbprint: 'AB', creationDate: '2026-01-01T00:00:00Z' };
      find(state.servers, 'sql-billing-weu').keys.push(other);
    });
    await confirm(summary);
    await workbench().waitForToast(/is already on "sql-billing-weu"\.$/);
  });

  it('reads again whether a server key exists whose creation has no known result, and sends no second request', async () => {
    await openWizard('sql-billing-weu');
    const summary = await browseTo('kv-orders', 'tde-orders');
    await emulator.clearRequests();
    // VS Code shows at most three toasts within 800 ms.
    await emulator.options({ latency: 400 });
    const match = { method: 'PUT', path: '/servers/sql-billing-weu/keys/' };
    await emulator.addFault({ match, behavior: 'reset', when: 'afterEffect', times: 1 });
    await emulator.addFault({ match: { method: 'GET', path: '/servers/sql-billing-weu/keys' }, status: 403 });
    await confirm(summary);
    const unknown = /^Azure may have made the change, but its result couldn't be read/;
    const first = await workbench().waitForToast(unknown);
    assert.ok(!first.buttons.includes('Try Again'));
    await emulator.clearFaults();
    await first.press('Check Again');
    await waitForCreated('sql-billing-weu');
    assert.equal((await emulator.requests()).filter(({ method }) => method === 'PUT').length, 1);
  });

  it('tries again after Azure SQL was overloaded', async () => {
    await openWizard('sql-billing-weu');
    await emulator.options({ maxOperations: 0 });
    await confirm(await browseTo('kv-orders', 'tde-orders'));
    const failure = await workbench().waitForToast(/too many/i);
    await emulator.options({ maxOperations: 20 });
    await failure.press('Try Again');
    await waitForCreated('sql-billing-weu');
  });

  it('creates the server key on the replicas first, from the summary, if they lack it', async () => {
    await openWizard('sql-orders-weu');
    await (await browseTo('kv-orders', 'tde-orders-next')).pick('Create on Replicas First…');
    await consent(
      /^Create the server key on the replicas first\?/,
      /Key identifier: https:\/\/kv-orders\S+\/tde-orders-next\/[0-9a-f]{32}\nServer: sql-orders-neu, resource group rg-orders/,
    );
    await waitForCreated('sql-orders-neu');
    const { label } = await confirm(await quickPick(asks.summary));
    assert.equal(label, 'Create server key on "sql-orders-weu"');
    await waitForCreated('sql-orders-weu');
  });

  it('waits in the summary while another operation is in progress on the server', async () => {
    await openWizard('sql-billing-weu');
    const versions = await browseToVersions('kv-orders', 'tde-orders');
    const { id } = await serverOf('sql-billing-weu');
    const version = await versionOf('kv-billing', 'tde-billing');
    const uri = `https://kv-billing.vault.azure.net/keys/tde-billing/${version}`;
    await holdOperations();
    const arm = await armClient(emulator.info);
    const { status } = await arm.call('PUT', `${id}/keys/kv-billing_tde-billing_${version}`, { body: keyBody(uri) });
    assert.equal(status, 202);
    await versions.pick(await versionOf('kv-orders', 'tde-orders'));
    const summary = await quickPick(asks.summary);
    assert.match(
      byHeading(await summary.items()).checks?.[0] ?? '',
      /^Another operation is in progress on "sql-billing-weu": /,
    );
    await summary.pick('Wait for the Operation');
    await endOperations();
    const again = await quickPick(asks.summary);
    const [create] = await again.items('Create server key on "sql-billing-weu"');
    assert.equal(create?.description, '17 passed');
    await confirm(again);
    await waitForCreated('sql-billing-weu');
    assert.equal((await serverKeys('sql-billing-weu')).length, 2);
  });

  it('names the lock that prevents changes, and shows how to delete it', async () => {
    await changeState((state) => {
      const { id: scope } = find(state.servers, 'sql-billing-weu');
      state.locks.push({ scope, name: 'keep-as-is', level: 'ReadOnly', notes: '' });
    });
    const failure = await createAnyway('sql-billing-weu', 'kv-orders', 'tde-orders');
    assert.match(failure.text, /The lock "keep-as-is" prevents changes to "sql-billing-weu"/);
    await failure.press('How to Delete the Lock');
    const modal = await workbench().modal(/^The lock "keep-as-is" prevents/);
    assert.ok(modal.buttons.includes('Open in Portal'), modal.buttons.join());
    assert.ok(modal.buttons.includes('Copy Request'), modal.buttons.join());
    await modal.choose('Copy Command');
    assert.match(await workbench().clipboard(/^az lock delete --ids .*\/locks\/keep-as-is$/), /sql-billing-weu/);
    await changeState((state) => (state.locks = []));
    const again = await workbench().waitForToast(/^Server key not created/);
    await again.press('More…');
    await (await quickPick('What do you want to do?')).pick('Try Again');
    await waitForCreated('sql-billing-weu');
  });

  it('offers a support request for an unknown error, with all details', async () => {
    await openWizard('sql-billing-weu');
    await emulator.addFault({ match: { method: 'PUT', path: '/keys/' }, status: 400, code: 'SomethingNew' });
    await emulator.options({ latency: 200 });
    await confirm(await browseTo('kv-orders', 'tde-orders'));
    const failure = await workbench().waitForToast(/SomethingNew/);
    assert.deepEqual(failure.buttons, ['Try Again', 'Show Details', 'Ask Azure Support…']);
    await failure.press('Ask Azure Support…');
    const modal = await workbench().modal('Open a support request with Azure?');
    assert.match(modal.detail, /code +SomethingNew \(400\)[^]*IDs +request [-\da-f]{36}/);
    await modal.choose('Copy and Open');
    assert.match(await workbench().clipboard(/SomethingNew/), /create server key +sql-billing-weu/);
    const { hash } = new URL(await workbench().openedAddress());
    assert.equal(hash, '#view/Microsoft_Azure_Support/NewSupportRequestV3Blade');
    await (await workbench().waitForToast(/SomethingNew/)).press('Try Again');
    await workbench().waitForToast(/SomethingNew/);
  });

  it('changes nothing without consent, and offers the fix again', async () => {
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

  it('names the permission that the account lacks before the change, and offers the command and a request', async () => {
    await changeState(({ roleDefinitions }) => {
      find(
        roleDefinitions.map((role) => ({ name: role.roleName, role })),
        'Owner',
      ).role.notActions.push('Microsoft.Authorization/roleAssignments/write');
    });
    const failure = await createAnyway('sql-billing-weu', 'kv-noaccess', 'tde-noaccess');
    await failure.press('Grant Access…');
    const question = await workbench().modal(/^Grant "sql-billing-weu" access/);
    assert.match(
      question.detail,
      /^Your account lacks permission on "tde-noaccess"\. Azure will probably refuse .* includes Microsoft\.Authorization\/roleAssignments\/write, or activate your eligible role\.\n\nRole: /,
    );
    assert.ok(question.buttons.includes('Copy Request'));
    await question.choose('Grant Access');
    const refused = await workbench().waitForToast(/lacks the permission/);
    assert.deepEqual(refused.buttons, ['Copy Request', 'Show Details', 'More…']);
    await refused.press('Copy Request');
    assert.match(
      await workbench().clipboard(/az role assignment create/),
      /Why: "sql-billing-weu" lacks get, wrapKey, unwrapKey on the key "tde-noaccess" of "kv-noaccess"\./,
    );
  });

  it('finds the cause after the failure if the checks before it are turned off', async () => {
    await workbench().setSettings({ 'sqlServerKeys.preflight': 'never' });
    await openWizard('sql-billing-weu');
    const summary = await browseTo('kv-nopurge', 'tde-nopurge');
    assert.equal(byHeading(await summary.items()).checks, undefined);
    assert.ok((await emulator.requests()).every(({ path }) => !path.endsWith('/denyAssignments')));
    await confirm(summary);
    const failure = await workbench().waitForToast(/^Server key not created.*"kv-nopurge"/);
    assert.deepEqual(failure.buttons, ['Turn On Purge Protection…', 'Show Details', 'More…']);
    await workbench().setSettings({ 'sqlServerKeys.preflight': 'always' });
  });
});

describe('A fix that fails in the summary', () => {
  beforeEach(useSlowOperations);

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
    await consent(/^Grant "sql-billing-weu" access/);
    await workbench().waitForToast(/lacks the permission/);
    const again = await quickPick(asks.summary);
    assert.ok((await again.items()).some(({ label }) => label === 'Key: tde-noaccess'));
    await workbench().screenshot('fix-failed');
    await emulator.clearFaults();
    await again.pick('Grant Access…');
    await consent(/^Grant "sql-billing-weu" access/);
    const fixed = await quickPick(asks.summary);
    await fixed.items('Create server key on "sql-billing-weu"');
    await confirm(fixed);
    await waitForCreated('sql-billing-weu');
  });

  it('stops waiting on Cancel, and still shows the failure beside the summary', async () => {
    await openWizard('sql-reports-weu');
    const summary = await browseTo('kv-orders', 'tde-orders');
    await holdOperations();
    await emulator.addFault({
      match: { method: 'PATCH', path: '/sql-reports-weu$' },
      when: 'poll',
      code: 'OperationCancelled',
    });
    await summary.pick('Assign Identity…');
    await (await quickPick(asks.identity)).pick('System-assigned identity');
    await consent(/^Assign a system-assigned identity to "sql-reports-weu"/);
    const progress = await workbench().waitForToast(/^Assigning an identity to "sql-reports-weu"/);
    await progress.press('Cancel');
    await workbench().waitForToast('Stopped waiting. Azure may still apply the change.');
    await (await quickPick(asks.summary)).items('Assign Identity…');
    await endOperations();
    await workbench().waitForToast(/^The operation was canceled before it completed/);
    await quickPick(asks.summary);
  });
});
