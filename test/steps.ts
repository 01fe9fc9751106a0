/** One command of a test run. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The test files that it runs, and folders of test files. */
  readonly tests?: readonly string[];
  /** Whether it needs an emulator. Each step gets a separate one. */
  readonly emulator?: boolean;
  /** Whether it drives VS Code. `npm run test:steady` repeats these steps. */
  readonly workbench?: boolean;
}

const node = (name: string, ...args: readonly string[]): Step => ({ name, command: process.execPath, args });

export const npm = (script: string): Step => ({ name: script, command: 'npm', args: ['run', '--silent', script] });

/** Most objects of a test end with it. With room for them, Node.js spends a tenth less time on a step. */
const roomForNewObjects = '--max-semi-space-size=64';

/** Runs test files, and folders of test files, with mocha. */
export const mocha = (name: string, ...tests: readonly string[]): Step => ({
  ...node(name, roomForNewObjects, 'node_modules/mocha/bin/mocha.js', ...tests),
  tests,
});

/** Runs the suite inside VS Code's extension host. */
export const host: Step = {
  ...node('host', '--import', 'tsx', 'test/host/run.ts'),
  tests: ['test/host'],
  emulator: true,
  workbench: true,
};

/** Runs e2e files that share a workbench. Name the files without `.test.ts`. */
export const e2e = (...files: readonly string[]): Step => ({
  ...mocha(`e2e: ${files.join(', ')}`, ...files.map((file) => `test/e2e/${file}.test.ts`)),
  emulator: true,
  workbench: true,
});
