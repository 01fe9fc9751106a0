import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emulator } from '../azure/connection';

const execute = promisify(execFile);

/** The home folder of az and its settings. */
interface Home {
  readonly folder: string;
  /** What the commands in the emulator's README printed. */
  readonly printed: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Without the settings of the user's own az and the variables with which other programs sign in. */
const cleanEnv = (folder: string): NodeJS.ProcessEnv => {
  const others = Object.entries(process.env).filter(([name]) => !/^(AZURE|ARM|IDENTITY|MSI)_/.test(name));
  return { ...Object.fromEntries(others), HOME: folder, TMPDIR: folder, AZURE_CORE_COLLECT_TELEMETRY: 'no' };
};

/** The indented lines below a heading of the emulator's README, up to the next heading. */
function readmeCommands(heading: string): string {
  const readme = readFileSync(join(__dirname, '../emulator/README.md'), 'utf8');
  const [, after = ''] = readme.split(`${heading}\n`);
  const [section = ''] = after.split(/^#/m);
  return (section.match(/^ {4}.*$/gm) ?? []).join('\n');
}

/** Connects az to the emulator with the commands in the emulator's README. */
async function connectAz(): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'azure-cli-test-'));
  writeFileSync(join(folder, 'emulator.log'), `${JSON.stringify(emulator.info)}\n`);
  const env = cleanEnv(folder);
  const commands = ['## Connect a client', '### Azure CLI'].map(readmeCommands);
  const script = ['set -e', ...commands, 'echo "$AZURE_CONFIG_DIR" > config'].join('\n');
  const { stdout: printed } = await execute('bash', ['-c', script], { cwd: folder, env });
  const config = readFileSync(join(folder, 'config'), 'utf8').trim();
  return {
    folder,
    printed,
    env: { ...env, AZURE_CONFIG_DIR: config, REQUESTS_CA_BUNDLE: emulator.info.ca },
  };
}

interface AzureCli {
  /** Runs a command line in a shell, as a user pastes it. Resolves to what it prints; rejects with its errors. */
  run: (command: string) => Promise<string>;
  /** The same for a command that prints JSON. */
  json: (command: string) => Promise<unknown>;
  readonly home: Home;
}

/** Signs az in to the emulator for a suite, with its own home folder. Available in tests, not before. */
export function signedInAz(): AzureCli {
  let connected: Home | undefined;
  const home = () => {
    if (!connected) throw new Error('az signs in before the first test');
    return connected;
  };
  before(async () => {
    connected = await connectAz();
  });
  after(() => {
    if (connected) rmSync(connected.folder, { recursive: true });
  });
  const run = async (command: string) => {
    const { folder, env } = home();
    return (await execute('sh', ['-c', command], { cwd: folder, env })).stdout;
  };
  return {
    run,
    json: async (command) => JSON.parse(await run(command)) as unknown,
    get home() {
      return home();
    },
  };
}
