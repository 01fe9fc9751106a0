import * as l10n from '@vscode/l10n';
import { requireLogRead } from '../checks/activityLog';
import { findingsTable } from '../checks/checksDocument';
import { describeOutage } from '../checks/describeOutage';
import { commandOf } from '../checks/describeFix';
import { tryRead, type Reading } from '../checks/facts';
import { isOutage, outageCauses } from '../checks/outage';
import { lostSettings } from '../checks/protectorFixWords';
import { diagnose } from '../errors/diagnose';
import type { Finding } from '../errors/finding';
import { asCode, asText } from '../markdown';
import type { SqlServer, TdeProtector } from '../model';
import type { Azure } from '../ports';
import { listed, utcMinute } from '../text';

/** A database that its server can't open, and when it lost its key: undefined if the activity log doesn't show it. */
interface LostDatabase {
  readonly name: string;
  readonly since: Reading<Date | undefined>;
}

/** What is known about the outage of a server. */
export interface OutageFacts {
  readonly server: SqlServer;
  readonly protector: Reading<TdeProtector>;
  readonly databases: Reading<readonly LostDatabase[]>;
  /** Those of the checks of the server and its TDE protector. */
  readonly findings: readonly Finding[];
}

/** The activity log is read for at most this many databases. The others lost the same key. */
const longestList = 10;

/** How long Azure SQL waits for the key. Source: Azure SQL docs, "Inaccessible TDE protector". */
const recoveryMs = 30 * 60_000;

/** Reads which databases of a server are inaccessible, and since when. Changes nothing. */
export async function readOutage(
  { tdeProtectors, access }: Azure,
  server: SqlServer,
  now: Date,
  signal: AbortSignal,
): Promise<Omit<OutageFacts, 'findings'>> {
  const readLoss = async (database: string): Promise<Date | undefined> => {
    await requireLogRead({ access }, server, signal);
    return tdeProtectors.getLoss(server, database, now, signal);
  };
  const [protector, names] = await Promise.all([
    tryRead(tdeProtectors.get(server, signal), signal),
    tryRead(tdeProtectors.listInaccessible(server, signal), signal),
  ]);
  if (names.error) return { server, protector, databases: names };
  const databases = names.value.map(async (name, i): Promise<LostDatabase> => ({
    name,
    since: i < longestList ? await tryRead(readLoss(name), signal) : { value: undefined },
  }));
  return { server, protector, databases: { value: await Promise.all(databases) } };
}

/** The time at which the first database lost its key, if it is known. */
function firstLoss({ databases }: OutageFacts): Date | undefined {
  const times = (databases.value ?? []).flatMap(({ since }) => since.value?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** Why the server can't use its key, the causes that were found first. */
export const causesOf = ({ findings }: OutageFacts): readonly Finding[] => outageCauses(findings);

/**
 * What is inaccessible on a server, since when, why, and what to do in which order, as a Markdown document.
 * @param now when it was read
 */
export function outageGuide(facts: OutageFacts, now: Date): string {
  const { server, databases } = facts;
  return [
    `# ${asText(l10n.t('Outage guide for "{0}"', server.name))}`,
    asText(l10n.t('Read at {0}.', utcMinute(now))),
    `**${asText(headline(facts, now))}**`,
    ...(databases.value?.length ? [`## ${l10n.t('Since when')}`, sinceTable(databases.value, now)] : []),
    ...(mayBeOutage(facts) ? sectionsOfOutage(facts, now) : sectionsWithoutOutage(facts)),
    '',
  ].join('\n\n');
}

/** Whether a database is inaccessible, will be, or may be because that couldn't be read. */
export const mayBeOutage = (facts: OutageFacts): boolean =>
  facts.databases.value?.length !== 0 || causesOf(facts).length > 0;

function sectionsOfOutage(facts: OutageFacts, now: Date): readonly string[] {
  const found = problems(facts);
  return [
    `## ${l10n.t('Why')}`,
    found.length > 0 ? findingsTable(found) : l10n.t('All checks of the server and its TDE protector passed.'),
    `## ${l10n.t('What to do, in this order')}`,
    steps(facts, now),
    `## ${l10n.t('What not to do')}`,
    l10n.t(
      "Don't delete server keys or vault keys, and don't switch to the service-managed key: while a database is inaccessible, it needs the current key, and Azure refuses the switch.",
    ),
    `## ${l10n.t('What to tell Microsoft')}`,
    l10n.t('If the databases stay inaccessible after a revalidation, open a support request with this text:'),
    asCode(supportText(facts, now), 'text'),
  ];
}

/** Without an outage: what the checks found otherwise, and how to notice one. */
function sectionsWithoutOutage(facts: OutageFacts): readonly string[] {
  const found = problems(facts);
  return [
    ...(found.length > 0 ? [`## ${l10n.t('What the checks found')}`, findingsTable(found)] : []),
    `## ${l10n.t('What to do')}`,
    l10n.t('Nothing. To notice the next loss in time, set up an alert: **Copy Alert Rule…**'),
  ];
}

/** What didn't pass. The sentence about the outage itself is the headline. */
const problems = ({ findings }: OutageFacts): readonly Finding[] =>
  findings.filter(({ outcome, codes }) => outcome !== 'pass' && !codes.some(isOutage));

function headline(facts: OutageFacts, now: Date): string {
  const { server, databases } = facts;
  if (databases.error) {
    const { what, cause } = diagnose(databases.error);
    return l10n.t("The inaccessible databases couldn't be read. {0} {1}", what, cause);
  }
  const since = firstLoss(facts);
  const inaccessible = databases.value.map(({ name }) => name);
  const lost = { server: server.name, inaccessible, causes: causesOf(facts), ...(since && { since }) };
  const outage = describeOutage(lost, now);
  return outage
    ? l10n.t('{0}. {1}', outage.text, outage.detail)
    : l10n.t('No database of "{0}" is inaccessible, and the checks find no reason why one should be.', server.name);
}

function sinceTable(databases: readonly LostDatabase[], now: Date): string {
  const head = [l10n.t('Database'), l10n.t('Lost its key at'), l10n.t('Recovers automatically until')];
  const rows = databases.map(({ name, since }) => [name, sinceText(since), untilText(since.value, now)]);
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(asText))];
  const source = l10n.t('The times are those of the activity log, which shows an event 15 to 30 minutes late.');
  const isAnyKnown = databases.some(({ since }) => since.value !== undefined);
  return [lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'), ...(isAnyKnown ? [source] : [])].join('\n\n');
}

function sinceText({ value, error }: Reading<Date | undefined>): string {
  if (error) return l10n.t("not known: the activity log couldn't be read. {0}", diagnose(error).what);
  return value ? utcMinute(value) : l10n.t('not known: the activity log has no event about it');
}

function untilText(since: Date | undefined, now: Date): string {
  if (!since) return l10n.t('not known');
  const end = new Date(since.getTime() + recoveryMs);
  return end > now ? utcMinute(end) : l10n.t('ended at {0}', utcMinute(end));
}

function steps(facts: OutageFacts, now: Date): string {
  const causes = causesOf(facts);
  const since = firstLoss(facts);
  const end = since && new Date(since.getTime() + recoveryMs);
  const commands = causes.flatMap(({ fixes = [] }) => fixes.flatMap((fix) => commandOf(fix) ?? []));
  const fix =
    causes.length > 0
      ? [l10n.t('Fix what the checks found: **What to Do…** in the notification offers the fixes.')]
      : [l10n.t('The checks find no cause now. Continue with the revalidation.')];
  const wait =
    end && end > now
      ? l10n.t(
          'If the key becomes usable before {0}, wait up to an hour: the databases recover automatically.',
          utcMinute(end),
        )
      : l10n.t('Access changes can take up to 10 minutes to take effect. Then open this guide again.');
  return [
    ...fix,
    wait,
    l10n.t('Run **Revalidate Protector…**. It takes minutes even on a healthy server, and hours for large databases.'),
    lostSettings(),
    l10n.t('To notice the next loss in time, set up an alert: **Copy Alert Rule…**.'),
  ]
    .map((line, i) => `${i + 1}. ${line}`)
    .join('\n')
    .concat(
      commands.length > 0
        ? `\n\n${l10n.t('The fixes as commands:')}\n\n${asCode([...new Set(commands)].join('\n'))}`
        : '',
    );
}

/** For a support request. It has no names of people, and no accounts or tenants. */
export function supportText(facts: OutageFacts, now: Date): string {
  const { server, protector, databases, findings } = facts;
  const since = firstLoss(facts);
  const unread = l10n.t('not readable');
  const names = databases.value?.map(({ name }) => name) ?? [unread];
  return [
    l10n.t('Databases of an Azure SQL server are inaccessible because of its TDE protector.'),
    l10n.t('SQL server: {0}; region: {1}; subscription: {2}', server.name, server.location, server.subscriptionId),
    l10n.t('TDE protector: {0}', protector.value?.uri ?? protector.value?.serverKeyName ?? unread),
    l10n.t('Inaccessible databases: {0}', names.length === 0 ? l10n.t('none') : listed(names)),
    l10n.t('Lost access at {0}; read at {1}', since ? utcMinute(since) : l10n.t('an unknown time'), utcMinute(now)),
    ...findings
      .filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown')
      .map(({ text, codes: [code] }) => (code === undefined ? `- ${text}` : `- ${text} (${code})`)),
  ].join('\n');
}
