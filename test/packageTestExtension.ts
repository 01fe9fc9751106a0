import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(__dirname, '..');

/**
 * Bundles `extension.ts` of a folder, packages it with the folder's package.json, and returns the .vsix. The file is
 * replaced in one step, because test runs side by side package the same extension.
 */
export async function packageTestExtension(source: string): Promise<string> {
  const out = join(root, 'out');
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, 'package-'));
  await build({
    entryPoints: [join(source, 'extension.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  copyFileSync(join(source, 'package.json'), join(folder, 'package.json'));
  await pack(folder, join(folder, 'packed.vsix'));
  const vsix = join(out, `${basename(source)}.vsix`);
  renameSync(join(folder, 'packed.vsix'), vsix);
  rmSync(folder, { recursive: true });
  return vsix;
}

/** Packages the extension of a folder. */
export async function pack(folder: string, vsix: string): Promise<void> {
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await runNode({ cwd: folder }, join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...options, `--out=${vsix}`);
}

/** Runs a script and shows only its standard error. */
export async function runNode({ cwd }: { readonly cwd: string }, script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((end) => child.once('close', end));
  if (code !== 0) throw new Error(`The extension in ${cwd} could not be packaged: see the lines above.`);
}
