import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { proxiedHost } from '../emulator/base/port';
import { connectAzure, emulator, info } from './makeTree';
import { type Proxy, startProxy } from './connectProxy';
import { failure } from './failure';

const { port } = new URL(info.arm);
const setProxy = (url?: string): Thenable<void> =>
  vscode.workspace.getConfiguration('http').update('proxy', url, vscode.ConfigurationTarget.Global);

describe('the proxy in the setting http.proxy', () => {
  let proxy: Proxy | undefined;
  const use = async (options: Partial<Parameters<typeof startProxy>[0]> = {}, credentials = ''): Promise<Proxy> => {
    proxy = await startProxy({ port: Number(port), ...options });
    await setProxy(`http://${credentials}${proxy.address}`);
    return proxy;
  };
  const viaProxy = `https://${proxiedHost}`;
  beforeEach(() => emulator.reset());
  afterEach(async () => {
    await setProxy(undefined);
    await proxy?.close();
  });

  it('carries all requests to Azure over a few connections', async () => {
    const { accepted } = await use();
    const azure = connectAzure({ resourceManager: viaProxy });
    const { items } = await azure.subscriptions.list();
    const servers = await azure.sqlServers.list(items.map(({ id }) => id));
    for (const { id } of servers.items) await azure.resources.read(id);
    assert.deepEqual([items.length, servers.items.length], [3, 15]);
    assert.equal((await emulator.requests()).length, 18);
    assert.ok(accepted.length <= 4, accepted.join());
    assert.deepEqual([...new Set(accepted)], [`${proxiedHost}:443`]);
  });

  it('gets the credentials in its address', async () => {
    const authorization = `Basic ${Buffer.from('user:password').toString('base64')}`;
    const { accepted } = await use({ authorization }, 'user:password@');
    assert.equal((await connectAzure({ resourceManager: viaProxy }).subscriptions.list()).items.length, 3);
    assert.equal(accepted.length, 1);
  });

  it('is named as the cause if it requires credentials', async () => {
    const { refused } = await use({ authorization: 'Basic x' });
    const { code, what } = await failure(viaProxy);
    assert.equal(code, 'ProxyAuthenticationRequired');
    assert.equal(what, 'The proxy requires credentials for the connection to Azure.');
    assert.deepEqual(refused, [407]);
  });

  it('is a failed connection if it refuses or does not run', async () => {
    const refusing = await use({ status: 403 });
    const { code, says } = await failure(viaProxy);
    assert.equal(code, 'ConnectionFailed');
    assert.match(says, /^Proxy response \(403\)/);
    await refusing.close();
    assert.equal((await failure(viaProxy)).code, 'ConnectionFailed');
  });
});
