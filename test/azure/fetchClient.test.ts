import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { defaultLimits } from '../../src/azure/gateway/limits';
import { fetchClient } from '../../src/azure/gateway/fetchClient';
import { bundleFile } from '../bundles';
import { emulator, emulatorCloud, resetEmulator } from './connection';

describe('the HTTP client', () => {
  beforeEach(() => resetEmulator());

  it('reaches a host with a certificate from NODE_EXTRA_CA_CERTS, which fetch in VS Code does not trust', async () => {
    // A separate process with the fetch of VS Code, which replaces the certificates that Node.js trusts.
    const script = `
      import { createRequire } from 'node:module';
      import { rootCertificates } from 'node:tls';
      const undici = createRequire(${JSON.stringify(resolve('test/vscode-host/package.json'))})('undici');
      const dispatcher = new undici.Agent({ connect: { ca: [...rootCertificates] } });
      globalThis.fetch = (url, init) => undici.fetch(url, { ...init, dispatcher });
      const { connect } = await import(${JSON.stringify(pathToFileURL(bundleFile('azure')))});
      const azure = connect(${JSON.stringify(emulatorCloud())}, undefined, { log: { trace() {}, info: console.log } });
      await azure.subscriptions.list();
      console.log((await azure.subscriptions.list()).items.length);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.match(output, /^fetch doesn't trust the certificate of localhost:\d+, but Node\.js does\n3\n$/);
    assert.equal((await emulator.requests()).length, 2);
  });

  for (const [option, value] of Object.entries({
    timeout: 1,
    allowInsecureConnection: true,
    body: new Uint8Array(),
    streamResponseStatusCodes: new Set([200]),
    onDownloadProgress: () => undefined,
  })) {
    it(`refuses the option ${option} of a request, instead of ignoring it`, async () => {
      const { sendRequest } = fetchClient(defaultLimits.responseBytes, {
        trace: () => undefined,
        info: () => undefined,
      });
      const request = createPipelineRequest({ url: emulatorCloud().resourceManager, [option]: value });
      await assert.rejects(sendRequest(request), new RegExp(`request options: ${option}$`));
    });
  }
});
