import assert from 'node:assert/strict';
import { request } from 'node:https';
import { ArmError } from '../../src/core/armError';
import type { Account } from '../../src/core/model';
import type { Accounts } from '../../src/core/accounts';
import { dba, fabrikam, northwind, ops, tailspin } from '../emulator/seeds/demoNames';
import type { User } from '../emulator/base/state';
import { connectToEmulator, emulator, emulatorCloud, failureOf, resetEmulator } from './connection';

const accountOf = ({ name }: User): Account => ({ id: name, label: name });

/** Posts a form and returns the JSON of the answer. */
function post(url: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => {
        resolve(JSON.parse(text) as Record<string, unknown>);
      });
    });
    sent.end(new URLSearchParams(form).toString());
  });
}

/** Accounts of users who sign in with their passwords. Those in `mfaUsers` also pass the second factor. */
function signedIn(users: readonly User[], mfaUsers: readonly User[] = []): Accounts & { readonly claims: string[] } {
  const claims: string[] = [];
  return {
    claims,
    list: () => Promise.resolve(users.map(accountOf)),
    async token({ id }, tenantId = 'organizations', requestedClaims) {
      if (requestedClaims) claims.push(requestedClaims);
      const user = users.find(({ name }) => name === id);
      assert.ok(user);
      const { resourceManager } = emulatorCloud();
      const answer = await post(`${resourceManager}/${tenantId}/oauth2/v2.0/token`, {
        grant_type: 'password',
        client_id: 'tests',
        username: user.name,
        password: user.password,
        scope: `${resourceManager}/.default`,
        ...(mfaUsers.includes(user) && { otp: user.otp }),
        ...(requestedClaims && { claims: requestedClaims }),
      });
      if (typeof answer.access_token !== 'string') {
        throw new ArmError({ code: 'TenantSignInRequired', message: String(answer.error_description) });
      }
      return { token: answer.access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
const contoso = ['Contoso Development', 'Contoso Production', 'Fabrikam Test'];

describe('accounts with several tenants', () => {
  beforeEach(() => resetEmulator());

  it('list the subscriptions of each tenant, and the tenants that require a separate sign-in', async () => {
    const azure = connectToEmulator({ accounts: signedIn([dba]) });
    const { items, failures } = await azure.subscriptions.list();
    assert.deepEqual(names(items), contoso);
    assert.deepEqual(
      failures.map(({ tenant, error }) => [tenant.name, tenant.account?.label, error.code]),
      [
        ['Northwind', dba.name, 'TenantSignInRequired'],
        ['Tailspin', dba.name, 'TenantSignInRequired'],
      ],
    );
  });

  it('list a subscription of two tenants once, with its own tenant', async () => {
    const state = await emulator.state();
    const subscriptions = state.subscriptions.map((found) =>
      found.displayName === 'Northwind Shared' ? { ...found, managedByTenants: [dba.homeTenantId] } : found,
    );
    await emulator.reset({ ...state, subscriptions });
    const azure = connectToEmulator({ accounts: signedIn([dba], [dba]) });
    const { items } = await azure.subscriptions.list();
    assert.deepEqual(names(items), [...contoso, 'Northwind Shared']);
    const { items: servers } = await azure.sqlServers.list(items.map(({ id }) => id));
    assert.ok(names(servers).includes('sql-northwind-weu'));
  });

  it('list the subscriptions that Azure has disabled apart from the others', async () => {
    const state = await emulator.state();
    const subscriptions = state.subscriptions.map((found) =>
      found.displayName === 'Contoso Development' ? { ...found, state: 'Disabled' as const } : found,
    );
    await emulator.reset({ ...state, subscriptions });
    const azure = connectToEmulator({ accounts: signedIn([dba]) });
    const { items, disabled } = await azure.subscriptions.list();
    assert.deepEqual(
      [names(items), names(disabled)],
      [['Contoso Production', 'Fabrikam Test'], ['Contoso Development']],
    );
    assert.deepEqual(
      items.map(({ tenant }) => [tenant?.name, tenant?.account?.label]),
      items.map(() => ['Contoso', dba.name]),
    );
  });

  it('list a delegated subscription with the tenant that it is delegated to', async () => {
    const azure = connectToEmulator({ accounts: signedIn([dba], [dba]) });
    const { items } = await azure.subscriptions.list();
    const delegated = items.find(({ name }) => name === 'Fabrikam Test');
    assert.equal(delegated?.tenantId, dba.homeTenantId);
  });

  it('read each server with a token of its tenant', async () => {
    const azure = connectToEmulator({ accounts: signedIn([dba, ops], [dba]) });
    const { items } = await azure.subscriptions.list();
    assert.deepEqual(names(items), [...contoso, 'Northwind Shared', 'Wingtip']);
    await emulator.clearRequests();
    const { items: servers } = await azure.sqlServers.list(items.map(({ id }) => id));
    assert.equal((await emulator.requests()).length, 6, 'two for each tenant');
    for (const name of ['sql-northwind-weu', 'sql-wingtip-use', 'sql-billing-weu']) {
      const server = servers.find((found) => found.name === name);
      assert.ok(server);
      assert.equal((await azure.serverKeys.list(server)).at(-1)?.type, 'serviceManaged');
    }
  });

  it('list the subscriptions of selected tenants only', async () => {
    const azure = connectToEmulator({ accounts: signedIn([dba], [dba]) });
    const { items, failures } = await azure.subscriptions.list(new Set([northwind]));
    assert.deepEqual([names(items), failures], [['Northwind Shared'], []]);
  });

  it('list the subscriptions of all tenants if a selected tenant has no account, because it may delegate some', async () => {
    const azure = connectToEmulator({ accounts: signedIn([dba], [dba]) });
    const { items } = await azure.subscriptions.list(new Set([fabrikam]));
    assert.ok(names(items).includes('Fabrikam Test'));
  });

  it('keep the answers of other tenants when one fails', async () => {
    const azure = connectToEmulator({ accounts: signedIn([dba, ops]) });
    const { items } = await azure.subscriptions.list();
    await emulator.addFault({ match: { path: 'ResourceGraph' }, behavior: 'html', status: 407, times: 1 });
    const { items: servers, failures } = await azure.sqlServers.list(items.map(({ id }) => id));
    assert.equal(failures.length, 1);
    assert.equal(failures[0]?.error.code, 'UnexpectedAnswer');
    assert.ok(servers.length > 0);
  });

  it('fail if there are none', async () => {
    const azure = connectToEmulator({ accounts: signedIn([]) });
    assert.equal((await failureOf(azure.subscriptions.list())).code, 'NotSignedIn');
  });

  it('report the account if its home tenant fails', async () => {
    const state = await emulator.state();
    const users = state.users.map((user) => (user.name === ops.name ? { ...user, password: 'changed' } : user));
    await emulator.reset({ ...state, users });
    const { items, failures } = await connectToEmulator({ accounts: signedIn([dba, ops], [dba]) }).subscriptions.list();
    assert.ok(items.length > 0);
    const account = failures.find(({ tenant }) => tenant.id === undefined);
    assert.deepEqual([account?.tenant.name, account?.error.code], [ops.name, 'TenantSignInRequired']);
    assert.ok(!failures.some(({ tenant }) => tenant.id === tailspin && tenant.account?.label === ops.name));
  });

  it('pass on the claims challenge of ARM', async () => {
    const state = await emulator.state();
    const tenants = state.tenants.map((tenant) =>
      tenant.tenantId === ops.homeTenantId ? { ...tenant, mfaForArm: 'everything' as const } : tenant,
    );
    await emulator.reset({ ...state, tenants });
    const accounts = signedIn([ops]);
    const { failures } = await connectToEmulator({ accounts }).subscriptions.list();
    assert.equal(failures[0]?.error.code, 'TenantSignInRequired');
    assert.match(accounts.claims[0] ?? '', /"access_token"/);
    const withMfa = connectToEmulator({ accounts: signedIn([ops], [ops]) });
    assert.deepEqual(names((await withMfa.subscriptions.list()).items), ['Wingtip']);
  });
});
