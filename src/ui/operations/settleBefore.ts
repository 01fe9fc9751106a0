import { sameId } from '../../core/armId';
import type { Change } from '../../core/operations/change';
import { isOpen, type Known } from '../../core/operations/entry';
import type { Services } from '../services';
import { checkAgain, pauseBetweenQuestions } from './settle';

/**
 * Waits until it is known how earlier requests for a change ended, whichever window sent them. Sends only reads. Rejects if
 * Azure can't be asked, and as aborted with the signal.
 */
export async function settleBefore(
  services: Pick<Services, 'azure' | 'cloud' | 'journal'>,
  { kind, resource }: Change,
  signal: AbortSignal,
  pause = pauseBetweenQuestions,
): Promise<void> {
  const journal = await services.journal.get();
  const { resourceManager } = services.cloud();
  for (;;) {
    const unsettled = (await journal.list()).find(
      ({ entry }) =>
        entry.cloud === resourceManager &&
        entry.change.kind === kind &&
        sameId(entry.change.resource, resource) &&
        isUnsettled(entry),
    );
    if (!unsettled) return;
    if (unsettled.waits === 'nobody') await checkAgain(services, unsettled.entry, signal, pause);
    else await pause(signal);
    signal.throwIfAborted();
  }
}

const isUnsettled = (entry: Known['entry']): boolean =>
  isOpen(entry) || entry.state === 'unknown' || entry.state === 'stopped';
