import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The files of a folder whose text contains this, with slashes. */
const filesWith = (text: RegExp, folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.m?ts$/.test(file) && !file.includes('node_modules') && text.test(readFileSync(file, 'utf8')))
    .map((file) => file.replaceAll(sep, '/'));

/** What only these files may use, so that names from Azure don't become links or icons, and no request passes by. */
const places = {
  'src/ui/messages.ts': ['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'setStatusBarMessage'],
  'src/ui/progress.ts': ['withProgress'],
  'src/ui/quickPick.ts': ['showQuickPick', 'showInputBox'],
  'src/ui/livePick.ts': ['createQuickPick'],
  'src/ui/inputBox.ts': ['createInputBox'],
  'src/ui/tree/tooltip.ts': ['new (vscode\\.)?MarkdownString'],
  'src/azure/gateway/fetchClient.ts': ['(?<!\\.)fetch(?=\\()'],
} as const;

describe('the code', () => {
  for (const [file, names] of Object.entries(places)) {
    for (const name of names) {
      it(`uses ${name} only in ${file}`, () => {
        assert.deepEqual(filesWith(new RegExp(`\\b${name}\\b`), 'src'), [file]);
      });
    }
  }

  it('creates no status bar items and no webviews', () => {
    assert.deepEqual(filesWith(/createStatusBarItem|createWebviewPanel/, 'src'), []);
  });

  it('suppresses no finding of the linter or the compiler', () => {
    const suppression = /(ox|es)lint-(disable|enable)|@ts-(ignore|expect-error|nocheck)/;
    assert.deepEqual([...filesWith(suppression, 'src'), ...filesWith(suppression, 'test')], []);
  });
});
