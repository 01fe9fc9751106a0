import { isArmError } from '../../src/core/armError';
import { publicCloud } from '../../src/core/clouds';
import { isOpen, type Entry, type Journal, type Known, type Owner } from '../../src/core/operations/entry';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan, type RotationPlan } from '../../src/core/plan/rotationPlan';
import type { PlanEnd, PlanHost, runPlan } from '../../src/core/plan/runPlan';
import type { Azure } from '../../src/core/ports';
import { remembered } from '../../src/core/remembered';
import { createRecorder } from '../../src/ui/operations/recorder';
import { settleOperations } from '../../src/ui/operations/settle';
import { settleBefore } from '../../src/ui/operations/settleBefore';
import { newKey, PlanWorld, type Window } from './planWorld';

const cloud = publicCloud.resourceManager;

/** How often a plan is run, at most. The last runs have no faults. */
const runs = { all: 12, withFaults: 6 };

/** A change of someone else this long before the end, in requests, may come after the last read of its server. */
const unseen = 30;

/**
 * Runs plans. Async contexts are expensive, so all windows share one recorder.
 * @param isLenient Azure doesn't refuse a TDE protector that a secondary lacks
 */
export function planChaos(isLenient = false) {
  const journal = switchedJournal();
  const recorder = createRecorder(journal, cloud, { onUnsaved: () => undefined });

  /** Runs a plan, and runs it again until it is done or says why it can't be. @returns the invariants that were broken */
  return async (seed: number, run: typeof runPlan): Promise<readonly string[]> => {
    const world = new PlanWorld(seed, 2 + (seed % 2), isLenient);
    const [first, ...others] = await readAll(world);
    const plan = rotationPlan([first, ...others], newKey, true);
    const entries = new Map<string, Entry>();
    if (world.random() < 0.5) world.actsAt = Math.floor(world.random() * 150);
    for (let i = 0; i < runs.all; i += 1) {
      const window = openWindow(world, i < runs.withFaults, recorder.onAccepted);
      journal.switchTo(window, entries);
      const azure = world.azure(window);
      const running = runIn(window, world, { plan, azure, recorded: recorder.recorded(azure), journal }, run);
      const end = await Promise.race([running, window.gone]);
      window.close();
      if (end && end.kind !== 'failed' && end.kind !== 'stopped') return [...world.broken, ...judge(world, end)];
      if (end?.kind === 'failed' && !isArmError(end.error)) return [...world.broken, String(end.error)];
    }
    return [...world.broken, 'the plan never ended'];
  };
}

async function readAll(world: PlanWorld) {
  const window = openWindow(world, false);
  const place = world.members[0]?.place ?? { id: '', name: '', subscriptionId: '', resourceGroup: '' };
  const group = await readRotationGroup(world.azure(window), place, [], window.stop.signal);
  if ('problem' in group) throw new Error(group.problem);
  return group.servers;
}

function openWindow(world: PlanWorld, hasFaults: boolean, onAccepted: (url: string) => void = () => undefined): Window {
  let isGone = false;
  let leave = (): void => undefined;
  const gone = new Promise<void>((resolve) => (leave = resolve));
  const at = () => world.now + Math.floor(world.random() * 120);
  const [closes, cancels] = [world.random(), world.random()];
  return {
    hasFaults,
    gone,
    get isGone() {
      return isGone;
    },
    close: () => {
      isGone = true;
      leave();
    },
    ...(hasFaults && closes < 0.4 && { closesAt: at() }),
    ...(hasFaults && cancels < 0.2 && { cancelsAt: at() }),
    stop: new AbortController(),
    onAccepted,
  };
}

interface Work {
  readonly plan: RotationPlan;
  readonly azure: Azure;
  readonly recorded: Azure;
  readonly journal: Journal;
}

/** Runs a plan as a window does. */
async function runIn(
  window: Window,
  world: PlanWorld,
  { plan, azure, recorded, journal }: Work,
  run: typeof runPlan,
): Promise<PlanEnd> {
  const { signal } = window.stop;
  const pause = () => world.pass(window);
  const services = {
    azure: remembered(() => Promise.resolve(azure)),
    journal: remembered(() => Promise.resolve(journal)),
    cloud: () => publicCloud,
  };
  if (world.random() < 0.5) {
    const log = { warn: () => undefined };
    await settleOperations({ log, azure, journal, cloud, pause, onEnd: () => Promise.resolve() });
  }
  const host: PlanHost = {
    azure: recorded,
    cloud: publicCloud,
    subscriptionIds: [],
    signal,
    report: () => undefined,
    onChanged: () => undefined,
    check: () => Promise.resolve([]),
    settle: (change) => settleBefore(services, change, signal, pause),
  };
  return (await run(plan, host)).end;
}

/** A journal that is that of one window after the other. The entries of a plan outlive its windows. */
function switchedJournal(): Journal & { switchTo: (window: Window, entries: Map<string, Entry>) => void } {
  let count = 0;
  let current: { readonly window: Window; readonly entries: Map<string, Entry> } | undefined;
  const ownerOf = (window: number): Owner => ({ window: String(window), host: '', pid: 0 });
  const waitsFor = (entry: Entry): Known['waits'] =>
    isOpen(entry) && entry.owner.window === String(count) ? 'thisWindow' : 'nobody';
  let followed = new Map<string, AbortController>();
  return {
    switchTo: (window, entries) => {
      count += 1;
      current = { window, entries };
      followed = new Map();
    },
    get owner() {
      return ownerOf(count);
    },
    get followed() {
      return followed;
    },
    run: undefined,
    inRun: (_, work) => work(),
    list: () =>
      Promise.resolve([...(current?.entries.values() ?? [])].map((entry) => ({ entry, waits: waitsFor(entry) }))),
    save: (entry) => {
      if (current?.window.isGone === false) current.entries.set(entry.id, entry);
      return Promise.resolve();
    },
  };
}

function judge(world: PlanWorld, end: PlanEnd): readonly string[] {
  const hasActed = world.actedAt !== undefined;
  if (end.kind === 'differs') {
    return hasActed && end.problems.length > 0 ? [] : [`stopped without a reason: ${end.problems.join()}`];
  }
  if (end.kind === 'refused') return world.isLagging ? [] : ['stopped because of replicas that do not lag'];
  const isRecent = hasActed && world.now - (world.actedAt ?? 0) < unseen;
  return world.isPlanned() || isRecent ? [] : ['told that the plan is done, but it is not'];
}
