import { azureCli } from '../plan';
import { runStep } from '../testRun';

/** `npm run test:az`: Azure CLI against the emulator. */
async function main(): Promise<void> {
  const { failed } = await runStep(azureCli);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
