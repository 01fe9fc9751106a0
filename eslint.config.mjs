import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The files that may call `import()`, which loads another part of the bundle. */
const lazyLoaders = ['src/extension.ts', 'src/firstUse.ts', 'src/ui/commands/register.ts', 'src/azure/clients.ts'];

/** The file that alone calls these functions of VS Code, so that names from Azure don't become links or icons. */
const places = {
  'src/ui/messages.ts': ['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'setStatusBarMessage'],
  'src/ui/progress.ts': ['withProgress'],
  'src/ui/quickPick.ts': ['showQuickPick', 'showInputBox'],
  'src/ui/livePick.ts': ['createQuickPick'],
  'src/ui/inputBox.ts': ['createInputBox'],
  'src/ui/tree/tooltip.ts': ['MarkdownString'],
  'no file': ['createStatusBarItem', 'createWebviewPanel'],
};

/**
 * @param {string} [file]
 * @returns {import('eslint').Linter.RuleEntry}
 */
const onlyInTheirPlaces = (file) => [
  'error',
  ...Object.entries(places)
    .filter(([place]) => place !== file)
    .flatMap(([place, names]) => names.map((property) => ({ property, message: `Only in ${place}.` }))),
];

export default defineConfig(
  { ignores: ['dist/', 'out/', '**/node_modules/', '.vscode-test/', 'test/vscode-host/spdlog/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ImportExpression', message: `Only these load lazily: ${lazyLoaders.join(', ')}.` },
        { selector: 'ImportSpecifier[imported.name=MarkdownString]', message: 'Only as vscode.MarkdownString.' },
      ],
    },
  },
  {
    files: lazyLoaders,
    rules: {
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/azure/gateway/fetchClient.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Every request goes through src/azure/gateway.' }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-properties': onlyInTheirPlaces() } },
  ...Object.keys(places).map((file) => ({
    files: [file],
    rules: { 'no-restricted-properties': onlyInTheirPlaces(file) },
  })),
  // tsc reports undefined names, and knows Node's globals.
  { files: ['**/*.mjs'], rules: { 'no-undef': 'off' } },
  { files: ['*.config.mjs', '.dependency-cruiser.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);
