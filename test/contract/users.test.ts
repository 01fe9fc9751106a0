import assert from 'node:assert/strict';
import { signInRules } from '../emulator/directory/signInRules';
import { contoso, dba, northwind, ops, tailspin, wingtip } from '../emulator/seeds/demoNames';
import { largeSeed } from '../emulator/seeds/largeSeed';
import type { State, Tenant } from '../emulator/base/state';
import { armClient, claimsOf, postForm, type HttpAnswer, type Json } from './armClient';
import { freshEmulator } from './freshEmulator';

type Form = Record<string, string>;

/** Sign-in of the users of the demo seed. */
describe('Users', () => {
  const azure = freshEmulator();

  const requestToken = (tenant: string, form: Form): Promise<HttpAnswer> => {
    const { info } = azure.running;
    const body = { client_id: 'a-client', scope: `${info.arm}/.default`, ...form };
    return postForm(`${info.arm}/${tenant}/oauth2/v2.0/token`, info, body);
  };
  const byPassword = (tenant: string, more: Form = {}, { name, password } = dba): Promise<HttpAnswer> =>
    requestToken(tenant, { grant_type: 'password', username: name, password, ...more });
  const offline = (): Form => ({ scope: `openid offline_access ${azure.running.info.arm}/.default` });
  const byRefreshToken = (tenant: string, { body }: HttpAnswer, more: Form = {}): Promise<HttpAnswer> =>
    requestToken(tenant, { grant_type: 'refresh_token', refresh_token: String(body.refresh_token), ...more });

  const grantedClaims = ({ status, body, text }: HttpAnswer): Json => {
    assert.equal(status, 200, text);
    return claimsOf(body.access_token);
  };
  const armOf = ({ body }: HttpAnswer) => armClient(azure.running.info, String(body.access_token));
  const tenantOf = (id: string): Tenant => {
    const found = azure.running.emulator.state.tenants.find((t) => t.tenantId === id);
    assert.ok(found);
    return found;
  };

  it('get a token of their home tenant by its id, its domains, organizations or common', async () => {
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

  interface Refusal {
    of: string;
    code: string;
    error?: string;
    suberror?: string;
    request: () => Promise<HttpAnswer>;
  }

  const refusals: Refusal[] = [
    {
      of: 'an unknown tenant',
      code: 'AADSTS90002',
      error: 'invalid_request',
      request: () => byPassword('nowhere.example'),
    },
    { of: 'a tenant without an entry for them', code: 'AADSTS50034', request: () => byPassword(wingtip) },
    {
      of: 'an unknown user name',
      code: 'AADSTS50034',
      request: () => byPassword('organizations', { username: 'nobody@contoso.example' }),
    },
    { of: 'a wrong password', code: 'AADSTS50126', request: () => byPassword(contoso, { password: 'guess' }) },
    {
      of: 'a wrong password with a valid code',
      code: 'AADSTS50126',
      request: () => byPassword(northwind, { password: 'guess', otp: dba.otp }),
    },
    {
      of: 'a tenant that blocks all sign-ins',
      code: 'AADSTS53003',
      suberror: 'message_only',
      request: () => byPassword(tailspin, { otp: dba.otp }),
    },
    { of: 'a wrong code', code: 'AADSTS500121', request: () => byPassword(northwind, { otp: '000000' }) },
    {
      of: 'a tenant that requires a second factor',
      code: 'AADSTS50076',
      suberror: 'basic_action',
      request: () => byPassword(northwind),
    },
    {
      of: 'a claim that requires a second factor',
      code: 'AADSTS50076',
      suberror: 'basic_action',
      request: () => byPassword(contoso, { claims: '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}' }),
    },
    {
      of: 'claims that are not JSON',
      code: 'AADSTS50149',
      error: 'invalid_request',
      request: () => byPassword(contoso, { claims: '{' }),
    },
    {
      of: 'a made-up refresh token',
      code: 'AADSTS70000',
      request: () => requestToken(contoso, { grant_type: 'refresh_token', refresh_token: 'made-up' }),
    },
    {
      of: 'a missing user name',
      code: 'AADSTS900144',
      error: 'invalid_request',
      request: () => byPassword(contoso, { username: '' }),
    },
    {
      of: 'an unknown grant',
      code: 'AADSTS70003',
      error: 'unsupported_grant_type',
      request: () => requestToken(contoso, { grant_type: 'magic' }),
    },
  ];
  for (const { of, code, error = 'invalid_grant', suberror, request } of refusals) {
    it(`are refused for ${of} with ${code}`, async () => {
      const { status, body } = await request();
      assert.deepEqual([status, body.error], [400, error]);
      assert.match(String(body.error_description), new RegExp(`^${code}: .* Trace ID: .* Timestamp: `));
      assert.deepEqual(body.error_codes, [Number(code.replace('AADSTS', ''))]);
      assert.equal(body.suberror, suberror);
      assert.equal(typeof body.claims, suberror === undefined ? 'undefined' : 'string');
    });
  }

  it('have a test for every rule', () => {
    const tested = new Set(refusals.map(({ code }) => code));
    assert.deepEqual(
      signInRules.filter(({ code }) => !tested.has(code)),
      [],
    );
  });

  it('must meet the conditions of their directory entry and of the tenant', async () => {
    const entry = azure.running.emulator.state.principals.find((p) => p.user === ops.name);
    assert.ok(entry);
    entry.mfa = true;
    assert.deepEqual((await byPassword(wingtip, {}, ops)).body.error_codes, [50076]);
    assert.equal((await byPassword(wingtip, { otp: ops.otp }, ops)).status, 200);
    entry.blocked = true;
    assert.deepEqual((await byPassword(wingtip, { otp: ops.otp }, ops)).body.error_codes, [53003]);
  });

  it('can request claims that satisfy the policy with the claims of the error', async () => {
    const { body } = await byPassword(northwind);
    const claims = String(body.claims);
    assert.deepEqual(Object.keys((JSON.parse(claims) as { access_token: object }).access_token), ['capolids']);
    assert.equal((await byPassword(northwind, { claims, otp: dba.otp })).status, 200);
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

  it('have one account id in all tenants', async () => {
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

    it('may not read either if all requests require it', async () => {
      tenantOf(contoso).mfaForArm = 'everything';
      const weak = await armOf(await byPassword(contoso));
      challenged(await weak.get('/subscriptions'), 'InvalidAuthenticationToken');
      const strong = await armOf(await byPassword(contoso, { otp: dba.otp }));
      assert.equal((await strong.get('/subscriptions')).status, 200);
    });

    it('do not need it as applications', async () => {
      tenantOf(contoso).mfaForArm = 'everything';
      assert.equal((await azure.arm.get('/subscriptions')).status, 200);
    });
  });
});
