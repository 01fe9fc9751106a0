import pMap from 'p-map';
import { l10n } from 'vscode';
import { idKey } from '../../core/armId';
import type { Creation } from '../../core/creation/creation';
import { isUnknown, type CreationOutcome } from '../../core/creation/creationReport';
import { hasCode } from '../../core/errors/errorCode';
import { isReadOnly } from '../configuration';
import { diagnoser, type Failed } from '../failures/diagnoseCreation';
import type { Action } from '../messages';
import { recordRun } from '../operations/recordRun';
import { changeWithProgress, type Progress } from '../progress';
import type { Services } from '../services';
import { createOrFind, findCreated } from './attemptCreation';
import { showOutcomes } from './showOutcomes';

/** Maximum servers to process at once. Azure SQL runs one operation on a server at a time. */
const parallelServers = 4;

/** A server key that was created or not started, or a failure that is not diagnosed yet. */
type Attempt = CreationOutcome | Failed;

const hasServerKey = (attempt: Attempt): boolean => 'result' in attempt && 'serverKey' in attempt.result;

/**
 * Creates many server keys and shows all results together. A failure doesn't stop the others.
 * @param chooseVersion asks for a version, for a cloud that doesn't support versionless key identifiers
 */
export async function createSeveral(
  services: Services,
  creations: readonly Creation[],
  chooseVersion: () => Promise<void>,
): Promise<void> {
  const pending = creations.map((creation): CreationOutcome => ({ creation, result: { kind: 'notStarted' } }));
  await runPending(services, pending, chooseVersion);
}

/** Creates the server keys that do not exist yet. */
async function runPending(
  services: Services,
  before: readonly CreationOutcome[],
  chooseVersion: () => Promise<void>,
): Promise<void> {
  const attempts: Attempt[] = [...before];
  let isCreating = true;
  const stopped = l10n.t(
    'Stopped waiting. Azure may still finish creating the server keys that were started. No others are started.',
  );
  const { end } = await changeWithProgress(
    services,
    l10n.t('Creating server keys…'),
    () => (isCreating ? stopped : undefined),
    async (progress) => {
      const creations = attempts.map(({ creation }) => creation);
      await recordRun(services, creations, async () => {
        await createAll(services, attempts, progress);
        return attempts.every(hasServerKey);
      });
      isCreating = false;
      return toOutcomes(services, attempts, progress);
    },
  );
  const outcomes = await end;
  const tryAgain = () => runPending(services, outcomes, chooseVersion);
  await showOutcomes(services, outcomes, nextStep(outcomes, chooseVersion, tryAgain));
}

/** Diagnoses the failures after the run, when nothing changes anymore. */
function toOutcomes(
  services: Services,
  attempts: readonly Attempt[],
  { signal, report }: Progress,
): Promise<CreationOutcome[]> {
  const failed = attempts.filter((attempt) => 'error' in attempt).length;
  if (failed > 0) report(l10n.t('{0} failed, finding the cause', failed));
  const diagnose = diagnoser(services, signal);
  const toOutcome = async (attempt: Attempt): Promise<CreationOutcome> =>
    'error' in attempt
      ? { creation: attempt.creation, result: { kind: 'failed', diagnosis: await diagnose(attempt) } }
      : attempt;
  return pMap(attempts, toOutcome, { concurrency: parallelServers });
}

/** The next action to offer: the rest after Cancel, another version for a cloud that requires one, a retry, or another read. */
function nextStep(
  outcomes: readonly CreationOutcome[],
  chooseVersion: () => Promise<void>,
  tryAgain: () => Promise<void>,
): Action<void> | undefined {
  const failures = outcomes.flatMap(({ result }) => (result.kind === 'failed' ? [result.diagnosis] : []));
  const isAnyUnknown = outcomes.some(({ result }) => isUnknown(result));
  const checkAgain = isAnyUnknown ? { title: l10n.t('Check Again'), run: tryAgain } : undefined;
  if (isReadOnly()) return checkAgain;
  if (outcomes.some(({ result }) => result.kind === 'notStarted')) {
    return { title: l10n.t('Create the Rest'), run: tryAgain };
  }
  if (failures.some((failure) => hasCode(failure, 'VersionlessNotSupported'))) {
    return { title: l10n.t('Choose Another Version…'), run: chooseVersion };
  }
  if (failures.some(({ retryMode }) => retryMode !== 'never')) {
    return { title: l10n.t('Try Again'), run: tryAgain };
  }
  return checkAgain;
}

/** Creates the missing server keys and replaces their attempts: several servers at a time, the keys of a server in sequence. */
async function createAll(services: Services, attempts: Attempt[], { signal, report }: Progress): Promise<void> {
  const missing = [...attempts.entries()].filter(([, attempt]) => !hasServerKey(attempt));
  const byServer = new Map<string, [number, Attempt][]>();
  for (const entry of missing) {
    const id = idKey(entry[1].creation.server.id);
    byServer.set(id, [...(byServer.get(id) ?? []), entry]);
  }
  let done = 0;
  const reportDone = () => {
    report(l10n.t('{0} of {1}', done, missing.length));
  };
  reportDone();
  const createOn = async (entries: readonly [number, Attempt][]) => {
    for (const [i, before] of entries) {
      if (signal.aborted) return;
      attempts[i] = await create(services, before);
      done += 1;
      reportDone();
    }
  };
  await pMap(byServer.values(), createOn, { concurrency: parallelServers });
}

/** Creates a server key. If the result of an earlier attempt is not known, only reads whether it exists now. */
async function create(services: Services, before: Attempt): Promise<Attempt> {
  const { creation } = before;
  try {
    const isCheck = 'result' in before && isUnknown(before.result);
    const result = isCheck ? findCreated(services, creation) : createOrFind(await services.azure.get(), creation);
    return { creation, result: await result };
  } catch (error) {
    return { creation, error };
  }
}
