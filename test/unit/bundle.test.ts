import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundleFile, kibOf, loadedBy, loadedLater, readBundles, type Bundles } from '../bundles';

describe('bundles', () => {
  let bundles: Bundles;
  const inputsOf = (outputs: readonly string[]): string[] =>
    outputs.flatMap((output) => Object.keys(bundles.outputs[output]?.inputs ?? {}));

  before(() => {
    bundles = readBundles();
    assert.ok(bundles.production && 'dist/extension.mjs' in bundles.outputs, 'dist/ is stale: run npm run package');
  });

  function hasBudget(outputs: readonly string[], budget: number): void {
    const kib = kibOf(bundles, outputs);
    assert.ok(kib <= budget, `${kib.toFixed(1)} KiB instead of ${budget}: ${outputs.join(', ')}`);
  }

  it('keep activation small: no SDK, no azext-utils, no words for failures, and at most 30 KiB', () => {
    const activation = loadedBy(bundles, 'extension');
    const inputs = inputsOf(activation);
    assert.ok(inputs.includes('src/extension.ts'));
    assert.deepEqual(
      inputs.filter((file) => /node_modules\/(@azure|@microsoft)|src\/core\/errors/.test(file)),
      [],
    );
    hasBudget(activation, 30);
  });

  it('keep the SDKs out of the commands and azext-utils out of the rest', () => {
    const has = (outputs: readonly string[], pattern: RegExp) => inputsOf(outputs).some((file) => pattern.test(file));
    const [commands, signIn, azure] = (['commands', 'signIn', 'azure'] as const).map((entry) =>
      loadedLater(bundles, entry),
    ) as [string[], string[], string[]];
    assert.ok(has(commands, /vscode-azext-utils/));
    assert.ok(!has(commands, /node_modules\/@azure\/(arm|identity)/));
    assert.ok(!has(azure, /vscode-azext-utils/));
    assert.ok(!has(signIn, /vscode-azext-utils|node_modules\/@azure\/(arm|identity|core)/));
    hasBudget(commands, 300);
    hasBudget(signIn, 20);
    hasBudget(azure, 650);
  });

  it('hold every module once', () => {
    const inputs = inputsOf(Object.keys(bundles.outputs));
    assert.deepEqual(
      inputs.filter((file, index) => inputs.indexOf(file) !== index),
      [],
    );
  });

  it('contain no telemetry', () => {
    assert.deepEqual(
      inputsOf(Object.keys(bundles.outputs)).filter((file) => /applicationinsights|1ds-|tas-client\//.test(file)),
      [],
    );
  });

  it('keep the class names that tell the wizard that the user pressed Back', () => {
    assert.match(readFileSync(bundleFile('commands'), 'utf8'), /"GoBackError"/);
  });

  it('load in plain Node where they need no VS Code', () => {
    const url = JSON.stringify(pathToFileURL(bundleFile('azure')));
    const script = `if (typeof (await import(${url})).connect !== 'function') process.exit(1)`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script]);
  });
});
