/** One command of a test run. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Test files that it runs, and folders whose test files it runs. */
  readonly tests?: readonly string[];
  /** Whether it needs an emulator beside it, of its own. */
  readonly emulator?: boolean;
  /** Whether it opens VS Code and drives it, so that the load of the machine may disturb it. */
  readonly workbench?: boolean;
}

const node = (name: string, ...args: readonly string[]): Step => ({ name, command: process.execPath, args });

export const npm = (script: string): Step => ({ name: script, command: 'npm', args: ['run', '--silent', script] });

/** Test files and folders of them, that need nothing around them. */
export const mocha = (name: string, ...tests: readonly string[]): Step => ({
  ...node(name, 'node_modules/mocha/bin/mocha.js', ...tests),
  tests,
});

/** The suite that runs inside VS Code's extension host. */
export const host: Step = {
  ...node('host', '--import', 'tsx', 'test/host/run.ts'),
  tests: ['test/host'],
  emulator: true,
  workbench: true,
};

/** Stories on the screen, which share one workbench. The files are named without their ending. */
export const e2e = (...files: readonly string[]): Step => ({
  ...mocha(`e2e: ${files.join(', ')}`, ...files.map((file) => `test/e2e/${file}.test.ts`)),
  emulator: true,
  workbench: true,
});
