import { e2e, host, mocha, npm, type Step } from './steps';

/** Runs before all lanes, which need the package. */
export const first: Step = npm('package');

/**
 * `npm test` runs these lanes side by side; the steps of a lane run one after another. Every test file belongs to one step.
 * Add a new e2e file to a step whose workbench it can share, or as a separate step to the shortest lane.
 */
export const lanes: readonly (readonly Step[])[] = [
  [e2e('fixes', 'tree', 'killed', 'readOnly'), e2e('untrustedWorkspace')],
  [
    e2e(
      'deleteServerKey',
      'subscriptionFilter',
      'noSignIn',
      'createServerKey',
      'createServerKeyNewKey',
      'createServerKeySeveral',
      'operations',
    ),
    { ...mocha('vscode-host', 'test/vscode-host/driver.test.ts'), workbench: true },
  ],
  [
    e2e('createServerKeyChoices', 'createServerKeySummary', 'rows', 'hostileNames', 'explain'),
    e2e('besideAzureResources'),
    e2e('signIn'),
  ],
  [
    { ...mocha('azure', 'test/azure'), emulator: true },
    mocha('emulator contract', 'test/contract'),
    host,
    mocha('start', 'test/start'),
    { ...mocha('chaos', 'test/chaos'), emulator: true },
  ],
  [npm('check'), mocha('unit', 'test/unit'), mocha('generated', 'test/generated')],
];

/** `npm run test:az`, which needs Azure CLI, so `npm test` leaves it out. */
export const azureCli: Step = { ...mocha('Azure CLI', 'test/az'), emulator: true };
