import assert from 'node:assert/strict';
import { ESLint } from 'eslint';

/** Lints code as if it were the content of a file of src/, and returns the rules that refuse it. */
async function refusals(filePath: string, code: string): Promise<(string | null)[]> {
  const eslint = new ESLint({
    // ESLint can't look up the types of a file that doesn't exist, and these rules need none.
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
  });
  const [result] = await eslint.lintText(code, { filePath });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const forbidden: readonly (readonly [file: string, code: string])[] = [
  ['src/core/planted.ts', 'export default 1;'],
  ['src/extension.ts', 'export default 1;'],
  ['src/ui/planted.ts', "export const a = () => import('../core/clouds');"],
  ['src/core/planted.ts', "export const a = fetch('https://example.org');"],
];

describe('ESLint', () => {
  for (const [file, code] of forbidden) {
    it(`refuses in ${file}: ${code.split(';')[0] ?? ''}`, async () => {
      assert.equal((await refusals(file, code)).length, 1);
    });
  }
});
