import { spawnEmulator } from './emulator/emulatorProcess';
import { add, runStep, type Count, type Step } from './testRun';
import { emulatorEnv } from './withEmulator';

const npm = (script: string): Step => ({ name: script, command: 'npm', args: ['run', '--silent', script] });
const mocha = (name: string, ...files: string[]): Step => ({
  name,
  command: 'npx',
  args: ['--no', 'mocha', ...files.map((file) => `test/${file}/**/*.test.ts`)],
});

/** `npm test`: lint, types and every test; the last line sums them up. */
async function main(): Promise<Count> {
  let total: Count = { passed: 0, failed: 0 };
  const run = async (step: Step): Promise<void> => {
    total = add(total, await runStep(step));
  };
  await run(npm('check'));
  await run(npm('package'));
  await run(mocha('unit', 'unit'));
  await run(mocha('emulator contract', 'contract'));
  const emulator = await spawnEmulator({ seed: 'demo' });
  const env = emulatorEnv(emulator);
  try {
    await run({ ...mocha('azure', 'azure'), env });
    await run({ name: 'host', command: 'npx', args: ['--no', 'tsx', 'test/host/run.ts'], env });
    await run({ name: 'vscode-host', command: 'npx', args: ['--no', 'mocha', 'test/vscode-host/driver.test.ts'] });
    await run({ ...mocha('e2e', 'e2e'), env });
    await run(mocha('start', 'start'));
  } finally {
    await emulator.stop();
  }
  return total;
}

main().then(
  ({ passed, failed }) => {
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  },
);
