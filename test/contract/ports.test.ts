import assert from 'node:assert/strict';
import { tlsFaults } from '../emulator/base/port';
import { spawnEmulator, type EmulatorProcess } from '../emulator/emulatorProcess';
import { armClient } from './armClient';
import { keyBody, keyName, keyUri, serverId } from './demoIds';

/** What a client of Node.js says. */
const expected = {
  reset: /ECONNRESET/,
  plain: /ERR_SSL_|EPROTO/,
  expired: /CERT_HAS_EXPIRED/,
  wrongName: /ERR_TLS_CERT_ALTNAME_INVALID/,
  untrusted: /DEPTH_ZERO_SELF_SIGNED_CERT/,
};

describe('Another port of the emulator', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await spawnEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => emulator.reset());

  const open = async (...args: Parameters<EmulatorProcess['openPort']>) =>
    armClient({ ...emulator.info, arm: await emulator.openPort(...args) }, (await armClient(emulator.info)).token);

  it('serves ARM, with its own address in links', async () => {
    const arm = await open();
    const state = await emulator.state();
    const uri = keyUri(state, 'kv-billing', 'tde-billing');
    const path = `${serverId(state, 'sql-billing-weu')}/keys/${keyName(uri)}`;
    const accepted = await arm.call('PUT', path, { body: keyBody(uri) });
    assert.equal((await arm.finish(accepted)).body.status, 'Succeeded');
    const { host } = new URL(String(accepted.headers['azure-asyncoperation']));
    assert.notEqual(`https://${host}`, emulator.arm);
  });

  for (const tls of tlsFaults) {
    const refused = (call: Promise<unknown>) =>
      assert.rejects(call, ({ code }: NodeJS.ErrnoException) => expected[tls].test(code ?? ''));

    it(`can fail in TLS from the start: ${tls}`, async () => {
      const arm = await open(tls);
      await refused(arm.get('/subscriptions'));
      await refused(arm.get('/subscriptions'));
      assert.deepEqual(await emulator.requests(), []);
    });

    it(`fails in TLS after a request with a fault, on as many connections as requested: ${tls}`, async () => {
      const arm = await open();
      await emulator.addFault({ match: { path: '/subscriptions' }, behavior: 'tls', tls, connections: 2, times: 1 });
      await assert.rejects(arm.get('/subscriptions'), /socket hang up|ECONNRESET/);
      await refused(arm.get('/subscriptions'));
      await refused(arm.get('/subscriptions'));
      assert.equal((await arm.get('/subscriptions')).status, 200);
    });
  }

  it('closes the connection of a request that takes effect', async () => {
    const arm = await open();
    const uri = keyUri(await emulator.state(), 'kv-billing', 'tde-billing');
    const path = `${serverId(await emulator.state(), 'sql-billing-weu')}/keys/${keyName(uri)}`;
    await emulator.addFault({ match: { path }, behavior: 'tls', when: 'afterEffect', times: 1 });
    await assert.rejects(arm.call('PUT', path, { body: keyBody(uri) }), /socket hang up|ECONNRESET/);
  });

  it('is closed by a reset', async () => {
    const arm = await open();
    await emulator.reset();
    await assert.rejects(arm.get('/subscriptions'), { code: 'ECONNREFUSED' });
  });

  it('is the only one that a fault affects: the control API stays reachable', async () => {
    await emulator.addFault({ match: { path: '/subscriptions' }, behavior: 'tls', times: 1 });
    const arm = await armClient(emulator.info);
    await assert.rejects(arm.get('/subscriptions'), /socket hang up|ECONNRESET/);
    assert.equal((await arm.get('/subscriptions')).status, 200);
  });

  it('refuses faults that it does not know', async () => {
    await assert.rejects(emulator.openPort('broken' as 'reset'), /Unknown TLS fault/);
  });
});
