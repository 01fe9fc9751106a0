import { l10n } from 'vscode';
import { createOrFind, type Registered } from '../../core/creation/createAll';
import { findServerKey, type Creation } from '../../core/creation/creation';
import type { Result } from '../../core/creation/creationReport';
import { knownError } from '../../core/errors/errorCode';
import { diagnoser } from '../failures/diagnoseCreation';
import { enterMade } from '../operations/knownEnd';
import { changeWithProgress, type Watched } from '../progress';
import type { Services } from '../services';
import type { NextAttempt } from './offerHelp';
import { retryUntilEffective } from './retryUntilEffective';

/** Reads whether the server key exists now, after a creation whose result is not known. */
export async function findCreated(services: Services, { server, key }: Creation): Promise<Registered> {
  const { serverKeys } = await services.azure.get();
  const serverKey = findServerKey(await serverKeys.list(server), key);
  if (serverKey) {
    await enterMade(services, { kind: 'createServerKey', resource: serverKey.id });
    return { kind: 'created', serverKey };
  }
  const operation = { name: 'create server key', resource: server.id };
  throw knownError({ code: 'OutcomeUnknown', message: '', operation });
}

/** Tries to create one server key, and shows progress until it is created or its failure is diagnosed. */
export async function attemptCreation(
  services: Services,
  creation: Creation,
  { awaitedCode, isCheck }: NextAttempt,
): Promise<Watched<Result>> {
  const azure = await services.azure.get();
  const create = () => (isCheck ? findCreated(services, creation) : createOrFind(azure, creation));
  if (creation.existing) return { isCanceled: false, end: create() };
  const { title, stopped } = wordsFor(creation, awaitedCode !== undefined);
  let isFailed = false;
  return changeWithProgress(
    services,
    title,
    () => (isFailed ? undefined : stopped),
    async (progress): Promise<Result> => {
      try {
        const created = awaitedCode === undefined ? create() : retryUntilEffective(create, awaitedCode, progress);
        return (await created) ?? { kind: 'notStarted' };
      } catch (error) {
        isFailed = true;
        progress.report(l10n.t('failed, finding the cause'));
        return { kind: 'failed', diagnosis: await diagnoser(services, progress.signal)({ creation, error }) };
      }
    },
  );
}

function wordsFor({ server: { name } }: Creation, isRetried: boolean): { title: string; stopped: string } {
  return isRetried
    ? {
        title: l10n.t('Creating the server key on "{0}"; the change may take up to 10 minutes to take effect…', name),
        stopped: l10n.t('Stopped trying. Create the server key again in a few minutes.'),
      }
    : {
        title: l10n.t('Creating the server key on "{0}"…', name),
        stopped: l10n.t('Stopped waiting. Azure may still create the server key; the tree shows the result.'),
      };
}
