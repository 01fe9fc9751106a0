import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
  /** PEM file of the certificate to trust, in a private temporary folder. */
  caFile: string;
  /** PEM file of the certificate and of public authorities. */
  bundleFile: string;
  remove: () => Promise<void>;
}

/** Creates a self-signed certificate for the loopback address. Each start creates a new one, so no private key is committed or kept. */
export async function makeCertificate(): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  // mkdtemp creates the folder with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), 'azure-emulator-'));
  const caFile = join(folder, 'ca.pem');
  const bundleFile = join(folder, 'bundle.pem');
  await writeFile(caFile, pems.cert);
  await writeFile(bundleFile, [pems.cert, ...rootCertificates].join('\n'));
  const remove = () => rm(folder, { recursive: true, force: true });
  return { key: pems.private, cert: pems.cert, caFile, bundleFile, remove };
}
