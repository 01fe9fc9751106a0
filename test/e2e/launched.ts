import { resolve } from 'node:path';
import { launchWorkbench, type LaunchedWorkbench, type LaunchOptions } from '../vscode-host/driver/launch';
import { emulator, environment } from './emulator';

/**
 * Provides a workbench on the emulator for the tests of this suite. Launches it before the first test, resets it and the
 * emulator before each test. When a test fails, takes a screenshot, and prints the end of the log and of the requests.
 */
export function launchedWith(options: () => LaunchOptions | Promise<LaunchOptions>): () => LaunchedWorkbench {
  let workbench: LaunchedWorkbench | undefined;
  const launched = (): LaunchedWorkbench => {
    if (!workbench) throw new Error('The workbench starts with the first test.');
    return workbench;
  };
  before(async function () {
    this.timeout(120_000);
    workbench = await launchWorkbench({ env: environment, screenshots: resolve('out/e2e'), ...(await options()) });
  });
  beforeEach(async () => {
    await emulator.reset();
    await launched().reset();
  });
  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state === 'failed') {
      await launched().screenshot(currentTest.fullTitle().replaceAll(/\W+/g, '-'));
      console.error(launched().logText('SQL Server Keys').split('\n').slice(-15).join('\n'));
      for (const { time, method, path, status } of (await emulator.requests()).slice(-15)) {
        console.error(time, method, path, status);
      }
    }
  });
  after(() => workbench?.close());
  return launched;
}
