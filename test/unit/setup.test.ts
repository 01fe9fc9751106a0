import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, isInstalled, SetupError } from '../setup.mjs';

/** Creates a checkout with the real script and one package, which is not installed. */
function makeCheckout(): string {
  const checkout = mkdtempSync(join(tmpdir(), 'setup-test-'));
  const test = join(__dirname, '..');
  mkdirSync(join(checkout, 'test', 'vscode-host'), { recursive: true });
  mkdirSync(join(checkout, 'bin'));
  for (const file of ['setup.mjs', 'vscode-host/trim.mjs']) cpSync(join(test, file), join(checkout, 'test', file));
  const manifest = { name: 'checkout', version: '1.0.0', dependencies: { semver: '7.7.2' } };
  const lock = {
    ...manifest,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, 'node_modules/semver': { version: '7.7.2' } },
  };
  writeFileSync(join(checkout, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify(lock));
  return checkout;
}

function markInstalled(checkout: string, version: string): void {
  mkdirSync(join(checkout, 'node_modules'));
  const record = { packages: { 'node_modules/semver': { version } } };
  writeFileSync(join(checkout, 'node_modules', '.package-lock.json'), JSON.stringify(record));
}

function putCommand(checkout: string, name: string, script: string): void {
  const file = join(checkout, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Runs the script with only the checkout's own commands on the PATH. */
function setUp(checkout: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'test', 'setup.mjs'), ...args], {
    cwd: checkout,
    encoding: 'utf8',
    env: { PATH: join(checkout, 'bin'), HOME: checkout, ...env },
  });
  return { status, stdout, stderr: stderr.trim() };
}

describe('Setting up a checkout', () => {
  let checkout: string;
  beforeEach(() => {
    checkout = makeCheckout();
  });
  afterEach(() => {
    rmSync(checkout, { recursive: true });
  });

  it('accepts Node 20.19 and newer', () => {
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '100.1.0']) checkNode(version);
    for (const version of ['20.18.3', '18.20.8', '9.0.0'])
      assert.throws(() => {
        checkNode(version);
      }, SetupError);
  });

  it('says in one sentence that Node is too old', () => {
    const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.8'})";
    const { status, stdout, stderr } = setUp(checkout, [], { NODE_OPTIONS: `--import=${old}` });
    assert.equal(
      stderr,
      'Node 18.20.8 is too old: install Node 20.19 or newer from https://nodejs.org, then run this again.',
    );
    assert.deepEqual([status, stdout], [1, '']);
  });

  it('says in one sentence that npm is missing', () => {
    const { status, stderr } = setUp(checkout);
    assert.equal(
      stderr,
      'npm is missing: install Node from https://nodejs.org, which includes it, then run this again.',
    );
    assert.equal(status, 1);
  });

  it('says in one sentence that the registry cannot be reached, and keeps the output of npm', () => {
    const npm = join(process.execPath, '..', 'npm');
    putCommand(checkout, 'npm', `exec "${process.execPath}" "$(/usr/bin/readlink -f "${npm}")" "$@"`);
    const { status, stdout, stderr } = setUp(checkout, [], {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    });
    assert.equal(
      stderr,
      'Could not install packages because the package registry cannot be reached (its output is in ' +
        'out/setup/installing-packages.log): check the network and the proxy settings of npm, then run this again.',
    );
    assert.deepEqual([status, stdout], [1, 'Installing packages…\n']);
    assert.match(readFileSync(join(checkout, 'out/setup/installing-packages.log'), 'utf8'), /ECONNREFUSED/);
  });

  it('installs once, and again when the lockfile has changed', () => {
    putCommand(checkout, 'npm', 'echo "$@"');
    const { status, stdout } = setUp(checkout);
    assert.equal(status, 0);
    assert.match(stdout, /^Installing packages…\nInstalling packages: \d+ s\n$/);
    markInstalled(checkout, '7.7.2');
    assert.deepEqual(setUp(checkout), { status: 0, stdout: '', stderr: '' });
    rmSync(join(checkout, 'node_modules'), { recursive: true });
    markInstalled(checkout, '7.7.1');
    assert.equal(isInstalled(checkout), false);
  });

  it('says in one sentence that apt-get failed to install Chromium', () => {
    markInstalled(checkout, '7.7.2');
    putCommand(checkout, 'sudo', 'exec "$@"');
    putCommand(checkout, 'apt-get', 'echo "Permission denied" >&2; exit 100');
    const { status, stderr } = setUp(checkout, ['--chromium']);
    assert.equal(
      stderr,
      'The tests need a browser, and apt-get failed (its output is in ' +
        'out/setup/updating-the-list-of-debian-packages.log): install Chromium or Chrome, or set CHROME_PATH to one, ' +
        'then run this again.',
    );
    assert.equal(status, 1);
  });

  it('says in one sentence that it cannot install a browser on this system', () => {
    markInstalled(checkout, '7.7.2');
    const { stderr } = setUp(checkout, ['--chromium']);
    assert.match(stderr, /^The tests need a browser: install Chromium or Chrome, .* then run this again\.$/);
    const wrong = setUp(checkout, ['--chromium'], { CHROME_PATH: '/no/chrome' });
    assert.match(
      wrong.stderr,
      /^CHROME_PATH is set to \/no\/chrome, which is not an executable file: .* then run this again\.$/,
    );
  });

  it('says in one sentence that it cannot install Azure CLI on this system', () => {
    markInstalled(checkout, '7.7.2');
    const { status, stderr } = setUp(checkout, ['--az']);
    assert.equal(
      stderr,
      'The tests need az and jq: install Azure CLI (https://learn.microsoft.com/cli/azure/install-azure-cli) and jq, ' +
        'then run this again.',
    );
    assert.equal(status, 1);
  });

  it('installs Azure CLI with apt-get, and uses an installed one', () => {
    markInstalled(checkout, '7.7.2');
    putCommand(checkout, 'sudo', 'exec "$@"');
    putCommand(checkout, 'apt-get', 'echo "$@"');
    assert.equal(setUp(checkout, ['--az']).status, 0);
    const log = readFileSync(join(checkout, 'out/setup/installing-azure-cli.log'), 'utf8');
    assert.equal(log, 'install -y --no-install-recommends azure-cli jq\n');
    for (const name of ['az', 'jq']) putCommand(checkout, name, 'exit 0');
    assert.deepEqual(setUp(checkout, ['--az']), { status: 0, stdout: '', stderr: '' });
  });

  it('uses an installed Chromium', () => {
    markInstalled(checkout, '7.7.2');
    putCommand(checkout, 'google-chrome', 'exit 0');
    assert.deepEqual(setUp(checkout, ['--chromium']), { status: 0, stdout: '', stderr: '' });
  });
});
