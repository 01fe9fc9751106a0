import assert from 'node:assert/strict';
import { signInRules } from '../emulator/directory/signInRules';
import { contoso, dba, northwind, ops, tailspin, wingtip } from '../emulator/seeds/demoNames';
import type { HttpAnswer } from './armClient';
import { userClient } from './userClient';

interface Refusal {
  of: string;
  code: string;
  error?: string;
  suberror?: string;
  request: () => Promise<HttpAnswer>;
}

describe('Users without access', () => {
  const { azure, requestToken, byPassword } = userClient();

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
});
