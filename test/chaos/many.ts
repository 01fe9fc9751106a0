import { mocha } from '../steps';
import { runStep } from '../testRun';

/** `npm run test:chaos -- 20000`: more runs than in a test run. With the variable CHAOS_SEED, repeats one. */
async function main([runs = '20000']: string[]): Promise<void> {
  process.env.CHAOS_RUNS = runs;
  const { failed } = await runStep({ ...mocha('chaos', 'test/chaos'), emulator: true });
  process.exitCode = failed === 0 ? 0 : 1;
}

void main(process.argv.slice(2));
