import type { Emulator } from '../base/emulator';
import { findVaultByHost, findVaultKey, newestEnabledVersion, protectorKeyOf } from '../base/find';
import { secondariesOf } from '../base/geo';
import { same } from '../base/ids';
import { firstBroken } from '../base/rule';
import type { SqlResource } from '../base/state';
import { parseKeyIdentifier, type KeyIdentifier } from '../rules/keyIdentifier';
import { vaultFacts } from '../rules/vaultFacts';
import { protectorRules } from '../rules/vaultRules';
import { addServerKey } from './serverKeys';

/** The key identifier of the version to rotate to: the newest one if it existed at a time, in Unix milliseconds. */
function nextVersion({ state }: Emulator, server: SqlResource, createdBy: number): KeyIdentifier | undefined {
  const current = parseKeyIdentifier(protectorKeyOf(server)?.uri ?? '');
  if (!current) return undefined;
  const newest = newestEnabledVersion(findVaultKey(findVaultByHost(state, current.host), current.key));
  const isNew = newest !== undefined && !same(newest.version, current.version ?? '');
  return isNew && newest.created * 1000 <= createdBy ? { ...current, version: newest.version } : undefined;
}

/** Adds a key to a server that may use it, and returns its name. */
function addIfAllowed(emulator: Emulator, server: SqlResource, identifier: KeyIdentifier): string | undefined {
  const found = vaultFacts({ emulator, server, identifier, autoRotation: true });
  if (firstBroken(protectorRules, found)) return undefined;
  const { host, key, version = '' } = identifier;
  return addServerKey(found, `https://${host}/keys/${key}/${version}`).name;
}

/**
 * Automatic rotation of TDE protectors: the new version becomes a server key of the partners, then of the server, and the
 * protector. The old server keys stay. Without the option `rotationMs`, it doesn't happen.
 */
export function rotateProtectors(emulator: Emulator, now: number): void {
  const { rotationMs } = emulator.options;
  if (rotationMs === null) return;
  const { servers, managedInstances } = emulator.state;
  for (const server of [...servers, ...managedInstances]) {
    if (!server.protector.autoRotationEnabled) continue;
    const next = nextVersion(emulator, server, now - rotationMs);
    if (!next) continue;
    for (const partner of secondariesOf(emulator.state, server)) addIfAllowed(emulator, partner, next);
    const serverKeyName = addIfAllowed(emulator, server, next);
    if (serverKeyName !== undefined) server.protector = { ...server.protector, serverKeyName };
  }
}
