import { e2e, host, mocha, npm, type Step } from './steps';

/** What every lane needs. */
export const first: Step = npm('package');

/**
 * What `npm test` runs side by side after that; the steps of a lane run one after another. Every test file is in one step:
 * a new file of e2e goes into the step whose workbench it shares, else into a step of its own in the shortest lane.
 */
export const lanes: readonly (readonly Step[])[] = [
  [e2e('fixes', 'tree')],
  [
    e2e(
      'deleteServerKey',
      'subscriptionFilter',
      'noSignIn',
      'createServerKey',
      'createServerKeyNewKey',
      'createServerKeySeveral',
    ),
  ],
  [
    e2e('createServerKeyChoices', 'createServerKeySummary', 'rows', 'explain'),
    e2e('besideAzureResources'),
    e2e('signIn'),
    e2e('untrustedWorkspace'),
  ],
  [{ ...mocha('azure', 'test/azure'), emulator: true }],
  [
    npm('check'),
    mocha('unit', 'test/unit'),
    mocha('emulator contract', 'test/contract'),
    host,
    { ...mocha('vscode-host', 'test/vscode-host/driver.test.ts'), workbench: true },
    mocha('start', 'test/start'),
  ],
];
