import assert from 'node:assert/strict';
import { countTests, failureText, notRunLines, runStep, runSteps } from '../testRun';

describe('the totals of a test run', () => {
  it('add up the numbers that mocha prints', () => {
    assert.deepEqual(countTests('\n  12 passing (3s)\n  1 failing\n', 1), { passed: 12, failed: 1 });
    assert.deepEqual(countTests('\u001b[92m \u001b[0m\u001b[32m 7 passing\u001b[0m', 0), { passed: 7, failed: 0 });
    assert.deepEqual(countTests('  2 passing (1s)\n…\n  3 passing (1s)\n', 0), { passed: 5, failed: 0 });
  });

  it('count a step without mocha by its exit code', () => {
    assert.deepEqual(countTests('all fine', 0), { passed: 1, failed: 0 });
    assert.deepEqual(countTests('src/x.ts(1,1): error TS2322', 2), { passed: 0, failed: 1 });
  });

  it('count a crash as a failure', () => {
    assert.deepEqual(countTests('  12 passing (3s)\n', 1), { passed: 12, failed: 1 });
  });

  it('keep the lines that say which tests did not run', () => {
    const output = 'Not run: 53 tests, because there is no folder specs.\n\n  12 passing (3s)\n';
    assert.deepEqual(notRunLines(output), ['Not run: 53 tests, because there is no folder specs.']);
  });

  it('repeat what failed, without what passed', () => {
    const output =
      '    ✔ opens\n\n  1 passing (3s)\n\u001b[31m  1 failing\u001b[0m\n\n  1) closes:\n     Error: still open\n';
    assert.equal(failureText(output), '  1 failing\n\n  1) closes:\n     Error: still open');
    assert.equal(failureText(`${'line\n'.repeat(30)}error TS2322\n`).split('\n').length, 20);
  });

  it('fail for a command that cannot start', async () => {
    await assert.rejects(runStep({ name: 'none', command: 'no-such-command-here', args: [] }));
  });

  it('cover all steps, or none after an interruption', async () => {
    const exit = (code: number) => ({
      name: `exit ${code}`,
      command: process.execPath,
      args: ['-e', `process.exit(${code})`],
    });
    const steps = [exit(0), exit(3), exit(0)];
    const { passed, failed } = await runSteps(steps, 2, new AbortController().signal);
    assert.deepEqual([passed, failed], [2, 1]);
    const none = await runSteps(steps, 2, AbortSignal.abort());
    assert.deepEqual([none.passed, none.failed], [0, 0]);
  });
});
