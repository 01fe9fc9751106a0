import type { Emulator } from '../base/emulator';
import { findVaultKey, newestEnabledVersion, protectorKeyOf } from '../base/find';
import { secondariesOf } from '../base/geo';
import { same } from '../base/ids';
import { firstBroken } from '../base/rule';
import type { Database, Server, SqlResource, State } from '../base/state';
import { parseKeyIdentifier, type KeyIdentifier } from '../rules/keyIdentifier';
import { asResource } from '../rules/updateDatabaseRules';
import { vaultFacts } from '../rules/vaultFacts';
import { protectorRules } from '../rules/vaultRules';
import { addServerKey } from './serverKeys';

/**
 * Finds the version that replaces the one of a key identifier: the newest one if it existed at a time, in Unix milliseconds.
 * Many servers share a key, so the results are kept.
 */
function versionFinder({ vaults }: State, createdBy: number): (uri: string) => KeyIdentifier | undefined {
  const byUri = new Map(vaults.map((vault) => [vault.uri.toLowerCase(), vault]));
  const next = (uri: string): KeyIdentifier | undefined => {
    const current = parseKeyIdentifier(uri);
    if (!current) return undefined;
    const vault = byUri.get(`https://${current.host.toLowerCase()}`);
    const newest = newestEnabledVersion(findVaultKey(vault, current.key));
    const isNew = newest !== undefined && !same(newest.version, current.version ?? '');
    return isNew && newest.created * 1000 <= createdBy ? { ...current, version: newest.version } : undefined;
  };
  const found = new Map<string, KeyIdentifier | undefined>();
  return (uri) => {
    if (!found.has(uri)) found.set(uri, next(uri));
    return found.get(uri);
  };
}

/** Adds a key to a server that may use it, and returns its name. */
function addIfAllowed(emulator: Emulator, server: SqlResource, identifier: KeyIdentifier): string | undefined {
  const found = vaultFacts({ emulator, server, identifier, autoRotation: true });
  if (firstBroken(protectorRules, found)) return undefined;
  const { host, key, version = '' } = identifier;
  return addServerKey(found, `https://${host}/keys/${key}/${version}`).name;
}

/** Automatic rotation of the TDE protector of a database. The old key stays. */
function rotateDatabase(emulator: Emulator, server: Server, database: Database, identifier: KeyIdentifier): void {
  const { identityId, federatedClientId: application } = database;
  const identities = identityId === undefined ? [] : [identityId];
  const resource = asResource(server, database, { identities, ...(application !== undefined && { application }) });
  const found = vaultFacts({ emulator, server: resource, identifier, autoRotation: true });
  if (firstBroken(protectorRules, found)) return;
  const { host, key, version = '' } = identifier;
  const added = addServerKey(
    { ...found, server: { ...resource, keys: (database.keys ??= []) } },
    `https://${host}/keys/${key}/${version}`,
  );
  database.encryptionProtector = added.uri;
}

/**
 * Automatic rotation of TDE protectors: the new version becomes a server key of the partners, then of the server, and the
 * protector. The old server keys stay. Without the option `rotationMs`, it doesn't happen.
 */
export function rotateProtectors(emulator: Emulator, now: number): void {
  const { rotationMs } = emulator.options;
  if (rotationMs === null) return;
  const { servers, managedInstances } = emulator.state;
  const nextVersionOf = versionFinder(emulator.state, now - rotationMs);
  for (const server of [...servers, ...managedInstances]) {
    if (!server.protector.autoRotationEnabled) continue;
    const next = nextVersionOf(protectorKeyOf(server)?.uri ?? '');
    if (!next) continue;
    for (const partner of secondariesOf(emulator.state, server)) addIfAllowed(emulator, partner, next);
    const serverKeyName = addIfAllowed(emulator, server, next);
    if (serverKeyName !== undefined) server.protector = { ...server.protector, serverKeyName };
  }
  for (const server of servers) {
    for (const database of server.databases) {
      const next = database.autoRotation ? nextVersionOf(database.encryptionProtector ?? '') : undefined;
      if (next) rotateDatabase(emulator, server, database, next);
    }
  }
}
