import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reset } from '../emulator/base/emulator';
import { startEmulator, type RunningEmulator } from '../emulator/startEmulator';
import { armClient, claimsOf, managedIdentityToken, postForm, send, type HttpAnswer } from './armClient';

describe('Sign-in', () => {
  let running: RunningEmulator;
  before(async () => {
    running = await startEmulator();
  });
  after(() => running.close());
  beforeEach(() => {
    reset(running.emulator);
  });

  const subscriptions = async (token: string): Promise<HttpAnswer> =>
    (await armClient(running.info, token)).get('/subscriptions');

  it('issues a token to a managed identity in the format of App Service', async () => {
    const { endpoint, header } = running.info.identity;
    const url = `${endpoint}?api-version=2019-08-01&resource=${encodeURIComponent(running.info.arm)}`;
    const { status, body } = await send('GET', url, { headers: { 'X-IDENTITY-HEADER': header } });
    assert.equal(status, 200);
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.resource, running.info.arm);
    assert.match(String(body.expires_on), /^\d{10}$/);
    assert.equal(typeof body.client_id, 'string');
    const claims = claimsOf(body.access_token);
    assert.equal(claims.oid, running.emulator.state.caller);
    assert.equal(claims.exp, Number(body.expires_on));
  });

  it('refuses a wrong X-IDENTITY-HEADER and a missing resource', async () => {
    const { endpoint, header } = running.info.identity;
    const wrong = await send('GET', `${endpoint}?resource=x`, { headers: { 'X-IDENTITY-HEADER': 'guess' } });
    const missing = await send('GET', endpoint, { headers: { 'X-IDENTITY-HEADER': header } });
    assert.deepEqual([wrong.status, missing.status], [401, 400]);
  });

  it('accepts a secret at the AD FS authority, as az sends it', async () => {
    const ca = readFileSync(running.info.ca);
    const { authority, clientId, clientSecret } = running.info.adfs;
    const metadata = await send('GET', `${authority}/.well-known/openid-configuration`, { ca });
    assert.equal(metadata.body.issuer, authority);
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${running.info.arm}/.default`,
    };
    const endpoint = String(metadata.body.token_endpoint);
    const granted = await postForm(endpoint, running.info, form);
    assert.equal(granted.body.expires_in, 3600);
    const listed = await subscriptions(String(granted.body.access_token));
    assert.equal(listed.body.value?.length, 3);
    const refused = await postForm(endpoint, running.info, { ...form, client_secret: 'guess' });
    assert.deepEqual([refused.status, refused.body.error], [401, 'invalid_client']);
  });

  const refusals: [title: string, code: string, token: () => Promise<string>][] = [
    ['an invalid token', 'InvalidAuthenticationToken', () => Promise.resolve('abc')],
    [
      'a token with a forged signature',
      'InvalidAuthenticationToken',
      async () => (await managedIdentityToken(running.info)).replace(/.{4}$/, 'AAAA'),
    ],
    [
      'a token for another audience',
      'InvalidAuthenticationTokenAudience',
      () => managedIdentityToken(running.info, 'https://vault.azure.net'),
    ],
    [
      'an expired token',
      'ExpiredAuthenticationToken',
      () => {
        running.emulator.options.tokenLifetime = -1;
        return managedIdentityToken(running.info);
      },
    ],
    [
      'a token of a deleted principal',
      'InvalidAuthenticationToken',
      async () => {
        const token = await managedIdentityToken(running.info);
        running.emulator.state.principals = [];
        return token;
      },
    ],
  ];
  for (const [title, code, token] of refusals) {
    it(`answers ${title} with 401 ${code}`, async () => {
      const { status, headers, body } = await subscriptions(await token());
      assert.deepEqual([status, body.error?.code], [401, code]);
      assert.match(headers['www-authenticate'] ?? '', /^Bearer authorization_uri="https:/);
    });
  }

  it('answers requests without a token with 401 AuthenticationFailed, even for unknown paths', async () => {
    const arm = await armClient(running.info);
    for (const path of ['/subscriptions', '/nowhere']) {
      const { status, body } = await arm.anonymous('GET', path);
      assert.deepEqual([status, body.error?.code], [401, 'AuthenticationFailed']);
    }
  });

  it('accepts the audience with a trailing slash', async () => {
    const { status } = await subscriptions(await managedIdentityToken(running.info, `${running.info.arm}/`));
    assert.equal(status, 200);
  });

  it('keeps its certificate in a folder that only its user can open', () => {
    assert.equal(statSync(dirname(running.info.ca)).mode & 0o777, 0o700);
  });
});
