import { reset } from '../emulator/base/emulator';
import type { EmulatorOptions } from '../emulator/base/options';
import { startEmulator, type RunningEmulator } from '../emulator/startEmulator';
import { armClient, type ArmClient } from './armClient';

export interface FreshEmulator {
  readonly running: RunningEmulator;
  readonly arm: ArmClient;
}

/** Starts an emulator for a suite and resets it before each test. Emulator and client are available in tests, not before. */
export function freshEmulator(options: Partial<EmulatorOptions> = {}): FreshEmulator {
  let started: FreshEmulator | undefined;
  const required = () => {
    if (!started) throw new Error('The emulator starts with the first test');
    return started;
  };
  before(async () => {
    const running = await startEmulator(options);
    started = { running, arm: await armClient(running.info) };
  });
  beforeEach(() => {
    reset(required().running.emulator);
  });
  after(() => started?.running.close());
  return {
    get running() {
      return required().running;
    },
    get arm() {
      return required().arm;
    },
  };
}
