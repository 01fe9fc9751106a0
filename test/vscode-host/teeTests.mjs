// Replaces extensionTestsPath in the extension host. It copies the output of the tests to a file, because no output leaves the
// extension host otherwise, and runs the real tests. The launcher prints the file.
import { openSync, writeSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import process from 'node:process';
import { format } from 'node:util';

const file = openSync(process.env.VSCODE_HOST_TEE ?? '', 'a');
const tests = process.env.VSCODE_HOST_TESTS ?? '';

/**
 * Writes one line of JSON, so that both streams share a file.
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

// The setters of the extension host's console do nothing, so the whole object is replaced.
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

/** VS Code calls this. The run fails if the promise is rejected. */
export async function run() {
  await load(tests).run();
}
