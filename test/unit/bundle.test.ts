import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

interface Metafile {
  readonly production: boolean;
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

const inputsOf = (bundle: string): string[] => {
  const { outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
  return Object.keys(outputs[`dist/${bundle}.js`]?.inputs ?? {});
};

const kib = (bundle: string): number => statSync(`dist/${bundle}.js`).size / 1024;

describe('bundles', () => {
  before(() => {
    const { production } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
    assert.ok(production, 'dist/ holds development bundles: run npm run package');
  });

  it('keep activation small: the entry has no SDK, no azext-utils and at most 80 KiB', () => {
    const inputs = inputsOf('extension');
    assert.ok(inputs.includes('src/extension.ts'));
    assert.deepEqual(
      inputs.filter((file) => /node_modules\/(@azure|@microsoft)/.test(file)),
      [],
    );
    assert.ok(kib('extension') <= 80, `${kib('extension')} KiB`);
  });

  it('keep the SDKs out of the commands, and azext-utils in one bundle only', () => {
    const has = (bundle: string, pattern: RegExp) => inputsOf(bundle).some((file) => pattern.test(file));
    assert.ok(has('commands', /vscode-azext-utils/));
    assert.ok(!has('commands', /node_modules\/@azure\/(arm|identity)/));
    assert.ok(!has('azure', /vscode-azext-utils/));
    assert.ok(kib('commands') <= 300, `${kib('commands')} KiB`);
    assert.ok(!has('signIn', /vscode-azext-utils|node_modules\/@azure\/(arm|identity|core)/));
    assert.ok(kib('signIn') <= 20, `${kib('signIn')} KiB`);
    assert.ok(kib('azure') <= 650, `${kib('azure')} KiB`);
  });

  it('contain no telemetry', () => {
    for (const bundle of ['extension', 'commands', 'signIn', 'azure']) {
      assert.deepEqual(
        inputsOf(bundle).filter((file) => /applicationinsights|1ds-|tas-client/.test(file)),
        [],
      );
    }
  });

  it('keep the class names by which the wizard knows that Back was pressed', () => {
    assert.match(readFileSync('dist/commands.js', 'utf8'), /"GoBackError"/);
  });

  it('load in plain Node where they need no VS Code', () => {
    execFileSync(process.execPath, [
      '-e',
      'if (typeof require("./dist/azure.js").connect !== "function") process.exit(1)',
    ]);
  });
});
