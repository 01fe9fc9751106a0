import { resolve } from 'node:path';
import { launchWorkbench, type LaunchedWorkbench, type LaunchOptions } from '../vscode-host/driver/launch';
import { emulator, environment } from './emulator';

/**
 * Provides a workbench on the emulator for the tests of this suite. Launches it before the first test, resets it and the
 * emulator before each test, and takes a screenshot when a test fails.
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
    }
  });
  after(() => workbench?.close());
  return launched;
}
