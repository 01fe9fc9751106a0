import { interruption } from './interruption';
import { e2e, host, npm } from './steps';
import { runSteps } from './testRun';

/** `npm run test:oldest`: the host suite and three stories in the oldest VS Code that package.json supports. */
async function main(): Promise<void> {
  process.env.VSCODE_HOST = 'oldest';
  const steps = [npm('package'), host, e2e('tree', 'createServerKey', 'explain')];
  const { passed, failed } = await runSteps(steps, 1, interruption());
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
