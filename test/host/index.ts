import Mocha from 'mocha';

/** What VS Code calls; rejects when a test has failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: true, forbidPending: true });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // Lazily: the suites need the globals that the line above has made.
  await import('./activation.test');
  await import('./tree.test');
  const failures = await new Promise<number>((end) => mocha.run(end));
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
}
