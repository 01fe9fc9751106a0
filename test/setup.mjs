// Prepares this checkout: packages, the VS Code of the tests, Chromium, Azure CLI. It runs before any package is installed, so
// it imports only Node.js.   node test/setup.mjs [--host] [--oldest] [--chromium] [--az]
import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { trimHost } from './vscode-host/trim.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const hostDir = join(root, 'test', 'vscode-host');
const logDir = join(root, 'out', 'setup');
const again = 'then run this again';

/** The message is one sentence that says what to do. */
export class SetupError extends Error {}

/**
 * @param {string} version as in process.versions.node
 */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(`Node ${version} is too old: install Node 20.19 or newer from https://nodejs.org, ${again}.`);
}

/** Whether tests use the VS Code of test/vscode-host. Otherwise @vscode/test-electron downloads desktop VS Code. */
export function usesHost() {
  const named = process.env.VSCODE_EXECUTABLE ?? '';
  return process.platform === 'linux' && process.arch === 'x64' && named === '';
}

/**
 * CHROME_PATH, or else the first Chromium or Chrome on the PATH.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CHROME_PATH ?? '';
  if (named === '') return findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  if (isExecutable(named)) return named;
  throw new SetupError(
    `CHROME_PATH is set to ${named}, which is not an executable file: correct or remove it, ${again}.`,
  );
}

/**
 * Whether node_modules matches the lockfile. npm writes its record of node_modules last, so an interrupted installation has
 * none.
 * @param {string} dir
 */
export function isInstalled(dir) {
  const record = join(dir, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const present = readPackages(record);
  return Object.entries(readPackages(join(dir, 'package-lock.json'))).every(([path, wanted]) => {
    const found = present[path];
    // Skips the root, folders of this checkout, and packages for other platforms.
    if (path === '' || wanted.link === true || !path.includes('node_modules')) return true;
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

/**
 * @param {string} lockfile
 */
function readPackages(lockfile) {
  /** @type {unknown} */
  const content = JSON.parse(readFileSync(lockfile, 'utf8'));
  const lock = /** @type {{packages: Record<string, {version?: string, optional?: boolean, link?: boolean}>}} */ (
    content
  );
  return lock.packages;
}

/**
 * @param {string} dir
 * @param {string} what
 */
async function installPackages(dir, what) {
  if (isInstalled(dir)) return;
  const cli = process.env.npm_execpath ?? '';
  const [command, ...first] = cli.endsWith('npm-cli.js') ? [process.execPath, cli] : [npmOnPath()];
  const args = [...first, 'ci', `--prefix=${dir}`, '--loglevel=error', '--no-audit', '--no-fund'];
  const failure = await runLogged(`Installing ${what}`, command, args);
  if (failure === undefined) return;
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(
    failure.output,
  );
  const reason = offline ? 'the package registry cannot be reached' : 'npm failed';
  const step = offline ? 'check the network and the proxy settings of npm' : 'read it and fix the cause';
  throw new SetupError(
    `Could not install ${what} because ${reason} (its output is in ${failure.log}): ${step}, ${again}.`,
  );
}

/**
 * @param {string} dir
 * @param {string} what
 */
async function installHost(dir, what) {
  await installPackages(dir, what);
  trimHost(dir);
}

function npmOnPath() {
  const npm = findOnPath('npm', 'npm.cmd');
  if (npm !== undefined) return npm;
  throw new SetupError(`npm is missing: install Node from https://nodejs.org, which includes it, ${again}.`);
}

async function installChromium() {
  if (findChromium() !== undefined) return;
  await installDebian({
    need: 'The tests need a browser',
    title: 'Chromium',
    packages: ['chromium', 'fonts-liberation'],
    advice: `install Chromium or Chrome, or set CHROME_PATH to one, ${again}`,
  });
}

async function installAzureCli() {
  if (['az', 'jq'].every((name) => findOnPath(name) !== undefined)) return;
  const page = 'https://learn.microsoft.com/cli/azure/install-azure-cli';
  await installDebian({
    need: 'The tests need az and jq',
    title: 'Azure CLI',
    packages: ['azure-cli', 'jq'],
    advice: `install Azure CLI (${page}) and jq, ${again}`,
  });
}

/**
 * Installs Debian packages, with sudo if the user isn't root.
 * @param {{need: string, title: string, packages: string[], advice: string}} wanted
 */
async function installDebian({ need, title, packages, advice }) {
  const apt = findOnPath('apt-get');
  if (apt === undefined) throw new SetupError(`${need}: ${advice}.`);
  const sudo = process.getuid?.() === 0 ? undefined : findOnPath('sudo');
  const [command, ...first] = sudo === undefined ? [apt] : [sudo, apt];
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const failure =
    (await runLogged('Updating the list of Debian packages', command, [...first, 'update'])) ??
    (await runLogged(`Installing ${title}`, command, [...first, ...install]));
  if (failure === undefined) return;
  throw new SetupError(`${need}, and apt-get failed (its output is in ${failure.log}): ${advice}.`);
}

/**
 * Runs a long command. Prints when it starts and how long it took, and writes its output to a log.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{output: string, log: string} | undefined>} undefined if it succeeds
 */
async function runLogged(title, command, args) {
  mkdirSync(logDir, { recursive: true });
  const log = join(logDir, `${title.toLowerCase().replaceAll(' ', '-')}.log`);
  const file = openSync(log, 'w');
  const start = Date.now();
  process.stdout.write(`${title}…\n`);
  const child = spawn(command, args, {
    stdio: ['inherit', file, file],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: command.endsWith('.cmd'),
  });
  /** @type {number | Error | null} */
  const end = await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  closeSync(file);
  if (end === 0) {
    process.stdout.write(`${title}: ${Math.round((Date.now() - start) / 1000)} s\n`);
    return undefined;
  }
  const reason = end instanceof Error ? end.message : '';
  return { output: `${readFileSync(log, 'utf8')}${reason}`, log: relative(process.cwd(), log) };
}

/**
 * @param {string[]} names
 */
function findOnPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/**
 * @param {string} path
 */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string[]} args
 */
async function main(args) {
  try {
    checkNode(process.versions.node);
    const steps = [installPackages(root, 'packages')];
    if (args.includes('--host') && usesHost()) steps.push(installHost(hostDir, 'VS Code'));
    if (args.includes('--oldest') && usesHost()) steps.push(installHost(join(hostDir, 'oldest'), 'the oldest VS Code'));
    if (args.includes('--chromium') && usesHost()) steps.push(installChromium());
    if (args.includes('--az')) steps.push(installAzureCli());
    // Waits for all, so that no installation runs on after a message about another.
    await Promise.allSettled(steps);
    await Promise.all(steps);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main(process.argv.slice(2));
