import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** VS Code calls this. The promise is rejected if a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 60_000, forbidOnly: true, forbidPending: true });
  const tests = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  for (const file of tests.sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((end) => mocha.run(end));
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
}
