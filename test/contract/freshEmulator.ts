import { reset } from '../emulator/base/emulator';
import type { EmulatorOptions } from '../emulator/base/options';
import { startEmulator, type RunningEmulator } from '../emulator/startEmulator';
import { armClient, type ArmClient } from './armClient';

/** An emulator of the suite's own, at its seed again before each test, and a client of it. There from the first test on. */
export function freshEmulator(options: Partial<EmulatorOptions> = {}): { running: RunningEmulator; arm: ArmClient } {
  let started: { running: RunningEmulator; arm: ArmClient } | undefined;
  const given = () => {
    if (!started) throw new Error('The emulator is not there before the first test');
    return started;
  };
  before(async () => {
    const running = await startEmulator(options);
    started = { running, arm: await armClient(running.info) };
  });
  beforeEach(() => {
    reset(given().running.emulator);
  });
  after(() => started?.running.close());
  return {
    get running() {
      return given().running;
    },
    get arm() {
      return given().arm;
    },
  };
}
