import assert from 'node:assert/strict';
import { serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';

describe('What the emulator does not serve', () => {
  const azure = freshEmulator();
  const billing = () => serverId(azure.running.emulator.state, 'sql-billing-weu');
  const group = () => billing().split('/').slice(0, 5).join('/');

  const requests: [title: string, method: string, path: () => string][] = [
    ['a resource type', 'GET', () => `${billing()}/firewallRules?api-version=2023-08-01`],
    ['a namespace', 'GET', () => `${group()}/providers/Microsoft.Compute/virtualMachines?api-version=2024-07-01`],
    ['an operation of a resource that it has', 'POST', () => `${billing()}/keys/ServiceManaged?api-version=2023-08-01`],
    [
      'a resource above all subscriptions',
      'GET',
      () => '/providers/Microsoft.Management/managementGroups?api-version=2020-05-01',
    ],
    ['a list above all namespaces', 'GET', () => `${group()}/deployments?api-version=2022-09-01`],
  ];
  for (const [title, method, path] of requests) {
    it(`is answered with 501 NotEmulated, not with an error of Azure: ${title}`, async () => {
      const answer = await azure.arm.call(method, path());
      assert.deepEqual(refusal(answer), [501, 'NotEmulated']);
      assert.match(answer.body.error?.message ?? '', new RegExp(`^The emulator does not serve ${method} /`));
      assert.equal(answer.headers['x-ms-failure-cause'], undefined);
    });
  }

  it('still needs a token', async () => {
    assert.equal((await azure.arm.anonymous('GET', `${billing()}/firewallRules`)).status, 401);
  });

  it('is no path outside of ARM, which ARM itself refuses', async () => {
    assert.deepEqual(refusal(await azure.arm.get('/colours')), [404, 'MissingSubscription']);
  });
});

describe('HEAD', () => {
  const azure = freshEmulator();
  const billing = () => serverId(azure.running.emulator.state, 'sql-billing-weu');
  const head = async (path: string) => {
    const { status, text } = await azure.arm.call('HEAD', path);
    assert.equal(text, '');
    return status;
  };

  it('says whether a resource exists', async () => {
    const group = billing().split('/').slice(0, 5).join('/');
    const vault = vaultId(azure.running.emulator.state, 'kv-billing');
    for (const path of [group, billing(), `${billing()}/keys/ServiceManaged`, vault])
      assert.equal(await head(path), 204);
    for (const path of [`${billing()}x`, `${billing()}/keys/none`, `${vault}x`]) assert.equal(await head(path), 404);
  });

  it('needs a token, the permission to read, and an api-version', async () => {
    const payroll = serverId(azure.running.emulator.state, 'sql-payroll-weu');
    assert.equal((await azure.arm.anonymous('HEAD', billing())).status, 401);
    assert.equal(await head(`${payroll}/keys/ServiceManaged`), 403);
    assert.equal(await head(`${billing()}?api-version=`), 400);
  });
});
