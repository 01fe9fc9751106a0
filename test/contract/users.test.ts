import assert from 'node:assert/strict';
import { contoso, dba, northwind, ops, tailspin, wingtip } from '../emulator/seeds/demoNames';
import { largeSeed } from '../emulator/seeds/largeSeed';
import type { State, Tenant } from '../emulator/base/state';
import { armClient, claimsOf, type HttpAnswer, type Json } from './armClient';
import { userClient } from './userClient';

describe('Users', () => {
  const { azure, requestToken, byPassword, byRefreshToken, offline, armOf } = userClient();

  const grantedClaims = ({ status, body, text }: HttpAnswer): Json => {
    assert.equal(status, 200, text);
    return claimsOf(body.access_token);
  };
  const tenantOf = (id: string): Tenant => {
    const found = azure.running.emulator.state.tenants.find((t) => t.tenantId === id);
    assert.ok(found);
    return found;
  };

  it('get a token of their home tenant by its ID, its domains, organizations, or common', async () => {
    for (const tenant of [contoso, 'contoso.onmicrosoft.com', 'CONTOSO.example', 'organizations', 'common']) {
      const answer = await byPassword(tenant);
      const { tid, oid, upn, appid, idtyp, amr } = grantedClaims(answer);
      assert.deepEqual([tid, upn, appid, idtyp, amr], [contoso, dba.name, 'a-client', 'user', ['pwd']]);
      assert.equal(oid, azure.running.emulator.state.caller);
      assert.equal(answer.body.refresh_token, undefined);
    }
  });

  it('see the same resources in their home tenant as the managed identity', async () => {
    const user = await armOf(await byPassword('organizations'));
    const names = async (arm: typeof user) => (await arm.get('/subscriptions')).body.value?.map((s) => s.displayName);
    assert.deepEqual(await names(user), await names(azure.arm));
    assert.deepEqual(await names(user), ['Contoso Production', 'Contoso Development', 'Fabrikam Test']);
  });

  it('see the resources of another tenant as guests after the second factor', async () => {
    const answer = await byPassword(northwind, { otp: dba.otp });
    const { tid, oid, amr } = grantedClaims(answer);
    assert.deepEqual([tid, amr], [northwind, ['pwd', 'mfa']]);
    assert.notEqual(oid, azure.running.emulator.state.caller);
    const arm = await armOf(answer);
    const [shared] = (await arm.get('/subscriptions')).body.value ?? [];
    assert.equal(shared?.displayName, 'Northwind Shared');
    const servers = await arm.get(`${shared.id}/providers/Microsoft.Sql/servers`);
    assert.deepEqual(
      servers.body.value?.map((s) => s.name),
      ['sql-northwind-weu'],
    );
    const key = `${shared.id}/resourceGroups/rg-northwind/providers/Microsoft.KeyVault/vaults/kv-northwind/keys/tde-northwind`;
    assert.equal((await arm.get(key)).status, 200);
  });

  it('of another tenant see their own resources', async () => {
    const arm = await armOf(await byPassword('organizations', {}, ops));
    assert.deepEqual(
      (await arm.get('/subscriptions')).body.value?.map((s) => s.displayName),
      ['Wingtip'],
    );
    assert.deepEqual(
      (await arm.get('/tenants')).body.value?.map((t) => t.tenantId),
      [wingtip],
    );
  });

  it('see all their tenants, including those that block them, and those that delegate to the tenant', async () => {
    const listed = async (arm: Awaited<ReturnType<typeof armOf>>) =>
      (await arm.get('/tenants')).body.value?.map((t) => [t.displayName, t.tenantCategory, t.tenantType]);
    const everywhere = [
      ['Northwind', 'Home', 'AAD'],
      ['Tailspin', 'Home', 'AAD'],
    ];
    const contosoSees = [
      ['Contoso', 'Home', 'AAD'],
      ['Fabrikam', 'ManagedBy', undefined],
    ];
    assert.deepEqual(await listed(await armOf(await byPassword(contoso))), [...contosoSees, ...everywhere]);
    const guest = await armOf(await byPassword(northwind, { otp: dba.otp }));
    assert.deepEqual(await listed(guest), [['Contoso', 'Home', 'AAD'], ...everywhere]);
    assert.deepEqual(await listed(azure.arm), contosoSees);
  });

  it('exist in the large seed', async () => {
    azure.running.emulator.state = largeSeed();
    const arm = await armOf(await byPassword('organizations'));
    assert.equal((await arm.get('/subscriptions')).body.value?.length, 200);
    assert.deepEqual(
      (await arm.get('/tenants')).body.value?.map((t) => t.displayName),
      ['Contoso'],
    );
  });

  it('can use a refresh token in every tenant that requires no second factor', async () => {
    const first = await byPassword('organizations', offline());
    assert.equal(grantedClaims(await byRefreshToken('organizations', first)).tid, contoso);
    const codes = async (tenant: string) => (await byRefreshToken(tenant, first)).body.error_codes;
    assert.deepEqual(
      [await codes(northwind), await codes(tailspin), await codes(wingtip)],
      [[50076], [53003], [50034]],
    );
  });

  it('need the second factor once for each tenant', async () => {
    const strong = await byPassword(northwind, { ...offline(), otp: dba.otp });
    assert.deepEqual(grantedClaims(await byRefreshToken(northwind, strong)).amr, ['pwd', 'mfa']);
    const home = await byRefreshToken(contoso, strong, offline());
    assert.deepEqual(grantedClaims(home).amr, ['pwd']);
    assert.deepEqual(grantedClaims(await byRefreshToken(northwind, home)).amr, ['pwd', 'mfa']);
  });

  it('cannot use a refresh token as an access token, or the reverse', async () => {
    const { body } = await byPassword('organizations', offline());
    const arm = await armClient(azure.running.info, String(body.refresh_token));
    assert.equal((await arm.get('/subscriptions')).body.error?.code, 'InvalidAuthenticationToken');
    const swapped = await requestToken(contoso, {
      grant_type: 'refresh_token',
      refresh_token: String(body.access_token),
    });
    assert.deepEqual(swapped.body.error_codes, [70000]);
  });

  it('have the same account ID in all tenants', async () => {
    const accounts = await Promise.all([
      byPassword('organizations', { client_info: '1' }),
      byPassword(northwind, { client_info: '1', otp: dba.otp }),
    ]);
    for (const { body } of accounts) {
      const account = JSON.parse(Buffer.from(String(body.client_info), 'base64url').toString()) as unknown;
      assert.deepEqual(account, { uid: azure.running.emulator.state.caller, utid: contoso });
    }
  });

  describe('whose tenant requires a second factor at ARM', () => {
    const challenge =
      /^Bearer realm="", authorization_uri="https:[^"]+\/common\/oauth2\/authorize", error="insufficient_claims", claims="([^"]+)"$/;
    const key = (state: State): string =>
      `${state.servers.find((s) => s.name === 'sql-billing-weu')?.id ?? ''}/keys/none_none_0`;

    function challenged(answer: HttpAnswer, code: string): string {
      assert.deepEqual([answer.status, answer.body.error?.code], [401, code]);
      const [, claims = ''] = challenge.exec(answer.headers['www-authenticate'] ?? '') ?? [];
      return Buffer.from(claims, 'base64').toString();
    }

    it('may read, and change after the second factor', async () => {
      tenantOf(contoso).mfaForArm = 'changes';
      const first = await byPassword(contoso, offline());
      const weak = await armOf(first);
      assert.equal((await weak.get('/subscriptions')).status, 200);
      const path = key(azure.running.emulator.state);
      const claims = challenged(await weak.call('DELETE', path), 'RequestDisallowedByAzure');
      assert.deepEqual(JSON.parse(claims), { access_token: { acrs: { essential: true, values: ['p1'] } } });
      assert.deepEqual((await byRefreshToken(contoso, first, { claims })).body.error_codes, [50076]);
      const strong = await armOf(await byPassword(contoso, { claims, otp: dba.otp }));
      assert.equal((await strong.call('DELETE', path)).status, 204);
    });

    it('may not even read if all requests require it', async () => {
      tenantOf(contoso).mfaForArm = 'everything';
      const weak = await armOf(await byPassword(contoso));
      challenged(await weak.get('/subscriptions'), 'InvalidAuthenticationToken');
      const strong = await armOf(await byPassword(contoso, { otp: dba.otp }));
      assert.equal((await strong.get('/subscriptions')).status, 200);
    });

    it('need it, unlike applications', async () => {
      tenantOf(contoso).mfaForArm = 'everything';
      assert.equal((await azure.arm.get('/subscriptions')).status, 200);
    });
  });
});
