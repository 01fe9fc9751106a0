import assert from 'node:assert/strict';
import { refusal, serverClient } from './serverClient';

describe('Transparent data encryption of a database', () => {
  const { azure, id, stateOf, succeeds } = serverClient();
  const url = (server: string, database: string, name = 'current') =>
    `${id(server)}/databases/${database}/transparentDataEncryption/${name}`;
  const put = (path: string, state: string) => azure.arm.call('PUT', path, { body: { properties: { state } } });

  it('is on, and can be turned off and on', async () => {
    const dev = url('sql-dev-weu', 'dev');
    assert.equal((await azure.arm.get(dev)).body.properties?.state, 'Enabled');
    assert.equal((await put(dev, 'Enabled')).status, 200);
    await succeeds(put(dev, 'Disabled'));
    assert.equal((await azure.arm.get(dev)).body.properties?.state, 'Disabled');
    const list = await azure.arm.get(dev.replace('/current', ''));
    assert.deepEqual(
      list.body.value?.map(({ name, properties }) => [name, properties.state]),
      [['current', 'Disabled']],
    );
    await succeeds(put(dev, 'Enabled'));
  });

  it('resumes a paused database when somebody reads it', async () => {
    const [database] = stateOf('sql-dev-weu').databases;
    assert.ok(database);
    database.status = 'Paused';
    await azure.arm.get(`${id('sql-dev-weu')}/databases/dev`);
    assert.equal(database.status, 'Paused');
    await azure.arm.get(url('sql-dev-weu', 'dev'));
    assert.equal(database.status, 'Online');
  });

  const refusals: [code: string, path: () => string, state: string][] = [
    ['InvalidTransparentDataEncryptionName', () => url('sql-dev-weu', 'dev', 'other'), 'Enabled'],
    ['InvalidTransparentDataEncryptionUpdateRequest', () => url('sql-dev-weu', 'dev'), 'On'],
    ['AttemptedEncryptionOnSystemDatabase', () => url('sql-dev-weu', 'master'), 'Enabled'],
    ['CanNotDropAlterOnMirror', () => url('sql-orders-neu', 'orders'), 'Disabled'],
  ];
  for (const [code, path, state] of refusals) {
    it(`refuses a change with ${code}`, async () => {
      assert.deepEqual(refusal(await put(path(), state)), [400, code]);
    });
  }
});
