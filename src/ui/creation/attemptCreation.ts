import { l10n } from 'vscode';
import { isArmError } from '../../core/armError';
import { findServerKey, serverKeyRequest, type Creation } from '../../core/creation/creation';
import type { Result } from '../../core/creation/creationReport';
import { hasTrait } from '../../core/errors/errorCatalogue';
import { knownError } from '../../core/errors/errorCode';
import type { Azure } from '../../core/ports';
import { diagnoser } from '../failures/diagnoseCreation';
import { enterMade } from '../operations/knownEnd';
import { changeWithProgress, type Watched } from '../progress';
import type { Services } from '../services';
import type { NextAttempt } from './offerHelp';
import { retryUntilEffective } from './retryUntilEffective';

export type Registered = Extract<Result, { readonly kind: 'created' | 'found' }>;

/** Creates the server key, or finds the one with this key identifier if the server already has it. */
export async function createOrFind({ serverKeys }: Azure, creation: Creation): Promise<Registered> {
  const { server, key, existing } = creation;
  if (existing) return { kind: 'found', serverKey: existing };
  try {
    return { kind: 'created', serverKey: await serverKeys.create(server, serverKeyRequest(creation)) };
  } catch (error) {
    const found = isThereAlready(error) ? findServerKey(await serverKeys.list(server), key) : undefined;
    if (found) return { kind: 'found', serverKey: found };
    throw error;
  }
}

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

const isThereAlready = (error: unknown): boolean => isArmError(error) && hasTrait(error.code, 'alreadyThere');

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
