import assert from 'node:assert/strict';
import { tlsFaults } from '../emulator/base/port';
import { failure } from './failure';
import { emulator } from './makeTree';

describe('a connection that is not secure', () => {
  beforeEach(() => emulator.reset());

  for (const fault of tlsFaults) {
    const expected = ['reset', 'plain'].includes(fault)
      ? ['ConnectionFailed', "The extension can't connect to Azure."]
      : ['CertificateNotTrusted', "The connection to Azure uses a certificate that this computer doesn't trust."];
    it(`gets no token (${fault})`, async () => {
      const { code, what } = await failure(await emulator.openPort(fault));
      assert.deepEqual([code, what], expected);
      assert.deepEqual(await emulator.requests(), []);
    });
  }
});
