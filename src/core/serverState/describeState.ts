import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { describeOutage, type Lost } from '../checks/describeOutage';
import { day, expiresSoon, expiryText } from '../keys/expiry';
import { usabilityProblems } from '../keys/keySuitability';
import type { Lock } from '../accessModel';
import type { GeoPartner, TdeProtector } from '../model';
import type { VaultKey } from '../vaultModel';
import { listed, utcDay } from '../text';

/** What is known about a server. What hasn't been read is absent. */
export interface ServerState {
  /** The name of the server. */
  readonly server: string;
  readonly protector?: Pick<TdeProtector, 'autoRotation'>;
  /** The key of the TDE protector as its vault shows it; "deleted" if the vault doesn't have it. */
  readonly key?: ProtectorKey | 'deleted';
  /** The databases that are inaccessible. */
  readonly inaccessible?: readonly string[];
  readonly locks?: readonly Lock[];
  readonly partners?: readonly GeoPartner[];
}

/** The version of a key that is the TDE protector, and the newest version. */
export interface ProtectorKey {
  readonly version: VaultKey;
  readonly newest: VaultKey;
}

/** The state of a server in words. */
export interface StateWords {
  /** Why databases are or may become inaccessible, in a few words each. */
  readonly errors: readonly string[];
  /** What else needs attention. */
  readonly warnings: readonly string[];
  /** What is good to know. */
  readonly notes: readonly string[];
  /** The same as sentences that say what follows and what to do. */
  readonly facts: readonly string[];
  /** Whether somebody has to act within 30 days. */
  readonly isUrgent: boolean;
  /** Whether Azure SQL should have used a newer version of the key by now. */
  readonly isRotationOverdue: boolean;
}

/** A key that expires within this many days is urgent. */
const urgentDays = 30;

/** Azure SQL uses a new version within this time if automatic rotation is on. Source: Azure SQL docs, TDE key rotation. */
const rotationMs = day;

export function describeState(state: ServerState, now: Date): StateWords {
  const outage = describeOutage(lostOf(state, now), now);
  const overdue = overdueRotation(state, now);
  const warnings = [expiryOf(state, now), overdue].filter((one) => one !== undefined);
  const notes = [newerVersion(state, now), ...(state.partners ?? []).map(partnerNote), lockNote(state)].filter(
    (one) => one !== undefined,
  );
  return {
    errors: outage?.words ?? [],
    warnings: warnings.map(([words]) => words),
    notes: notes.map(([words]) => words),
    facts: [
      ...(outage ? [l10n.t('{0}. {1}', outage.text, outage.detail)] : []),
      ...[...warnings, ...notes].map(([, fact]) => fact),
    ],
    isUrgent:
      outage !== undefined || (versionOf(state)?.expires?.getTime() ?? Infinity) - now.getTime() <= urgentDays * day,
    isRotationOverdue: overdue !== undefined,
  };
}

/** Words for a row and a sentence for its tooltip. */
type Remark = readonly [string, string];

const keyOf = ({ key }: ServerState): ProtectorKey | undefined => (key === 'deleted' ? undefined : key);
const versionOf = (state: ServerState): VaultKey | undefined => keyOf(state)?.version;

/** Access to the key isn't read here, so that no cause can be ruled out. */
function lostOf(state: ServerState, now: Date): Lost {
  const { server, inaccessible = [] } = state;
  const causes = causesOf(state, now);
  return { server, inaccessible, ...(causes.length > 0 && { causes }) };
}

function causesOf(state: ServerState, now: Date): NonNullable<Lost['causes']> {
  if (state.key === 'deleted') {
    return [{ text: l10n.t('the vault no longer has the key'), codes: ['AzureKeyVaultKeyNameNotFound'] }];
  }
  const version = versionOf(state);
  if (!version) return [];
  return usabilityProblems(version, now).map(({ text, code }) => ({
    text: l10n.t('"{0}" is not suitable: {1}', version.name, text),
    codes: [code],
  }));
}

function expiryOf(state: ServerState, now: Date): Remark | undefined {
  const version = versionOf(state);
  const text = version && expiresSoon(version, now) ? expiryText(version, now) : undefined;
  return text === undefined
    ? undefined
    : [text, l10n.t('TDE protector: {0}. Renew the key before then, or the databases become inaccessible.', text)];
}

/** When the newest version was created, if it isn't the TDE protector. */
function newerSince(state: ServerState): Date | undefined {
  const key = keyOf(state);
  return key && key.newest.enabled && !sameId(key.newest.uri, key.version.uri) ? key.newest.created : undefined;
}

/**
 * Whether Azure SQL should have used a newer version by now.
 * @param since when the newer version was created
 */
export const isRotationOverdue = (autoRotation: boolean | undefined, since: Date, now: Date): boolean =>
  autoRotation === true && now.getTime() - since.getTime() > rotationMs;

function overdueRotation(state: ServerState, now: Date): Remark | undefined {
  const since = newerSince(state);
  if (!since || !isRotationOverdue(state.protector?.autoRotation, since, now)) return undefined;
  const fact = l10n.t(
    'Automatic rotation is overdue: the vault has had a newer version since {0}, and Azure SQL usually uses it within 24 hours. To see all checks and their fixes, check the key.',
    utcDay(since),
  );
  return [l10n.t('rotation overdue'), fact];
}

function newerVersion(state: ServerState, now: Date): Remark | undefined {
  const since = newerSince(state);
  if (!since || isRotationOverdue(state.protector?.autoRotation, since, now)) return undefined;
  const fact = state.protector?.autoRotation
    ? l10n.t('The vault has had a newer version since {0}. Azure SQL will use it within 24 hours.', utcDay(since))
    : l10n.t('The vault has had a newer version since {0}.', utcDay(since));
  return [l10n.t('newer version'), fact];
}

const partnerNote = ({ name, role }: GeoPartner): Remark =>
  role === 'secondary'
    ? [l10n.t('primary of {0}', name), l10n.t('Databases replicate to "{0}".', name)]
    : [l10n.t('replica of {0}', name), l10n.t('Databases replicate from "{0}".', name)];

function lockNote({ locks = [] }: ServerState): Remark | undefined {
  if (locks.length === 0) return undefined;
  const names = listed(locks.map(({ name }) => `"${name}"`));
  return locks.some(({ level }) => level === 'readOnly')
    ? [l10n.t('locked'), l10n.t('A lock makes the server read-only: {0}.', names)]
    : [l10n.t('locked'), l10n.t('A lock prevents deletions on the server: {0}.', names)];
}
