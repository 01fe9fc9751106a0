import assert from 'node:assert/strict';
import { ESLint } from 'eslint';

/** Lints a line as if it stood in a file of src/ and returns the rules that refuse it. */
async function refusals(filePath: string, code: string): Promise<(string | null)[]> {
  const eslint = new ESLint({
    // The types of a file that is not there can't be asked for; the layer rules need none.
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
  });
  const [result] = await eslint.lintText(code, { filePath });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const forbidden: readonly (readonly [file: string, code: string])[] = [
  ['src/core/planted.ts', "import * as vscode from 'vscode'; export const a = vscode;"],
  ['src/core/planted.ts', "import type { TokenCredential } from '@azure/core-auth'; export type A = TokenCredential;"],
  ['src/core/planted.ts', "import { viewId } from '../ui/ids'; export const a = viewId;"],
  ['src/core/errors/planted.ts', "import { connect } from '../../azure/connect'; export const a = connect;"],
  ['src/azure/planted.ts', "import * as vscode from 'vscode'; export const a = vscode;"],
  ['src/azure/planted.ts', "import { viewId } from '../ui/ids'; export const a = viewId;"],
  ['src/ui/planted.ts', "import { SqlManagementClient } from '@azure/arm-sql'; export const a = SqlManagementClient;"],
  ['src/ui/commands/planted.ts', "import { connect } from '../../azure/connect'; export const a = connect;"],
  ['src/ui/tree/nodes.ts', "import * as vscode from 'vscode'; export const a = vscode;"],
  ['src/ui/ids.ts', "import * as vscode from 'vscode'; export const a = vscode;"],
  [
    'src/azure/planted.ts',
    "import { spawnEmulator } from '../../test/emulator/emulatorProcess'; export const a = spawnEmulator;",
  ],
  ['src/ui/planted.ts', "export const a = () => import('../azure/connect');"],
  ['src/core/planted.ts', 'export default 1;'],
  ['src/extension.ts', 'export default 1;'],
  ['src/core/planted.ts', "import { readFileSync } from 'node:fs'; export const a = readFileSync;"],
  ['src/core/planted.ts', "import pMap from 'p-map'; export const a = pMap;"],
  ['src/core/planted.ts', "import { activate } from '../extension'; export const a = activate;"],
  ['src/core/planted.ts', "export const a = fetch('https://example.org');"],
  ['src/ui/planted.ts', "import { activate } from '../extension'; export const a = activate;"],
  ['src/ui/tree/nodes.ts', "import type { Services } from '../services'; export type A = Services;"],
  ['src/extension.ts', "import { SqlManagementClient } from '@azure/arm-sql'; export const a = SqlManagementClient;"],
];

describe('layers', () => {
  for (const [file, code] of forbidden) {
    it(`refuse in ${file}: ${code.split(';')[0] ?? ''}`, async () => {
      assert.equal((await refusals(file, code)).length, 1);
    });
  }

  it('allow core to know core and l10n', async () => {
    const code =
      "import * as l10n from '@vscode/l10n'; import { serverKeyName } from '../serverKeyName'; export const a = [l10n, serverKeyName];";
    assert.deepEqual(await refusals('src/core/errors/planted.ts', code), []);
  });

  it('allow ui to know core', async () => {
    assert.deepEqual(
      await refusals(
        'src/ui/planted.ts',
        "import { serverKeyName } from '../core/serverKeyName'; export const a = serverKeyName;",
      ),
      [],
    );
  });
});
