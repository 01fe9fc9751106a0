import { l10n } from 'vscode';
import { idKey } from '../../core/armId';
import { serversOf } from '../../core/operations/change';
import type { Entry, Journal } from '../../core/operations/entry';
import { describeChange } from '../../core/operations/operationTexts';
import type { ServerPlace } from '../../core/ports';
import { confirm } from '../messages';
import { pause, readWithProgress } from '../progress';
import type { Services } from '../services';

/** Time between two looks into the journal, in milliseconds. */
const intervalMs = 1000;

/**
 * Waits, with the user's consent, until no other window changes one of these servers: Azure SQL runs one operation on a
 * server at a time, and a new one may interrupt it.
 * @returns false if the user doesn't want to wait
 */
export async function waitForTurn(services: Services, servers: readonly ServerPlace[]): Promise<boolean> {
  const known = await services.journal.get();
  const ids = new Set(servers.map(({ id }) => idKey(id)));
  for (let other = await otherChange(known, ids); other; other = await otherChange(known, ids)) {
    const name = serversOf(other.change).find(({ id }) => ids.has(idKey(id)))?.name ?? '';
    const question = l10n.t('Another window is changing "{0}". Wait until it has finished?', name);
    if (!(await confirm(question, `${describeChange(other.change)}.`, l10n.t('Wait')))) return false;
    const title = l10n.t('Waiting for another window to finish its change of "{0}"…', name);
    const isFinished = await readWithProgress(services, title, async ({ signal }) => {
      while (await otherChange(known, ids)) await pause(intervalMs, signal);
      return true;
    });
    if (!isFinished) return false;
  }
  return true;
}

async function otherChange(journal: Journal, servers: ReadonlySet<string>): Promise<Entry | undefined> {
  const known = await journal.list();
  const isOnOne = ({ change }: Entry): boolean => serversOf(change).some(({ id }) => servers.has(idKey(id)));
  return known.find(({ entry, waits }) => waits === 'otherWindow' && isOnOne(entry))?.entry;
}
