import { interruption } from './interruption';
import { first, sideBySide, steps } from './plan';
import { add, type Outcome, runSteps } from './testRun';

/** `npm test`: lint, types, and every test. The end of the output repeats the failures; its last line has the totals. */
async function main(): Promise<Outcome> {
  const interrupted = interruption();
  const packaged = await runSteps([first], 1, interrupted);
  if (packaged.failed > 0) return packaged;
  console.log(`${steps.length} steps, ${sideBySide} side by side. The output of each follows at its end.`);
  return add(packaged, await runSteps(steps, sideBySide, interrupted));
}

main().then(
  ({ passed, failed, notRun, failures }) => {
    for (const text of [...failures, ...notRun]) console.log(text);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  },
);
