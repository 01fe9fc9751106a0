import pMap from 'p-map';
import { l10n } from 'vscode';
import {
  createAll,
  createOrFind,
  hasServerKey,
  notYetCreated,
  parallelServers,
  type Attempt,
  type CreationRun,
} from '../../core/creation/createAll';
import { serverKeyRequest, type Creation } from '../../core/creation/creation';
import { isUnknown, type CreationOutcome } from '../../core/creation/creationReport';
import { hasCode, knownError } from '../../core/errors/errorCode';
import type { Change } from '../../core/operations/change';
import { isReadOnly } from '../configuration';
import { diagnoser } from '../failures/diagnoseCreation';
import { withResult, type Action } from '../messages';
import { recordRun } from '../operations/recordRun';
import { changeWithProgress, type Progress } from '../progress';
import type { Services } from '../services';
import { findCreated } from './attemptCreation';
import { fixCauses } from './fixCauses';
import { retryUntilEffective } from './retryUntilEffective';
import { showOutcomes } from './showOutcomes';
import { withReplicas } from './withReplicas';

/**
 * Creates many server keys and shows all results together. A failure doesn't stop the others.
 * @param chooseVersion asks for a version, for a cloud that doesn't support versionless key identifiers
 */
export async function createSeveral(
  services: Services,
  creations: readonly Creation[],
  chooseVersion: () => Promise<void>,
): Promise<void> {
  await runPending(services, notYetCreated(creations), chooseVersion);
}

/**
 * Creates the server keys that do not exist yet.
 * @param awaitedCode the error that a change fixes. The change may take minutes to take effect.
 */
async function runPending(
  services: Services,
  before: readonly CreationOutcome[],
  chooseVersion: () => Promise<void>,
  awaitedCode?: string,
): Promise<void> {
  let attempts: readonly Attempt[] = before;
  let isCreating = true;
  const stopped = l10n.t(
    'Stopped waiting. Azure may still finish creating the server keys that were started. No other changes start.',
  );
  const { end } = await changeWithProgress(
    services,
    l10n.t('Creating server keys…'),
    () => (isCreating ? stopped : undefined),
    async (progress) => {
      await recordRun(services, changeOf(attempts), async () => {
        const known = await withReplicas(services, before, progress.signal);
        attempts = await createAll(known, runOf(services, progress, awaitedCode));
        return attempts.every(hasServerKey);
      });
      isCreating = false;
      return toOutcomes(services, attempts, progress);
    },
  );
  const outcomes = await end;
  const tryAgain = (code?: string) => runPending(services, outcomes, chooseVersion, code);
  const fixes = isReadOnly() ? [] : fixCauses(services, outcomes, tryAgain);
  const next = nextStep(outcomes, chooseVersion, tryAgain);
  await showOutcomes(services, outcomes, [...fixes, ...(next ? [withResult(next, false)] : [])]);
}

/** The run as the journal has it. */
function changeOf(attempts: readonly Attempt[]): Change {
  const items = attempts.map(({ creation }) => ({
    server: creation.server.id,
    keyIdentifier: serverKeyRequest(creation).properties.uri,
  }));
  return { kind: 'createServerKeys', resource: items[0]?.server ?? '', items };
}

const runOf = (services: Services, { signal, report }: Progress, awaitedCode?: string): CreationRun => ({
  create: async (creation, isCheck) => {
    if (isCheck) return findCreated(services, creation);
    const azure = await services.azure.get();
    const create = () => createOrFind(azure, creation);
    if (awaitedCode === undefined) return create();
    const created = await retryUntilEffective(create, awaitedCode, { signal, report: () => undefined });
    if (created) return created;
    throw knownError({ code: 'StoppedBeforeSending', message: '' });
  },
  signal,
  report: (done, total) => {
    report(
      awaitedCode === undefined
        ? l10n.t('{0} of {1}', done, total)
        : l10n.t('{0} of {1}; the change may take up to 10 minutes to take effect', done, total),
    );
  },
});

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
    return { title: l10n.t('Retry Failed'), run: tryAgain };
  }
  return checkAgain;
}
