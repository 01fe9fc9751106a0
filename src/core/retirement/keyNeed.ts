import * as l10n from '@vscode/l10n';
import { notChecked } from '../checks/check';
import { deletionCheck, partnerFindings } from '../checks/deletionCheck';
import type { Finding } from '../errors/finding';
import { lastSwitch } from './lastSwitch';
import { needOfDatabases, needOfDropped, needOfLongTerm, type Need } from './backupNeeds';
import type { NeedFacts } from './needFacts';
import { isProtectorKey, isSameKey, isServerKeyOf } from '../keys/sameKey';

/**
 * Whether something still needs a server key. Azure doesn't show all that may: neither the active log of a database, nor the key of
 * a backup, nor servers that the account can't see.
 */
export type Verdict =
  /** As a TDE protector, or as the key of a database. */
  | { readonly kind: 'inUse' }
  /** Without `until`, without end. `isAtLeast`: something that couldn't be read may need it longer. */
  | { readonly kind: 'neededUntil'; readonly until?: Date; readonly isAtLeast: boolean }
  /** What could be read doesn't need it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'noKnownNeed' };

export interface KeyNeed {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * Judges what was read. Sources: Azure SQL docs, "Transparent data encryption with customer-managed keys" (keep earlier keys until
 * all backups come from later ones) and "Automated backups" (a restore needs the weekly full backup before its time).
 */
export function keyNeed(use: NeedFacts, now: Date): KeyNeed {
  const current = currentUses(use);
  if (use.protector.value && isProtectorKey(use.key, use.protector.value)) {
    return { verdict: { kind: 'inUse' }, findings: [...current, laterBackups()] };
  }
  const switched = lastSwitch(use, now);
  const needs = [needOfDatabases, needOfDropped, needOfLongTerm].map((need) => need(use, switched, now));
  const findings = [...current, ...needs.flatMap((need) => need.findings)];
  return { verdict: isProtectorOfPartner(use) ? { kind: 'inUse' } : verdictOf(findings, needs), findings };
}

/** Azure guards only the key of a primary. After a failover, the server needs that of a replica, too. */
const isProtectorOfPartner = ({ key, partners }: NeedFacts): boolean =>
  partners.value?.some(
    ({ protector }) => protector?.value?.type === 'customerManaged' && isSameKey(key, protector.value),
  ) ?? false;

function verdictOf(findings: readonly Finding[], needs: readonly Need[]): Verdict {
  if (findings.some(({ outcome }) => outcome === 'fail')) return { kind: 'inUse' };
  const isIncomplete = findings.some(({ outcome }) => outcome === 'unknown');
  if (needs.some(({ isEndless }) => isEndless)) return { kind: 'neededUntil', isAtLeast: isIncomplete };
  const times = needs.flatMap(({ until }) => until?.getTime() ?? []);
  if (times.length > 0) return { kind: 'neededUntil', until: new Date(Math.max(...times)), isAtLeast: isIncomplete };
  return { kind: isIncomplete ? 'unknown' : 'noKnownNeed' };
}

/** The uses that Azure itself guards, and those of databases. */
function currentUses(use: NeedFacts): readonly Finding[] {
  const { server, key, protector, partners, databases } = use;
  const own = protector.error
    ? notChecked(l10n.t('TDE protector of "{0}"', server.name), protector.error, [])
    : deletionCheck(server, key, protector.value);
  return [
    ...(own ? [own] : [notProtector(server.name)]),
    ...partnerFindings(key, partners),
    ...(databases.error ? [notChecked(l10n.t('databases of "{0}"', server.name), databases.error, [])] : []),
    ...databaseUses(use),
  ];
}

const laterBackups = (): Finding => ({
  outcome: 'warn',
  text: l10n.t('Every backup made while it is the TDE protector needs it for as long as the backup is kept'),
  basis: 'documented',
  codes: [],
});

const notProtector = (server: string): Finding => ({
  outcome: 'pass',
  text: l10n.t('It isn\'t the TDE protector of "{0}"', server),
  codes: [],
});

function databaseUses({ key, databases }: NeedFacts): readonly Finding[] {
  return (databases.value ?? []).flatMap(({ name, status, ownKeys }): readonly Finding[] => [
    ...(/^inaccessible$/i.test(status) ? [inaccessible(name)] : []),
    ...(ownKeys?.error ? [notChecked(l10n.t('keys of the database "{0}"', name), ownKeys.error, [])] : []),
    ...(ownKeys?.value?.some((uri) => isServerKeyOf(uri)(key)) ? [ownKey(name)] : []),
  ]);
}

const inaccessible = (database: string): Finding => ({
  outcome: 'fail',
  text: l10n.t('The database "{0}" is inaccessible, and Azure doesn\'t show which key it needs', database),
  detail: l10n.t('Make the database accessible first.'),
  codes: [],
});

const ownKey = (database: string): Finding => ({
  outcome: 'fail',
  text: l10n.t('It is a database-level key of "{0}"', database),
  detail: l10n.t('Give the database another key first. It needs the vault key even if the server key is deleted.'),
  codes: [],
});
