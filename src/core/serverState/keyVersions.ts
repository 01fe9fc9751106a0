import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { notChecked, type World } from '../checks/check';
import { tryRead } from '../checks/facts';
import type { Finding } from '../errors/finding';
import { keySuitability, usabilityProblems } from '../keys/keySuitability';
import type { SqlServer, TdeProtector } from '../model';
import type { Azure } from '../ports';
import type { VaultKey } from '../vaultModel';
import { isRotationOverdue, type ProtectorKey } from './describeState';
import type { ProtectorKeys } from './protectorKey';

/** A TDE protector, and the version of its key that it could use. */
export interface KeyVersions {
  readonly kind: 'read';
  readonly server: SqlServer;
  readonly uri: string;
  readonly autoRotation: boolean;
  /** The newest version is the newest one in the vault; "deleted" if the vault doesn't have the current version. */
  readonly key: ProtectorKey | 'deleted';
  /** The newest version that TDE can use, if there is one. */
  readonly usable?: VaultKey;
}

/** What was found about the TDE protector of one server. */
export type VersionCheck =
  | KeyVersions
  | { readonly kind: 'serviceManaged'; readonly server: SqlServer }
  | { readonly kind: 'unread'; readonly server: SqlServer; readonly finding: Finding };

/** Compares the TDE protector of a server with the versions of its key. Rejects only if the signal is aborted. */
export async function checkVersions(
  { tdeProtectors }: Pick<Azure, 'tdeProtectors'>,
  keys: ProtectorKeys,
  server: SqlServer,
  world: Pick<World, 'cloud' | 'now'>,
  signal: AbortSignal,
): Promise<VersionCheck> {
  const protector = await tryRead(tdeProtectors.get(server, signal), signal);
  if (protector.error) {
    const fact = l10n.t('TDE protector of "{0}"', server.name);
    return { kind: 'unread', server, finding: notChecked(fact, protector.error, []) };
  }
  const { type, uri = '' } = protector.value;
  if (type === 'serviceManaged') return { kind: type, server };
  const found = await tryRead(readKey(keys, uri, world, signal), signal);
  if (found.error) return { kind: 'unread', server, finding: notChecked(uri, found.error, []) };
  return found.value
    ? ofProtector(server, protector.value, found.value)
    : { kind: 'unread', server, finding: unseen(uri) };
}

type Found = Pick<KeyVersions, 'key' | 'usable'>;

const ofProtector = (server: SqlServer, { uri = '', autoRotation }: TdeProtector, found: Found): KeyVersions => ({
  kind: 'read',
  server,
  uri,
  autoRotation,
  ...found,
});

/** Lists the versions only if the newest one can't be used. */
async function readKey(
  keys: ProtectorKeys,
  uri: string,
  { now, cloud }: Pick<World, 'cloud' | 'now'>,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const key = await keys.read(uri, signal);
  if (!key || key === 'deleted') return key && { key };
  const isUsable = (version: VaultKey) => keySuitability(version, now, cloud).suitable;
  if (isUsable(key.newest)) return { key, usable: key.newest };
  const usable = (await keys.listVersions(uri, signal)).find(isUsable);
  return { key, ...(usable && { usable }) };
}

const unseen = (uri: string): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: {0}', uri),
  detail: l10n.t("The vault isn't in a subscription that your account can see."),
  codes: [],
});

/** The newest usable version, if it isn't the TDE protector. */
export function newerVersion({ key, usable }: KeyVersions): VaultKey | undefined {
  return key !== 'deleted' && usable && !sameId(usable.uri, key.version.uri) ? usable : undefined;
}

/** Why the server can't use the current version, which a rotation needs. */
export function presentProblem({ key }: KeyVersions, now: Date): string | undefined {
  if (key === 'deleted') return l10n.t('deleted');
  return usabilityProblems(key.version, now)[0]?.text;
}

/** Whether the user has to rotate: a newer version is usable, and Azure SQL doesn't use it by itself. */
export const needsRotation = (check: KeyVersions, now: Date): boolean =>
  presentProblem(check, now) === undefined &&
  newerVersion(check) !== undefined &&
  (!check.autoRotation || isOverdue(check, now));

/** Whether Azure SQL should have used the newest usable version by now. */
export function isOverdue(check: KeyVersions, now: Date): boolean {
  const created = newerVersion(check)?.created;
  return created !== undefined && isRotationOverdue(check.autoRotation, created, now);
}
