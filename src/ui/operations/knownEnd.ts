import { l10n } from 'vscode';
import { sameId } from '../../core/armId';
import { ArmError, isArmError } from '../../core/armError';
import { hasCode } from '../../core/errors/errorCode';
import type { Change } from '../../core/operations/change';
import type { Entry } from '../../core/operations/entry';
import { notifyFailure } from '../failures/notifyFailure';
import { logFailure } from '../failures/report';
import type { Action } from '../messages';
import { readWithProgress } from '../progress';
import type { Services } from '../services';
import { checkAgain } from './settle';

/** Which change to look for in the journal. */
type Wanted = Pick<Change, 'kind' | 'resource'>;

/**
 * Waits for the end of a change. If its result isn't known, offers to read it again until it is.
 * @param other what else to offer
 * @returns whether the change has been made; rejects with the failure if it has been refused
 */
export async function knownEnd(
  services: Services,
  wanted: Wanted,
  end: Promise<unknown>,
  ...other: readonly Action<boolean>[]
): Promise<boolean> {
  try {
    await end;
    return true;
  } catch (error) {
    if (!isArmError(error) || !hasCode(error, 'OutcomeUnknown', 'ChangeNotThere')) throw error;
    const check = {
      title: l10n.t('Check Again'),
      run: () => knownEnd(services, wanted, read(services, wanted, error), ...other),
    };
    return (await notifyFailure(services, logFailure(services, error), check, ...other)) ?? false;
  }
}

/** Reads whether the change is there. Rejects with the failure that is known now. */
async function read(services: Services, wanted: Wanted, before: ArmError): Promise<void> {
  const entry = await lastEntry(services, wanted);
  if (!entry) throw before;
  const checked = await readAgain(services, entry).catch((error: unknown) => {
    // The result of the change still isn't known, whatever prevents the read.
    throw isArmError(error) ? before : error;
  });
  if (!checked) throw before;
  const { operation } = before;
  if (checked.failure) throw new ArmError({ ...checked.failure, ...(operation && { operation }) });
}

/** Reads whether a change is there, while progress is shown. @returns undefined on Cancel */
export function readAgain(services: Services, entry: Entry): Promise<Entry | undefined> {
  const title = l10n.t('Reading whether Azure has made the change…');
  return readWithProgress(services, title, ({ signal }) => checkAgain(services, entry, signal));
}

async function lastEntry({ journal }: Services, { kind, resource }: Wanted): Promise<Entry | undefined> {
  const known = await (await journal.get()).list();
  return known.find(({ entry: { change } }) => change.kind === kind && sameId(change.resource, resource))?.entry;
}

/** Enters that a change has been made whose result was unknown. */
export async function enterMade(services: Services, wanted: Wanted): Promise<void> {
  const entry = await lastEntry(services, wanted);
  if (entry?.state === 'unknown') await (await services.journal.get()).save({ ...entry, state: 'succeeded' });
}
