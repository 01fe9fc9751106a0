import assert from 'node:assert/strict';
import { ESLint } from 'eslint';

const eslint = new ESLint({
  // ESLint can't look up the types of a file that doesn't exist, and these rules need none.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
});

/** Lints code as if it were the content of a file of src/, and returns the rules that refuse it. */
async function refusals(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const calling = (file: string, name: string) => [file, `export const a = vscode.window.${name}();`] as const;

const allowed: readonly (readonly [file: string, code: string])[] = [
  calling('src/ui/messages.ts', 'showErrorMessage'),
  calling('src/ui/progress.ts', 'withProgress'),
  calling('src/ui/quickPick.ts', 'showQuickPick'),
  calling('src/ui/quickPick.ts', 'showInputBox'),
  ['src/ui/tree/tooltip.ts', "export const a = new vscode.MarkdownString('a');"],
];

const forbidden: readonly (readonly [file: string, code: string])[] = [
  ['src/core/planted.ts', 'export default 1;'],
  ['src/extension.ts', 'export default 1;'],
  ['src/ui/planted.ts', "export const a = () => import('../core/clouds');"],
  ['src/core/planted.ts', "export const a = fetch('https://example.org');"],
  ...['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'setStatusBarMessage'].flatMap((name) =>
    ['src/ui/planted.ts', 'src/ui/progress.ts', 'src/ui/quickPick.ts'].map((file) => calling(file, name)),
  ),
  ...['withProgress'].flatMap((name) => ['src/ui/planted.ts', 'src/ui/messages.ts'].map((file) => calling(file, name))),
  ...['showQuickPick', 'createQuickPick', 'showInputBox', 'createInputBox'].flatMap((name) =>
    ['src/ui/planted.ts', 'src/ui/messages.ts'].map((file) => calling(file, name)),
  ),
  ...['createStatusBarItem', 'createQuickPick', 'createWebviewPanel'].map((name) =>
    calling('src/ui/quickPick.ts', name),
  ),
  ['src/ui/planted.ts', 'export const { showErrorMessage } = window;'],
  ['src/ui/planted.ts', "import { MarkdownString } from 'vscode';"],
  ['src/ui/planted.ts', "export const a = new vscode.MarkdownString('a');"],
];

describe('ESLint', () => {
  for (const [file, code] of allowed) {
    it(`accepts in ${file}: ${code}`, async () => {
      assert.deepEqual(await refusals(file, code), []);
    });
  }

  for (const [file, code] of forbidden) {
    it(`refuses in ${file}: ${code.split(';')[0] ?? ''}`, async () => {
      assert.equal((await refusals(file, code)).length, 1);
    });
  }
});
