import pMap from 'p-map';
import { l10n, type CancellationToken } from 'vscode';
import { idKey } from '../../core/armId';
import type { Creation } from '../../core/creation/creation';
import type { Outcome } from '../../core/creation/creationReport';
import type { Azure } from '../../core/ports';
import { diagnoser, type Failed } from '../failures/diagnoseCreation';
import type { Services } from '../services';
import { createOrFind } from './createOrFind';
import { nextStep } from './nextStep';
import { showOutcomes } from './showOutcomes';
import { watch } from '../progress';

/** Servers worked on at once; a server does one thing at a time. */
const parallelServers = 4;

/** What has come of one server key; failures are looked into later. */
type Attempt = Outcome | Failed;

/**
 * Creates many server keys, each failing on its own, and tells together what has come of them.
 * @param chooseVersion asks for a version, where the cloud takes no versionless key identifier
 */
export async function createSeveral(
  services: Services,
  creations: readonly Creation[],
  chooseVersion: () => Promise<void>,
): Promise<void> {
  const pending = creations.map((creation): Outcome => ({ creation, result: { kind: 'notStarted' } }));
  await workOff(services, pending, chooseVersion);
}

/** Tries what is not there yet. */
async function workOff(
  services: Services,
  before: readonly Outcome[],
  chooseVersion: () => Promise<void>,
): Promise<void> {
  const azure = await services.azure.get();
  const attempts: Attempt[] = [...before];
  let working: Promise<unknown> = Promise.resolve();
  await watch(
    l10n.t('Creating server keys…'),
    l10n.t('Stopped waiting. Azure may still finish what it has begun; no other server key is started.'),
    (cancel, report) => (working = createAll(azure, attempts, cancel, report)),
  );
  await working;
  const outcomes = await toOutcomes(services, attempts);
  const tryAgain = () => workOff(services, outcomes, chooseVersion);
  const isLeft = outcomes.some(({ result }) => result.kind === 'notStarted');
  const failures = outcomes.flatMap(({ result }) => (result.kind === 'failed' ? [result.diagnosis] : []));
  const rest = { title: l10n.t('Create the Rest'), run: tryAgain };
  await showOutcomes(services, outcomes, isLeft ? rest : nextStep(failures, chooseVersion, tryAgain));
}

/** Looks into failures after all is done, when the run changes nothing any more. */
function toOutcomes(services: Services, attempts: readonly Attempt[]): Promise<Outcome[]> {
  const lookInto = diagnoser(services);
  const toOutcome = async (attempt: Attempt): Promise<Outcome> =>
    'result' in attempt
      ? attempt
      : { creation: attempt.creation, result: { kind: 'failed', diagnosis: await lookInto(attempt) } };
  return pMap(attempts, toOutcome, { concurrency: parallelServers });
}

/** Puts what comes of them into `attempts`: servers side by side, the keys of one server one after the other. */
async function createAll(
  azure: Azure,
  attempts: Attempt[],
  cancel: CancellationToken,
  report: (message: string) => void,
): Promise<void> {
  const missing = [...attempts.entries()].filter(
    ([, attempt]) => !('result' in attempt && 'serverKey' in attempt.result),
  );
  const byServer = new Map<string, [number, Attempt][]>();
  for (const entry of missing) {
    const id = idKey(entry[1].creation.server.id);
    byServer.set(id, [...(byServer.get(id) ?? []), entry]);
  }
  let done = 0;
  const tell = () => {
    report(l10n.t('{0} of {1}', done, missing.length));
  };
  tell();
  const workOn = async (entries: readonly [number, Attempt][]) => {
    for (const [i, { creation }] of entries) {
      if (cancel.isCancellationRequested) return;
      attempts[i] = await create(azure, creation);
      done += 1;
      tell();
    }
  };
  await pMap(byServer.values(), workOn, { concurrency: parallelServers });
}

async function create(azure: Azure, creation: Creation): Promise<Attempt> {
  try {
    return { creation, result: await createOrFind(azure, creation) };
  } catch (error) {
    return { creation, error };
  }
}
