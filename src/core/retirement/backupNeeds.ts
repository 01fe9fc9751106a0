import * as l10n from '@vscode/l10n';
import { notChecked } from '../checks/check';
import type { Finding } from '../errors/finding';
import type { LongTermBackup } from '../model';
import { listed, utcDay } from '../text';
import type { NeedFacts } from './needFacts';
import { dayMs, type LastSwitch } from './lastSwitch';

/** Until when a kind of backup needs a key. */
export interface Need {
  readonly until?: Date;
  readonly isEndless?: boolean;
  readonly findings: readonly Finding[];
}

/** A restore starts with a full backup, which Azure makes every week. Source: Azure SQL docs, "Automated backups". */
const chainDays = 7;

/** The longest retention of point-in-time backups. A dropped database doesn't show its own. */
const longestRetentionDays = 35;

const later = (time: Date, days: number): Date => new Date(time.getTime() + days * dayMs);

/** Whether a key that was created after the last change of the TDE protector has never been one. */
const wasNeverProtector = ({ key }: NeedFacts, { at }: LastSwitch): boolean =>
  key.created !== undefined && key.created.getTime() > at.getTime();

const neverProtector = (fact: string): Finding => ({
  outcome: 'pass',
  text: l10n.t("{0} don't need it: it was created after the last known change of the TDE protector", fact),
  detail: l10n.t('If it existed before, was deleted, and was created again, earlier backups may need it.'),
  codes: [],
});

/** Point-in-time backups of the databases. */
export function needOfDatabases(use: NeedFacts, switched: LastSwitch, now: Date): Need {
  const kind = l10n.t('Point-in-time backups');
  const { databases } = use;
  if (!databases.value) return { findings: [] };
  if (wasNeverProtector(use, switched)) return { findings: [neverProtector(kind)] };
  const unread = databases.value.flatMap(({ name, retentionDays }) =>
    retentionDays.error
      ? [notChecked(l10n.t('backup retention of the database "{0}"', name), retentionDays.error, [])]
      : [],
  );
  const needing = databases.value.flatMap(({ name, retentionDays: { value: days } }) =>
    days === undefined ? [] : { name, until: later(switched.at, chainDays + days) },
  );
  return needOf({ kind, needing, unread: [...switched.findings, ...unread] }, now);
}

/** Point-in-time backups of dropped databases. */
export function needOfDropped(use: NeedFacts, switched: LastSwitch, now: Date): Need {
  const kind = l10n.t('Backups of dropped databases');
  const { server, dropped } = use;
  if (dropped.error)
    return { findings: [notChecked(l10n.t('dropped databases of "{0}"', server.name), dropped.error, [])] };
  if (wasNeverProtector(use, switched)) return { findings: [neverProtector(kind)] };
  const latest = later(switched.at, chainDays + longestRetentionDays);
  const needing = dropped.value.map(({ name, dropped: time = now }) => ({
    name,
    until: earlier(later(time, longestRetentionDays), latest),
  }));
  return needOf({ kind, needing, unread: [] }, now);
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** Long-term backups from the time in which the key may have been the TDE protector. */
export function needOfLongTerm(use: NeedFacts, switched: LastSwitch, now: Date): Need {
  const kind = l10n.t('Long-term backups');
  const { server, key, longTerm } = use;
  if (longTerm.error) {
    return { findings: [notChecked(l10n.t('long-term backups of "{0}"', server.name), longTerm.error, [])] };
  }
  const end = later(switched.at, chainDays);
  const those = wasNeverProtector(use, switched)
    ? []
    : longTerm.value.filter(({ taken }) => !taken || (taken <= end && !(key.created && taken < key.created)));
  const endless = namesOf(those.filter(({ isOnHold, expires }) => isOnHold === true || !expires));
  const needing = those.flatMap(({ database, expires }) => (expires ? { name: database, until: expires } : []));
  const unread = those.some(({ isOnHold }) => isOnHold === undefined) ? [holdsNotShown(server.name)] : [];
  const { findings, ...need } = needOf({ kind, needing, unread }, now);
  return endless.length === 0 ? { ...need, findings } : { isEndless: true, findings: [onHold(endless), ...findings] };
}

const namesOf = (backups: readonly LongTermBackup[]): readonly string[] => [
  ...new Set(backups.map(({ database }) => `"${database}"`)),
];

const onHold = (databases: readonly string[]): Finding => ({
  outcome: 'warn',
  text: l10n.t('Long-term backups that never expire may need it: {0}', listed(databases)),
  detail: l10n.t("A legal hold keeps them until it is removed. Azure doesn't show which key a backup needs."),
  basis: 'documented',
  codes: [],
});

const holdsNotShown = (server: string): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: {0}', l10n.t('legal holds on the long-term backups of "{0}"', server)),
  detail: l10n.t("The API versions of this cloud don't show them."),
  codes: [],
});

interface Backups {
  /** A plural, at the start of a sentence. */
  readonly kind: string;
  readonly needing: readonly { readonly name: string; readonly until: Date }[];
  readonly unread: readonly Finding[];
}

function needOf({ kind, needing, unread }: Backups, now: Date): Need {
  const open = needing.filter(({ until }) => until > now);
  const [last] = open.toSorted((a, b) => b.until.getTime() - a.until.getTime());
  if (!last) {
    const text = l10n.t('{0} no longer need it', kind);
    return { findings: [...unread, ...(unread.length === 0 ? [{ outcome: 'pass' as const, text, codes: [] }] : [])] };
  }
  const names = listed([...new Set(open.map(({ name }) => `"${name}"`))]);
  return {
    until: last.until,
    findings: [
      {
        outcome: 'warn',
        text: l10n.t('{0} may need it until {1}: {2}', kind, utcDay(last.until), names),
        detail: l10n.t(
          "Azure doesn't show which key a backup needs. The date is calculated from the last known change of the TDE protector, the weekly full backup, and the retention. Microsoft doesn't document an exact date.",
        ),
        codes: [],
      },
      ...unread,
    ],
  };
}
