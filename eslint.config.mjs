import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sdk = { group: ['@azure/*', '@azure/**'], message: 'Only src/azure may use the Azure SDKs.' };
const host = {
  group: ['vscode', '@microsoft/*'],
  message: 'Only src/ui and src/extension.ts may use VS Code.',
};
const test = { group: ['**/test/**'], message: 'The product knows nothing of its tests.' };

/**
 * One layer of the architecture: the files of a folder and what they may not import.
 * @param {string} files
 * @param {({group: string[], message: string} | {regex: string, message: string})[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
const layer = (files, patterns) => ({
  files: [files],
  rules: { 'no-restricted-imports': ['error', { patterns: [...patterns, test] }] },
});

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
        { selector: 'ImportExpression', message: 'Lazy loading belongs to src/extension.ts and its seams.' },
      ],
    },
  },
  {
    files: ['src/extension.ts'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
      'no-restricted-imports': ['error', { patterns: [sdk, test] }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: "It does not trust the user's certificates." }],
    },
  },
  // tsc knows Node's globals.
  { files: ['**/*.mjs'], rules: { 'no-undef': 'off' } },
  { files: ['*.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  layer('src/core/**/*.ts', [
    { regex: '^(?!\\.\\.?/|@vscode/l10n$)', message: 'core is pure: it knows core and l10n only.' },
    { group: ['**/azure/**', '**/ui/**', '**/extension'], message: 'core depends on nothing.' },
  ]),
  layer('src/azure/**/*.ts', [host, { group: ['**/ui/**', '**/extension'], message: 'azure depends on core only.' }]),
  layer('src/ui/**/*.ts', [
    sdk,
    { group: ['**/azure/**', '**/extension'], message: 'ui talks to core/ports; extension.ts introduces azure.' },
  ]),
  layer('src/ui/{ids,tree/nodes,tree/describe}.ts', [
    sdk,
    host,
    {
      group: [
        '**/azure/**',
        '**/extension',
        '**/services',
        '**/serverKeysTree',
        '**/commands/**',
        '**/wizard/**',
        '**/failures/**',
      ],
      message: 'Read by plain-Node tests too.',
    },
  ]),
);
