import pMap from 'p-map';
import { l10n, type CancellationToken } from 'vscode';
import type { Creation } from '../../../core/creation';
import type { Outcome, Result } from '../../../core/creationReport';
import type { Azure } from '../../../core/ports';
import { diagnoseCreation } from '../../diagnostics/diagnoseCreation';
import type { Services } from '../../services';
import { createOrFind } from './createOrFind';
import { nextStep } from './nextStep';
import { showOutcomes } from './showOutcomes';
import { watch } from './watch';

/** Servers worked on at once; a server does one thing at a time. */
const parallelServers = 4;

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
  const outcomes = [...before];
  let working: Promise<unknown> = Promise.resolve();
  await watch(
    l10n.t('Creating server keys…'),
    l10n.t('Stopped waiting. Azure may still finish what it has begun; no other server key is started.'),
    (cancel, report) => (working = createAll(services, azure, outcomes, cancel, report)),
  );
  await working;
  const tryAgain = () => workOff(services, outcomes, chooseVersion);
  const isLeft = outcomes.some(({ result }) => result.kind === 'notStarted');
  const failures = outcomes.flatMap(({ result }) => (result.kind === 'failed' ? [result.diagnosis] : []));
  const rest = { title: l10n.t('Create the Rest'), run: tryAgain };
  await showOutcomes(services, outcomes, isLeft ? rest : nextStep(failures, chooseVersion, tryAgain));
}

/** Puts the results into `outcomes`: servers side by side, the keys of one server one after the other. */
async function createAll(
  services: Services,
  azure: Azure,
  outcomes: Outcome[],
  cancel: CancellationToken,
  report: (message: string) => void,
): Promise<void> {
  const missing = [...outcomes.entries()].filter(([, { result }]) => !('serverKey' in result));
  const byServer = new Map<string, [number, Outcome][]>();
  for (const entry of missing) {
    const { id } = entry[1].creation.server;
    byServer.set(id, [...(byServer.get(id) ?? []), entry]);
  }
  let done = 0;
  const tell = () => {
    report(l10n.t('{0} of {1}', done, missing.length));
  };
  tell();
  const workOn = async (entries: readonly [number, Outcome][]) => {
    for (const [i, { creation }] of entries) {
      if (cancel.isCancellationRequested) return;
      outcomes[i] = { creation, result: await create(services, azure, creation) };
      done += 1;
      tell();
    }
  };
  await pMap(byServer.values(), workOn, { concurrency: parallelServers });
}

async function create(services: Services, azure: Azure, creation: Creation): Promise<Result> {
  try {
    return await createOrFind(azure, creation);
  } catch (error) {
    return { kind: 'failed', diagnosis: await diagnoseCreation(services, creation, error) };
  }
}
