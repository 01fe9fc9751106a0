import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(__dirname, '../..');
const folder = join(root, 'out/signInExtension');

/** Bundles and packs the extension, and returns the .vsix. */
export async function packageSignInExtension(): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(__dirname, 'extension.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  copyFileSync(join(__dirname, 'package.json'), join(folder, 'package.json'));
  const vsix = join(folder, 'sign-in.vsix');
  await pack(vsix);
  return vsix;
}

async function pack(vsix: string): Promise<void> {
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', `--out=${vsix}`];
  const child = spawn(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((end) => child.once('close', end));
  if (code !== 0) throw new Error('The sign-in extension could not be packaged: see the lines above.');
}
