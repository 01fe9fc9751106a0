import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { proxiedHost } from './base/port';

/** A certificate and its private key, in PEM. */
export interface KeyPair {
  key: string;
  cert: string;
}

export interface Certificate extends KeyPair {
  /** PEM file of the certificate to trust, in a private temporary folder. */
  caFile: string;
  /** PEM file of the certificate and of public authorities. */
  bundleFile: string;
  remove: () => Promise<void>;
}

interface IssueOptions {
  readonly names?: readonly string[];
  readonly validUntil?: Date;
  /** Signs the certificate; by default, it signs itself and is an authority. */
  readonly authority?: KeyPair;
}

const day = 86_400_000;

async function issue({
  names = ['localhost', proxiedHost, '*.vault.azure.net'],
  validUntil = new Date(Date.now() + 365 * day),
  authority,
}: IssueOptions = {}): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    notBeforeDate: new Date(validUntil.getTime() - 366 * day),
    notAfterDate: validUntil,
    ...(authority && { ca: authority }),
    extensions: [
      { name: 'basicConstraints', cA: !authority, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: !authority, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(names.includes('localhost') ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
  });
  return { key, cert };
}

/** Creates a self-signed certificate for the loopback address. Each start creates a new one, so no private key is committed or kept. */
export async function makeCertificate(): Promise<Certificate> {
  const { key, cert } = await issue();
  // mkdtemp creates the folder with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), 'azure-emulator-'));
  const caFile = join(folder, 'ca.pem');
  const bundleFile = join(folder, 'bundle.pem');
  await writeFile(caFile, cert);
  await writeFile(bundleFile, [cert, ...rootCertificates].join('\n'));
  const remove = () => rm(folder, { recursive: true, force: true });
  return { key, cert, caFile, bundleFile, remove };
}

/** Certificates that a client has to refuse, although it trusts the authority of the first two. */
export async function makeBadCertificates(authority: KeyPair): Promise<Record<BadCertificate, KeyPair>> {
  const [expired, wrongName, untrusted] = await Promise.all([
    issue({ authority, validUntil: new Date(Date.now() - day) }),
    issue({ authority, names: ['other.example'] }),
    issue(),
  ]);
  return { expired, wrongName, untrusted };
}

export type BadCertificate = 'expired' | 'wrongName' | 'untrusted';
