import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../vscode-host/chromium';
import { readToasts } from '../vscode-host/driver/toasts';

/** `npm start` listens on this port if it is free. */
const preferredPort = 8640;

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    // If another process listens on the port, it serves the same purpose.
    server.once('error', () => {
      resolve(server);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => {
      resolve(true);
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });
}

interface Start {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly output: string;
  readonly address: URL;
}

/** Resolves when `npm start` has printed where VS Code runs and what to try. */
async function start(scratch: string): Promise<Start> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/start.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: scratch, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ctrl+C')) resolve();
    });
    child.once('close', () => {
      reject(new Error(output));
    });
  });
  return { child, ended, output, address: new URL(/http:\/\/\S+/.exec(output)?.[0] ?? '') };
}

describe('npm start', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'start-test-'));
  let occupant: Server;
  let both: readonly Start[] = [];

  before(async function () {
    this.timeout(120_000);
    occupant = await occupy(preferredPort);
    both = await Promise.all([start(scratch), start(scratch)]);
  });

  after(() => {
    for (const { child } of both) child.kill('SIGKILL');
    occupant.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('prints where VS Code runs, what to try, and that nothing is kept', () => {
    for (const { output, address } of both) {
      assert.notEqual(Number(address.port), preferredPort);
      assert.match(output, /^ {2}1\. .*\n {2}2\. .*\n {2}3\. .*\nCtrl\+C stops .* discards all changes\.$/m);
    }
  });

  it('opens the Azure view, even with two side by side', async () => {
    const browser = await launchChromium();
    try {
      for (const { address } of both) {
        const page = await browser.newPage();
        await page.goto(address.href, { timeout: 60_000 });
        await page.getByRole('treeitem', { name: 'Contoso Production' }).waitFor({ timeout: 60_000 });
        assert.deepEqual(await readToasts(page), []);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });

  it('stops everything it started on Ctrl+C, but not the other one, and leaves no files', async () => {
    for (const { child, ended, address } of both) {
      assert.equal(await refuses(Number(address.port)), false);
      child.kill('SIGINT');
      await ended;
      assert.ok(await refuses(Number(address.port)));
    }
    assert.deepEqual(
      // tsx leaves its cache.
      readdirSync(scratch).filter((name) => !name.startsWith('tsx')),
      [],
    );
  });
});
