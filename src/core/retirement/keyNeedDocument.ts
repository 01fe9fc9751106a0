import * as l10n from '@vscode/l10n';
import { logQueries } from '../checks/logQueries';
import { findingsTable } from '../checks/checksDocument';
import { worstFirst } from '../errors/finding';
import { shortServerKeyName } from '../keys/serverKeyName';
import { asCode, asText } from '../markdown';
import { utcDay, utcMinute } from '../text';
import type { KeyNeed, Verdict } from './keyNeed';
import type { NeedFacts } from './needFacts';

/** The verdict in a few words. @internal */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'inUse':
      return l10n.t('in use');
    case 'neededUntil':
      if (!verdict.until) return l10n.t('needed, without an end date');
      return verdict.isAtLeast
        ? l10n.t('needed until at least {0}', utcDay(verdict.until))
        : l10n.t('needed until {0}', utcDay(verdict.until));
    case 'unknown':
      return l10n.t("couldn't check");
    case 'noKnownNeed':
      return l10n.t('no known need');
  }
}

/** The verdict and its reasons in one paragraph, for a document about all keys of a server. */
export function needInShort({ verdict, findings }: KeyNeed): string {
  const reasons = worstFirst(findings).flatMap(({ outcome, text }) =>
    outcome === 'pass' ? [] : [text.replace(/\.$/, '')],
  );
  const words = verdictWords(verdict);
  return reasons.length === 0
    ? l10n.t('Is this key still needed? Verdict: {0}.', words)
    : l10n.t('Is this key still needed? Verdict: {0}. {1}.', words, reasons.join('. '));
}

/** The verdict in a sentence or two. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'inUse':
      return l10n.t('The server key is in use.');
    case 'neededUntil':
      return neededUntil(verdict.until && utcDay(verdict.until), verdict.isAtLeast);
    case 'unknown':
      return l10n.t("It isn't known whether something needs the server key, because not everything could be read.");
    case 'noKnownNeed':
      return l10n.t('Nothing that Azure shows needs the server key. Check the active log of each database, too.');
  }
}

function neededUntil(day: string | undefined, isAtLeast: boolean): string {
  if (day === undefined) return l10n.t('Backups that never expire may need the server key.');
  return isAtLeast
    ? l10n.t('Backups may need the server key until {0} or longer, because not everything could be read.', day)
    : l10n.t('Backups may need the server key until {0}.', day);
}

const whatToRead = (): string =>
  l10n.t(
    'To read the rest, you need a role such as Reader on the resource group of the server, and on the subscription for the long-term backups. A replica in another subscription needs the same there. Then check again.',
  );

/**
 * What still needs a server key, as a Markdown document.
 * @param at when it was read
 */
export function keyNeedDocument(
  { server, key }: Pick<NeedFacts, 'server' | 'key'>,
  { verdict, findings }: KeyNeed,
  at: Date,
): string {
  return [
    `# ${asText(l10n.t('Is server key "{0}" of "{1}" still needed?', shortServerKeyName(key.name), server.name))}`,
    `**${asText(verdictSentence(verdict))}**`,
    asText(l10n.t('Verdict: {0}. Read at {1}.', verdictWords(verdict), utcMinute(at))),
    findingsTable(findings),
    ...(findings.some(({ outcome }) => outcome === 'unknown') ? [whatToRead()] : []),
    `## ${l10n.t('What Azure does not show')}`,
    l10n.t(
      "The active log of a database may need an earlier key, and servers that your account can't see may use the vault key. These queries show what the databases of this server need:",
    ),
    asCode(logQueries(key), 'sql'),
    `## ${l10n.t('Before you delete it')}`,
    l10n.t(
      "Deleting a server key doesn't delete its vault key, and you can create the server key again to restore a backup. Without the vault key, no backup that needs it can be restored: keep the vault key, and don't disable or purge it, for as long as a backup may need it.",
    ),
    '',
  ].join('\n\n');
}
