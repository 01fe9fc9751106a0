import { existsSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { makeCertificate, type Certificate } from './certificate';
import { finishOperations } from './arm/operations';
import { closePorts, createEmulator, type Emulator } from './base/emulator';
import { findPrincipal } from './base/find';
import { serveIdentity } from './directory/identityEndpoint';
import { testOptions, type EmulatorOptions } from './base/options';
import { offerPorts } from './ports';
import { loadSeed, readState } from './seeds/loadSeed';
import { buildServer } from './server';
import type { State } from './base/state';

export interface StartOptions extends Partial<EmulatorOptions> {
  /** 0 for any free port. */
  port?: number;
  /** demo, large, a JSON file, or a state. */
  seed?: string | State;
  /** Loaded if it exists; written after each change. */
  stateFile?: string;
}

/** The data that clients need to connect. The command prints it as one line of JSON. */
export interface EmulatorInfo {
  arm: string;
  /** PEM file of the certificate to trust. */
  ca: string;
  identity: { endpoint: string; header: string };
  adfs: { authority: string; clientId: string; clientSecret: string };
  /** Environment variables that make @azure/identity sign in a process, and the process trust the certificate. */
  environment: {
    IDENTITY_ENDPOINT: string;
    IDENTITY_HEADER: string;
    NODE_EXTRA_CA_CERTS: string;
    /** Replaces the certificates of the system, which `fetch` trusts in VS Code. */
    SSL_CERT_FILE: string;
  };
  /** VS Code settings that make the emulator a private Azure cloud. */
  settings: Record<string, unknown>;
}

export interface RunningEmulator {
  info: EmulatorInfo;
  emulator: Emulator;
  close: () => Promise<void>;
}

const cloudSettings = (arm: string): Record<string, unknown> => ({
  'microsoft-sovereign-cloud.environment': 'custom',
  'microsoft-sovereign-cloud.customEnvironment': {
    name: 'AzureEmulator',
    // The emulator has no portal. The domain "example" can't exist.
    portalUrl: 'https://portal.emulator.example',
    managementEndpointUrl: arm,
    resourceManagerEndpointUrl: arm,
    activeDirectoryEndpointUrl: arm,
    activeDirectoryResourceId: arm,
    keyVaultDnsSuffix: 'vault.azure.net',
    managedHsmDnsSuffix: 'managedhsm.azure.net',
    sqlServerHostnameSuffix: 'database.windows.net',
  },
});

function infoOf(
  emulator: Emulator,
  { caFile: ca, bundleFile }: Certificate,
  identity: { endpoint: string; header: string },
): EmulatorInfo {
  const { armUrl: arm, state } = emulator;
  const application = findPrincipal(state, state.caller);
  const { endpoint, header } = identity;
  return {
    arm,
    ca,
    identity: { endpoint, header },
    adfs: { authority: `${arm}/adfs`, clientId: application?.appId ?? '', clientSecret: application?.secret ?? '' },
    environment: {
      IDENTITY_ENDPOINT: endpoint,
      IDENTITY_HEADER: header,
      NODE_EXTRA_CA_CERTS: ca,
      SSL_CERT_FILE: bundleFile,
    },
    settings: cloudSettings(arm),
  };
}

/** Loads the state from the file if there is one, and saves it at once, because a file that can't be written prevents the start. */
function keepStateIn(file: string, emulator: Emulator): void {
  if (existsSync(file)) emulator.state = readState(file);
  emulator.saveState = () => {
    // The rename is atomic, so no reader sees a partial file.
    writeFileSync(`${file}.new`, JSON.stringify(emulator.state));
    renameSync(`${file}.new`, file);
  };
  emulator.saveState();
}

async function listen(server: ReturnType<typeof buildServer>, port: number): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    try {
      await server.listen({ port: candidate, host: '127.0.0.1' });
      return (server.server.address() as AddressInfo).port;
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!busy || candidate - port >= 100) throw error;
      process.stderr.write(`Port ${candidate} is busy, trying ${candidate + 1}\n`);
    }
  }
}

/** Starts an emulator in this process. It listens when the promise resolves. */
export async function startEmulator(start: StartOptions = {}): Promise<RunningEmulator> {
  const { port = 0, seed = 'demo', stateFile, ...options } = start;
  const emulator = createEmulator(loadSeed(seed), { ...testOptions, ...options });
  if (stateFile !== undefined) keepStateIn(stateFile, emulator);
  const certificate = await makeCertificate();
  const server = buildServer(emulator, certificate);
  offerPorts(emulator, server.server, certificate);
  const identity = await serveIdentity(emulator);
  const close = async () => {
    if (stateFile !== undefined) finishOperations(emulator, Infinity);
    emulator.saveState();
    closePorts(emulator);
    await Promise.all([server.close(), identity.close(), certificate.remove()]);
  };
  try {
    emulator.armUrl = `https://localhost:${await listen(server, port)}`;
  } catch (error) {
    await close();
    throw error;
  }
  return { info: infoOf(emulator, certificate, identity), emulator, close };
}
