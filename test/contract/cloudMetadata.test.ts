import assert from 'node:assert/strict';
import { freshEmulator } from './freshEmulator';

describe('The metadata of the cloud', () => {
  const azure = freshEmulator();
  const metadata = (version: string) => azure.arm.anonymous('GET', `/metadata/endpoints?api-version=${version}`);

  it('needs no token and names the endpoints that `az cloud register` needs', async () => {
    const { arm } = azure.running.info;
    const { status, body } = await metadata('2015-01-01');
    assert.deepEqual(
      [status, body.graphEndpoint, body.authentication],
      [200, arm, { loginEndpoint: `${arm}/adfs`, audiences: [arm] }],
    );
  });

  for (const version of ['2019-05-01', '2020-06-01']) {
    it(`is a list of clouds in ${version}`, async () => {
      const { status, text } = await metadata(version);
      const [cloud, ...others] = JSON.parse(text) as Record<string, unknown>[];
      assert.deepEqual([status, cloud?.resourceManager, others], [200, azure.running.info.arm, []]);
    });
  }

  it('is one cloud in 2022-09-01', async () => {
    const { arm } = azure.running.info;
    const { status, body } = await metadata('2022-09-01');
    assert.deepEqual([status, body.resourceManager], [200, arm]);
    assert.deepEqual(body.authentication, {
      loginEndpoint: `${arm}/adfs`,
      audiences: [arm],
      tenant: 'adfs',
      identityProvider: 'ADFS',
    });
    assert.deepEqual(body.suffixes, {
      keyVaultDns: 'vault.azure.net',
      mhsmDns: 'managedhsm.azure.net',
      sqlServerHostname: 'database.windows.net',
    });
  });

  it('has a limited number of api-versions', async () => {
    const { status, body } = await metadata('2014-01-01');
    assert.deepEqual([status, body.error?.code], [400, 'InvalidApiVersionParameter']);
  });
});
