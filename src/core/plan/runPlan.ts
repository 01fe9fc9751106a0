import { isArmError } from '../armError';
import { sameId } from '../armId';
import type { Cloud } from '../clouds';
import { createOrFind } from '../creation/createAll';
import { hasCode } from '../errors/errorCode';
import type { Finding } from '../errors/finding';
import { parseKeyIdentifier } from '../keys/keyIdentifier';
import { isServerKeyOf } from '../keys/sameKey';
import { serverKeyName } from '../keys/serverKeyName';
import type { Change } from '../operations/change';
import type { Azure, ServerPlace } from '../ports';
import type { KeyIdentifier } from '../vaultModel';
import { barrier, differences, isDone, lagging, problemsAtEnd } from './planState';
import { readRotationGroup, type ReadServer } from './rotationGroup';
import type { RotationPlan, Step } from './rotationPlan';

/** A step that changes something. */
export type ChangingStep = Exclude<Step, { readonly kind: 'compareThumbprints' }>;

/** What a run needs from the caller. */
export interface PlanHost {
  readonly azure: Azure;
  readonly cloud: Cloud;
  /** Where partners without an ID may be. */
  readonly subscriptionIds: readonly string[];
  /** When aborted, reads end and no other step starts. */
  readonly signal: AbortSignal;
  /** Told before each step how many are done. */
  readonly report: (done: number, step: Step) => void;
  /** Told after each step that changed a server. */
  readonly onChanged: (server: ServerPlace) => void;
  /** The checks before the first server key is created, and before each change of a TDE protector. */
  readonly check: (kind: ChangingStep['kind'], servers: readonly ReadServer[]) => Promise<readonly Finding[]>;
  /** Waits until the outcome of earlier requests for the change is known. Sends only reads. */
  readonly settle: (change: Change) => Promise<void>;
}

/** Why a run ended. */
export type PlanEnd =
  /** All TDE protectors are as planned. The warnings are sentences. */
  | { readonly kind: 'done'; readonly warnings: readonly string[] }
  | { readonly kind: 'stopped' }
  /** The state isn't the one that the plan was created for, as sentences. */
  | { readonly kind: 'differs'; readonly problems: readonly string[] }
  /** A check predicts that Azure refuses the step. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly step: Step; readonly error: unknown };

/** The end of a run, and the steps that are done, also by an earlier run. */
export interface PlanResult {
  readonly end: PlanEnd;
  readonly done: readonly Step[];
}

/**
 * Runs the steps of a plan that aren't done yet, one after the other, and stops at the first that fails. Reads the servers
 * before each change, so that nothing is sent twice, and no TDE protector changes unless all servers are as planned.
 */
export async function runPlan(plan: RotationPlan, host: PlanHost): Promise<PlanResult> {
  const run = { plan, host, checked: new Set<Step['kind']>() };
  const done: Step[] = [];
  for (const step of plan.steps) {
    host.report(done.length, step);
    const end = await endOf(host, step, () => runStep(run, step));
    if (end) return { end, done };
    done.push(step);
  }
  const last = host.signal.aborted ? undefined : plan.steps.at(-1);
  const end = last && (await endOf(host, last, () => verify(run)));
  return { end: end ?? { kind: 'done', warnings: [] }, done };
}

interface Run {
  readonly plan: RotationPlan;
  readonly host: PlanHost;
  /** The kinds of changes whose checks needn't be repeated. */
  readonly checked: Set<Step['kind']>;
}

/** Does the work of a step. @returns why the run ends; undefined if the next step may start */
async function endOf(
  { signal }: PlanHost,
  step: Step,
  work: () => Promise<PlanEnd | undefined>,
): Promise<PlanEnd | undefined> {
  if (signal.aborted) return { kind: 'stopped' };
  try {
    return await work();
  } catch (error) {
    const isStopped = isArmError(error) ? hasCode(error, 'StoppedBeforeSending') : signal.aborted;
    return isStopped ? { kind: 'stopped' } : { kind: 'failed', step, error };
  }
}

/** Reads the servers after the last step. */
async function verify({ plan, host }: Run): Promise<PlanEnd> {
  const group = await readRotationGroup(host.azure, plan.first, host.subscriptionIds, host.signal);
  const problems = 'problem' in group ? [group.problem] : problemsAtEnd(plan, group.servers);
  if (problems.length > 0) return { kind: 'differs', problems };
  const late = 'servers' in group ? lagging(group.servers) : [];
  return { kind: 'done', warnings: late.map(({ text }) => `${text}.`) };
}

async function runStep(run: Run, step: Step): Promise<PlanEnd | undefined> {
  const { plan, host, checked } = run;
  const change = changeOf(step, host.cloud);
  if (change) await host.settle(change);
  const group = await readRotationGroup(host.azure, plan.first, host.subscriptionIds, host.signal);
  if ('problem' in group) return { kind: 'differs', problems: [group.problem] };
  const { servers } = group;
  const problems = [...differences(plan, servers), ...(step.kind === 'createServerKey' ? [] : barrier(plan, servers))];
  if (problems.length > 0) return { kind: 'differs', problems };
  if (step.kind === 'compareThumbprints' || isDone(step, servers)) return undefined;
  const checks = checked.has(step.kind) ? [] : await host.check(step.kind, servers);
  const findings = [...lagging(servers), ...checks].filter(({ outcome }) => outcome === 'fail');
  if (findings.length > 0) return { kind: 'refused', findings };
  if (step.kind === 'createServerKey') checked.add(step.kind);
  if (host.signal.aborted) return { kind: 'stopped' };
  await send(host, step, servers);
  host.onChanged(step.server);
  return undefined;
}

/** The change of a step as the journal has it; undefined for a comparison. */
function changeOf(step: Step, cloud: Cloud): Change | undefined {
  if (step.kind === 'compareThumbprints') return undefined;
  const { server, keyIdentifier } = step;
  const resource = `${server.id}/keys/${serverKeyName(keyOf(keyIdentifier, cloud))}`;
  return step.kind === 'createServerKey'
    ? { kind: step.kind, resource, keyIdentifier }
    : { kind: step.kind, resource, autoRotation: step.autoRotation };
}

async function send({ azure, cloud }: PlanHost, step: ChangingStep, servers: readonly ReadServer[]): Promise<void> {
  const { server, keys } = servers.find((one) => sameId(one.server.id, step.server.id)) ?? notFound(step.server.id);
  if (step.kind === 'createServerKey') {
    await createOrFind(azure, { server, key: keyOf(step.keyIdentifier, cloud) });
  } else {
    const key = keys.find(isServerKeyOf(step.keyIdentifier)) ?? notFound(step.keyIdentifier);
    await azure.tdeProtectors.set(server, key, step.autoRotation);
  }
}

/** A step runs only after the state that it needs has been read. */
function notFound(what: string): never {
  throw new Error(`Not found: ${what}`);
}

/** The key of a step. */
export function keyOf(keyIdentifier: string, cloud: Cloud): KeyIdentifier {
  const parsed = parseKeyIdentifier(keyIdentifier, cloud);
  if (parsed.ok) return parsed.key;
  throw new Error(parsed.message);
}
