import { isArmError, type ArmError } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import { changeNotThere, isNeverSent } from './gateway/failures';

/**
 * Makes a change whose result is never guessed. If Azure accepted the request, or may have, and a failure then hides the
 * result, reads the resource once more.
 * @param change sends the request before it reads anything
 * @param readBack resolves to the result; undefined if the resource doesn't show the change
 * @throws the failure, if it or the resource shows that nothing changed; "OutcomeUnknown" if the result stays unknown
 */
export async function settled<T>(change: () => Promise<T>, readBack: () => Promise<T | undefined>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!isArmError(error) || !hidesResult(error)) throw error;
    const result = await readBack().catch(unreadable);
    if (result === undefined && isAnswered(error)) throw error;
    if (result !== undefined && result !== unread) return result;
    throw knownError({ code: 'OutcomeUnknown', message: `${error.code}: ${error.message}` }, { cause: error });
  }
}

/**
 * Makes a change and verifies it by reading.
 * @param absent the failure if the resource doesn't show the change
 * @throws as `settled` does
 */
export async function verified(
  change: () => Promise<unknown>,
  isThere: () => Promise<boolean>,
  absent = changeNotThere,
): Promise<void> {
  const changeAndRead = async () => {
    await change();
    return isThere();
  };
  if (!(await settled(changeAndRead, async () => (await isThere()) || undefined))) throw absent();
}

function hidesResult(error: ArmError): boolean {
  const { inResult, method, status } = error;
  if (inResult) return false;
  if (method === undefined) return hasCode(error, 'RequestTimeout', 'UnexpectedAnswer');
  // Azure accepted the request if a later read, such as a poll, fails.
  if (method === 'GET' || isAnswered(error)) return true;
  if (status !== undefined) return status < 300;
  return hasCode(error, 'RequestTimeout', 'UnexpectedAnswer', 'ConnectionFailed') && !isNeverSent(error);
}

/** Whether the change itself failed in Azure, in a way that may nevertheless have changed something. */
const isAnswered = ({ method, status }: ArmError): boolean =>
  method !== 'GET' && status !== undefined && [408, 500, 502, 504].includes(status);

const unread = Symbol('unread');

/** The failure of the change is the one to report. On Cancel, the wait ends. */
function unreadable(error: unknown): typeof unread {
  if (isArmError(error)) return unread;
  throw error;
}
