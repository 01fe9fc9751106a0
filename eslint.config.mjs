import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The files that may call `import()`, which loads another part of the bundle. */
const lazyLoaders = ['src/extension.ts', 'src/firstUse.ts', 'src/ui/commands/register.ts', 'src/azure/clients.ts'];

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
  // tsc reports undefined names, and knows Node's globals.
  { files: ['**/*.mjs'], rules: { 'no-undef': 'off' } },
  { files: ['*.config.mjs', '.dependency-cruiser.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);
