import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect, createServer, type Server } from 'node:net';

/** Where `npm start` would like to listen. */
const preferredPort = 8640;

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    // Somebody else may listen there already: that will do as well.
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

describe('npm start', () => {
  it('serves VS Code with the extension even when its port is taken, says what to try, and ends all on Ctrl-C', async () => {
    const occupant = await occupy(preferredPort);
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/start.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let output = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ctrl-C')) resolve();
      });
      child.once('close', () => {
        reject(new Error(output));
      });
    });
    try {
      const address = /http:\/\/\S+/.exec(output)?.[0] ?? '';
      const port = Number(new URL(address).port);
      assert.notEqual(port, preferredPort);
      // The secret in the address becomes a cookie.
      const { headers } = await fetch(address, { redirect: 'manual' });
      const page = await fetch(new URL('/', address), { headers: { cookie: headers.get('set-cookie') ?? '' } });
      assert.match(await page.text(), /workbench/);
      assert.match(output, /^ {2}1\. .*\n {2}2\. .*\n {2}3\. /m);
      child.kill('SIGINT');
      await ended;
      assert.ok(await refuses(port));
    } finally {
      child.kill('SIGKILL');
      occupant.close();
    }
  });
});
