// Takes the place of extensionTestsPath in the extension host: copies what the tests print to a file that the launcher
// follows (nothing else leaves the extension host), then runs the real ones.
import { openSync, writeSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import process from 'node:process';
import { format } from 'node:util';

const file = openSync(process.env.VSCODE_HOST_TEE ?? '', 'a');
const tests = process.env.VSCODE_HOST_TESTS ?? '';

/**
 * One JSON line a piece, so that two streams share one file.
 * @param {'stdout' | 'stderr'} stream
 * @param {string} text
 */
function forward(stream, text) {
  writeSync(file, `${JSON.stringify({ stream, text })}\n`);
}

/** @type {(stream: 'stdout' | 'stderr') => (...args: unknown[]) => void} */
const printTo =
  (stream) =>
  (...args) => {
    forward(stream, `${format(...args)}\n`);
  };

// The extension host's console has accessors whose setters do nothing: only the whole object can be replaced.
/** @type {PropertyDescriptorMap} */
const methods = {};
for (const name of ['log', 'info', 'debug', 'trace']) methods[name] = { value: printTo('stdout'), writable: true };
for (const name of ['warn', 'error']) methods[name] = { value: printTo('stderr'), writable: true };
Object.defineProperty(globalThis, 'console', {
  value: Object.create(globalThis.console, methods),
  writable: true,
  configurable: true,
});

/** @type {(stream: 'stdout' | 'stderr') => (chunk: string | Uint8Array) => boolean} */
const writeTo = (stream) => (chunk) => {
  forward(stream, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
  return true;
};
process.stdout.write = writeTo('stdout');
process.stderr.write = writeTo('stderr');

/** @type {(file: string) => {run: () => unknown}} */
const load = createRequire(import.meta.url);

/** VS Code awaits this; a rejection is the run's failure. */
export async function run() {
  await load(tests).run();
}
