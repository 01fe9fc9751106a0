import type { Emulator } from '../base/emulator';
import { same } from '../base/ids';
import type { Fault } from '../base/faults';

type Random = Pick<Fault, 'behavior' | 'when' | 'status'>;

/** The faults that happen at random. One that says that the request was refused comes before the effect. */
const randomFaults: readonly Random[] = [
  { behavior: 'throttle', when: 'start' },
  { behavior: 'unavailable', when: 'start' },
  { behavior: 'error', when: 'start' },
  { behavior: 'error', when: 'afterEffect' },
  { behavior: 'error', status: 504, when: 'afterEffect' },
  { behavior: 'reset', when: 'start' },
  { behavior: 'reset', when: 'afterEffect' },
  { behavior: 'truncated', when: 'afterEffect' },
  { behavior: 'html', when: 'start' },
  { behavior: 'html', when: 'afterEffect' },
  { behavior: 'garbage', when: 'afterEffect' },
];

/** A fault for a request of a resource type, as often as the option `faultRates` says. */
export function randomFault({ options, random }: Emulator, type: string): Fault | undefined {
  const [, rate] = Object.entries(options.faultRates).find(([name]) => same(name, type)) ?? [];
  if (rate === undefined || random() >= rate) return undefined;
  const fault = randomFaults[Math.floor(random() * randomFaults.length)];
  return fault && { match: { path: '' }, ...fault };
}
