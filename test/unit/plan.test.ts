import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { azureCli, steps } from '../plan';

describe('the plan of a test run', () => {
  it('run every test file in exactly one step', () => {
    const tests = [...steps, azureCli].flatMap((step) => step.tests ?? []);
    const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => `test/${file}`);
    const stepsOf = (file: string) => tests.filter((test) => file === test || file.startsWith(`${test}/`)).length;
    assert.deepEqual(
      files.filter((file) => stepsOf(file) !== 1),
      [],
    );
    assert.deepEqual(
      tests.filter((test) => !files.some((file) => file === test || file.startsWith(`${test}/`))),
      [],
    );
  });
});
