import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundleFile, kibOf, loadedBy, loadedLater, readBundles, type Bundles } from '../bundles';
import { vsix } from '../vscode';

describe('bundles', () => {
  let bundles: Bundles;
  const inputsOf = (outputs: readonly string[]): string[] =>
    outputs.flatMap((output) => Object.keys(bundles.outputs[output]?.inputs ?? {}));
  const matching = (outputs: readonly string[], pattern: RegExp): string[] =>
    inputsOf(outputs).filter((file) => pattern.test(file));

  before(() => {
    bundles = readBundles();
    assert.ok(bundles.production && 'dist/extension.mjs' in bundles.outputs, 'dist/ is stale: run npm run package');
  });

  function hasBudget(outputs: readonly string[], budget: number): void {
    const kib = kibOf(bundles, outputs);
    assert.ok(kib <= budget, `${kib.toFixed(1)} KiB, more than ${budget}: ${outputs.join(', ')}`);
  }

  it('make activation load only what registers the view and the commands', () => {
    const activation = loadedBy(bundles, 'extension');
    assert.deepEqual(
      inputsOf(activation).filter((file) => file.startsWith('src/') || file.includes('node_modules')),
      ['src/ui/ids.ts', 'src/extension.ts'],
    );
    hasBudget(activation, 6.2);
  });

  it('load neither an SDK nor azext-utils nor the texts about failures with the first use', () => {
    const firstUse = loadedBy(bundles, 'firstUse');
    assert.deepEqual(
      matching(firstUse, /node_modules\/(@azure|@microsoft)|src\/core\/errors\/(rows|errorCatalogue|diagnose)/),
      [],
    );
    hasBudget(firstUse, 45);
  });

  it('make activation load few files, because each takes time', () => {
    const activation = loadedBy(bundles, 'extension');
    assert.ok(activation.length <= 3, activation.join(', '));
  });

  it('load no SDK, no wizard, no checks, and no texts about failures with the first command', () => {
    const commands = loadedLater(bundles, 'commands');
    assert.notDeepEqual(matching(commands, /vscode-azext-utils/), []);
    assert.deepEqual(
      matching(
        commands,
        /node_modules\/@azure|src\/core\/(pastedErrors|checks|errors\/(rows|diagnose))|src\/ui\/wizard\/createServerKeyPrompts/,
      ),
      [],
    );
    hasBudget(commands, 56.5);
  });

  it('load neither an SDK nor azext-utils with the first sign-in through VS Code', () => {
    const signIn = loadedLater(bundles, 'signIn');
    assert.deepEqual(matching(signIn, /vscode-azext-utils|@azure\/(arm|identity|core)/), []);
    hasBudget(signIn, 20);
  });

  it("load neither azext-utils nor the code for the machine's credentials with the first read of Azure", () => {
    const azure = loadedLater(bundles, 'azure');
    assert.deepEqual(matching(azure, /vscode-azext-utils|@azure\/(identity|msal)/), []);
    hasBudget(azure, 330);
  });

  it('fit into a VSIX of at most 472 KiB', () => {
    const kib = statSync(vsix).size / 1024;
    assert.ok(kib <= 472, `${kib.toFixed(1)} KiB`);
  });

  it('come with the name, version and license text of every package in them', () => {
    const notices = readFileSync('dist/ThirdPartyNotices.txt', 'utf8').replace(/\s+/g, ' ');
    const folders = new Set(
      inputsOf(Object.keys(bundles.outputs)).flatMap(
        (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
      ),
    );
    assert.ok(folders.size > 30);
    for (const folder of folders) {
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string>;
      assert.ok(notices.includes(`${name ?? ''} ${version ?? ''} (`), folder);
      const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
      for (const file of files) {
        const text = readFileSync(`${folder}/${file}`, 'utf8').replace(/\s+/g, ' ').trim();
        assert.ok(notices.includes(text), `${folder}/${file}`);
      }
    }
    assert.match(notices, /@vscode\/l10n [\d.]+ \(MIT\)/);
    assert.ok(readFileSync(vsix).includes('extension/dist/ThirdPartyNotices.txt'));
  });

  it('contain every module once', () => {
    const inputs = inputsOf(Object.keys(bundles.outputs));
    assert.deepEqual(
      inputs.filter((file, index) => inputs.indexOf(file) !== index),
      [],
    );
  });

  it('contain no telemetry', () => {
    assert.deepEqual(matching(Object.keys(bundles.outputs), /applicationinsights|1ds-|tas-client\//), []);
  });

  it('keep the class names that tell the wizard that the user pressed Back', () => {
    const commands = loadedLater(bundles, 'commands').map((output) => readFileSync(output, 'utf8'));
    assert.match(commands.join('\n'), /"GoBackError"/);
  });

  it('load in plain Node if they do not need VS Code', () => {
    const url = JSON.stringify(pathToFileURL(bundleFile('azure')));
    const script = `if (typeof (await import(${url})).connect !== 'function') process.exit(1)`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script]);
  });
});
