import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import { expiresSoon, expiryText } from '../keys/expiry';
import { usabilityProblems } from '../keys/keySuitability';
import { keyLabel } from '../keys/serverKeyName';
import { asText } from '../markdown';
import { listed, utcDay, utcMinute } from '../text';
import type { VaultKey } from '../vaultModel';
import type { ProtectorKey } from './describeState';
import {
  isOverdue,
  needsRotation,
  newerVersion,
  presentProblem,
  type KeyVersions,
  type VersionCheck,
} from './keyVersions';

/** What to do about a server, and how soon somebody has to act: 0 comes first. */
interface Advice {
  readonly rank: number;
  readonly text: string;
}

/**
 * The TDE protectors and the newest versions of their keys as a Markdown document, with what needs work first.
 * @param notListed what couldn't be listed, as sentences
 */
export function keyVersionsDocument(checks: readonly VersionCheck[], notListed: readonly string[], now: Date): string {
  const rows = checks
    .flatMap((check) => (check.kind === 'serviceManaged' ? [] : [{ check, advice: adviceOn(check, now) }]))
    .sort((a, b) => a.advice.rank - b.advice.rank || a.check.server.name.localeCompare(b.check.server.name))
    .map(({ check, advice }) => `| ${[check.server.name, advice.text, ...factsOf(check)].map(asText).join(' | ')} |`);
  const head = [
    l10n.t('SQL server'),
    l10n.t('What to do'),
    l10n.t('Present key'),
    l10n.t('Newest usable version'),
    l10n.t('Automatic rotation'),
  ];
  return [
    `# ${l10n.t('New key versions')}`,
    asText(l10n.t('Checked at {0}: {1}', utcMinute(now), totals(checks, now))),
    ...notListed.map(asText),
    ...(rows.length > 0 ? [[`| ${head.join(' | ')} |`, '| --- | --- | --- | --- | --- |', ...rows].join('\n')] : []),
    '',
  ].join('\n\n');
}

function totals(checks: readonly VersionCheck[], now: Date): string {
  const read = checks.filter((check) => check.kind === 'read');
  const lost = read.filter((check) => presentProblem(check, now) !== undefined).length;
  const behind = read.filter((check) => needsRotation(check, now)).length;
  const count = (kind: VersionCheck['kind']) => checks.filter((check) => check.kind === kind).length;
  const counts: readonly (readonly [number, (n: number) => string])[] = [
    [lost, (n) => (n === 1 ? l10n.t("1 server can't use its key") : l10n.t("{0} servers can't use their keys", n))],
    [behind, (n) => (n === 1 ? l10n.t('1 server needs a rotation') : l10n.t('{0} servers need a rotation', n))],
    [
      read.length - lost - behind,
      (n) => (n === 1 ? l10n.t('1 server needs no rotation') : l10n.t('{0} servers need no rotation', n)),
    ],
    [count('unread'), (n) => l10n.t('{0} could not be checked', n)],
    [
      count('serviceManaged'),
      (n) => (n === 1 ? l10n.t('1 uses the service-managed key') : l10n.t('{0} use the service-managed key', n)),
    ],
  ];
  return listed(counts.flatMap(([n, words]) => (n === 0 ? [] : [words(n)])));
}

type Shown = Exclude<VersionCheck, { readonly kind: 'serviceManaged' }>;

function factsOf(check: Shown): readonly string[] {
  if (check.kind === 'unread') return ['', '', ''];
  const { uri, key, usable, autoRotation } = check;
  const [, , , , , version = ''] = uri.split('/');
  const present = key === 'deleted' ? short(version) : versionText(key.version);
  const isPresent = usable !== undefined && newerVersion(check) === undefined;
  return [
    `${keyLabel(uri)}, ${present}`,
    isPresent ? l10n.t('the current one') : usable ? versionText(usable) : l10n.t('none'),
    autoRotation ? l10n.t('on') : l10n.t('off'),
  ];
}

const short = (version: string): string => `${version.slice(0, 4)}…${version.slice(-4)}`;

function versionText({ uri, created, expires }: VaultKey): string {
  const version = short(lastSegment(uri));
  const named = created ? l10n.t('{0} of {1}', version, utcDay(created)) : version;
  return expires ? l10n.t('{0}, expires on {1}', named, utcDay(expires)) : named;
}

function adviceOn(check: Shown, now: Date): Advice {
  if (check.kind === 'unread') {
    const { text, detail = '' } = check.finding;
    return { rank: 2, text: `${text}. ${detail}` };
  }
  const problem = presentProblem(check, now);
  if (problem !== undefined) return { rank: 0, text: lostKey(problem) };
  if (newerVersion(check)) return adviceOnNewer(check, now);
  return check.key === 'deleted' ? nothing() : adviceOnNewest(check.key, check.autoRotation, now);
}

const nothing = (): Advice => ({ rank: 4, text: l10n.t('Nothing.') });

const lostKey = (problem: string): string =>
  l10n.t(
    "The server can't use the current version: {0}. Make it usable again in the vault, revalidate the TDE protector, and rotate afterward.",
    problem,
  );

function adviceOnNewer(check: KeyVersions, now: Date): Advice {
  if (!check.autoRotation) return { rank: 1, text: l10n.t('Rotate to the newest version: Plan Key Rotation…') };
  return isOverdue(check, now)
    ? { rank: 1, text: l10n.t('Automatic rotation is overdue. To find the reason, check the key; or plan a rotation.') }
    : { rank: 4, text: l10n.t('Nothing: Azure SQL uses the newest version within 24 hours.') };
}

/** For a server that uses the newest usable version. */
function adviceOnNewest({ version, newest }: ProtectorKey, autoRotation: boolean, now: Date): Advice {
  const expiry = expiresSoon(version, now) ? expiryText(version, now) : undefined;
  if (expiry !== undefined) return { rank: 1, text: renewal(expiry, autoRotation) };
  const [problem] = usabilityProblems(newest, now);
  if (!problem) return nothing();
  const text = l10n.t("The vault's newest version can't be used: {0}. The current one still works.", problem.text);
  return { rank: 3, text };
}

const renewal = (expiry: string, autoRotation: boolean): string =>
  autoRotation
    ? l10n.t('Present version: {0}. Create a new version in the vault; Azure SQL uses it within 24 hours.', expiry)
    : l10n.t('Present version: {0}. Create a new version in the vault, and rotate to it.', expiry);
