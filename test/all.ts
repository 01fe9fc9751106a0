import { interruption } from './interruption';
import { first, lanes } from './plan';
import { add, type Outcome, runLanes } from './testRun';

/** `npm test`: lint, types, and every test. The end of the output repeats the failures; its last line has the totals. */
async function main(): Promise<Outcome> {
  const interrupted = interruption();
  const packaged = await runLanes([[first]], interrupted);
  if (packaged.failed > 0) return packaged;
  const names = lanes.map((steps) => `  ${steps.map(({ name }) => name).join(' → ')}\n`);
  console.log(`Running side by side, with the output of each step at its end:\n${names.join('')}`);
  return add(packaged, await runLanes(lanes, interrupted));
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
