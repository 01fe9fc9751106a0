import { e2e, host, mocha, npm, type Step } from './steps';

/** Runs before all steps, which need the package. */
export const first: Step = npm('package');

/** How many steps of `npm test` run at the same time. */
export const sideBySide = 5;

/**
 * `npm test` starts these steps in this order, each as soon as an earlier one ends. The longest come first, so that the last
 * ones end together. Every test file belongs to one step. Add a new e2e file to a step whose workbench it can share, because a
 * workbench takes longer to start than most stories take.
 */
export const steps: readonly Step[] = [
  e2e('fixes', 'killed', 'readOnly'),
  e2e('protector', 'databaseKeys', 'plans'),
  e2e('tree', 'rows', 'explain'),
  e2e('createServerKeyChoices', 'createServerKeySummary', 'createServerKeyNewKey', 'hostileNames'),
  e2e('createServerKey', 'createServerKeySeveral'),
  e2e('deleteServerKey', 'subscriptionFilter', 'noSignIn', 'operations'),
  { ...mocha('azure', 'test/azure'), emulator: true },
  npm('check:style'),
  mocha('emulator contract', 'test/contract'),
  e2e('signIn'),
  e2e('untrustedWorkspace'),
  mocha('start', 'test/start'),
  host,
  { ...mocha('vscode-host', 'test/vscode-host/driver.test.ts'), workbench: true },
  e2e('besideAzureResources'),
  mocha('unit', 'test/unit'),
  mocha('generated', 'test/generated'),
  { ...mocha('chaos', 'test/chaos'), emulator: true },
  npm('check:structure'),
];

/** `npm run test:az`, which needs Azure CLI, so `npm test` leaves it out. */
export const azureCli: Step = { ...mocha('Azure CLI', 'test/az'), emulator: true };
