import { isArmError, type ArmError } from '../armError';
import { knownError } from '../errors/errorCode';
import type { Azure } from '../ports';
import { isMade, serverOf } from './change';
import type { Entry } from './entry';

/** How to wait. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Resolves when it is time to ask again, and rejects if the signal is aborted. */
  readonly pause: () => Promise<void>;
}

/**
 * Finds out how an operation ended, and changes nothing: asks its address until it has ended, then reads the resource,
 * which decides. An operation without an address, or with one that Azure has forgotten, ends with those on its server.
 * @returns the failure; undefined if the change is there
 * @throws if Azure can't be asked now
 */
export async function findEnd(azure: Azure, entry: Entry, waiting: Waiting): Promise<ArmError | undefined> {
  const { change, url } = entry;
  const { signal, pause } = waiting;
  const reported = url === undefined ? 'forgotten' : await reportedEnd(azure, url, waiting);
  const server = serverOf(change);
  for (;;) {
    if (await isMade(azure, change, signal)) return undefined;
    const isRunning =
      reported === 'forgotten' && server && (await azure.sqlServers.listRunningOperations(server, signal)).length > 0;
    if (!isRunning) return isArmError(reported) ? reported : notMade();
    await pause();
  }
}

/** The failure of a change that the resource doesn't show. */
const notMade = (): ArmError => knownError({ code: 'ChangeNotThere', message: '' });

type Reported = 'succeeded' | 'forgotten' | ArmError;

async function reportedEnd(azure: Azure, url: string, { signal, pause }: Waiting): Promise<Reported> {
  for (;;) {
    try {
      if (await azure.operations.hasSucceeded(url, signal)) return 'succeeded';
    } catch (error) {
      if (!isArmError(error)) throw error;
      if (error.inResult) return error;
      // Azure keeps the address of an operation for a day or so.
      if (error.status !== undefined && [400, 404, 410].includes(error.status)) return 'forgotten';
      throw error;
    }
    await pause();
  }
}
