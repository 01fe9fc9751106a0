import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack, runNode } from './packageTestExtension';

/** The contents of the package, apart from the bundles and package.json. */
const parts = ['.vscodeignore', 'package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media', 'l10n'];

/** Builds and packages the extension in a new folder, without changing anything else, and returns the .vsix. */
export async function packageApart(folder: string): Promise<string> {
  mkdirSync(folder);
  for (const part of parts) cpSync(part, join(folder, part), { recursive: true });
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  // The vscode:prepublish script would build in the checkout.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, scripts: {} }));
  await runNode({ cwd: '.' }, 'esbuild.mjs', '--production', `--outdir=${join(folder, 'dist')}`);
  const vsix = join(folder, 'extension.vsix');
  await pack(folder, vsix);
  return vsix;
}
