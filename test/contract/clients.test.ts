import assert from 'node:assert/strict';
import { startEmulator, type RunningEmulator } from '../emulator/startEmulator';
import { armClient, postForm, type ArmClient } from './armClient';
import { keyName, keyUri, serverId } from './demoIds';

/** The requests of `az sql server key` and `az sql server tde-key` (Azure CLI 2.45). */
describe('The Azure CLI', () => {
  let running: RunningEmulator;
  let az: ArmClient;
  before(async () => {
    running = await startEmulator({ operationMs: 5 });
    const { adfs, arm } = running.info;
    const { body } = await postForm(`${adfs.authority}/oauth2/token`, running.info, {
      client_id: adfs.clientId,
      client_secret: adfs.clientSecret,
      grant_type: 'client_credentials',
      scope: `${arm}/.default`,
    });
    az = await armClient(running.info, String(body.access_token));
  });
  after(() => running.close());

  const preview = 'api-version=2020-11-01-preview';

  it('signs in and lists its subscriptions', async () => {
    const { body } = await az.get('/subscriptions?api-version=2019-11-01');
    assert.deepEqual(Object.keys(body), ['value']);
    assert.deepEqual(
      body.value?.map((s) => s.state),
      ['Enabled', 'Enabled', 'Enabled'],
    );
  });

  it('creates a key, sets it as the TDE protector, returns to the service-managed key, and deletes the key', async () => {
    const server = serverId(running.emulator.state, 'sql-billing-weu');
    const uri = keyUri(running.emulator.state, 'kv-billing', 'tde-billing');
    const key = `${server}/keys/${keyName(uri)}?${preview}`;
    const protector = `${server}/encryptionProtector/current?${preview}`;
    const headers = { accept: '*/*', 'content-type': 'application/json' };

    const created = await az.call('PUT', key, {
      headers,
      body: { properties: { serverKeyType: 'AzureKeyVault', uri } },
    });
    assert.equal((await az.finish(created)).body.status, 'Succeeded');
    assert.equal((await az.get(key)).body.properties?.uri, uri);

    const properties = { serverKeyName: keyName(uri), serverKeyType: 'AzureKeyVault', autoRotationEnabled: true };
    const set = await az.call('PUT', protector, { headers, body: { properties } });
    assert.equal((await az.finish(set)).body.status, 'Succeeded');
    assert.deepEqual((await az.get(protector)).body.properties, { ...properties, uri });

    const back = { properties: { serverKeyName: 'ServiceManaged', serverKeyType: 'ServiceManaged' } };
    assert.equal((await az.finish(await az.call('PUT', protector, { headers, body: back }))).body.status, 'Succeeded');
    assert.equal((await az.get(protector)).body.kind, 'servicemanaged');

    assert.equal((await az.finish(await az.call('DELETE', key, { headers }))).body.status, 'Succeeded');
    assert.deepEqual(
      (await az.get(`${server}/keys?${preview}`)).body.value?.map((k) => k.name),
      ['ServiceManaged'],
    );
  });
});
