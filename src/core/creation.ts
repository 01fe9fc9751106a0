import * as l10n from '@vscode/l10n';
import type { Cloud } from './clouds';
import type { ChosenKey } from './keyChoice';
import { formatKeyIdentifier, type KeyIdentifier } from './keyIdentifier';
import { keySuitability } from './keySuitability';
import type { KeyVault, ServerKey, SqlServer } from './model';

/** One server key to be created on one server. */
export interface Creation {
  readonly server: SqlServer;
  readonly key: KeyIdentifier;
  /** The server key that makes it needless, because it has the same key identifier. */
  readonly existing?: ServerKey;
}

/** A server and its server keys; without them where they could not be read. */
export interface ServerState {
  readonly server: SqlServer;
  readonly keys?: readonly ServerKey[];
}

/** Every key on every server, server by server. */
export function creations(servers: readonly ServerState[], keys: readonly KeyIdentifier[]): readonly Creation[] {
  return servers.flatMap(({ server, keys: serverKeys = [] }) =>
    keys.map((key) => {
      const existing = findServerKey(serverKeys, key);
      return { server, key, ...(existing && { existing }) };
    }),
  );
}

/** The server key with this key identifier. Neither casing nor port nor slashes at the end tell identifiers apart. */
export function findServerKey(serverKeys: readonly ServerKey[], key: KeyIdentifier): ServerKey | undefined {
  const wanted = formatKeyIdentifier(key).toLowerCase();
  return serverKeys.find(({ uri }) => uri?.toLowerCase().replace(':443/', '/').replace(/\/+$/, '') === wanted);
}

/** Something that may keep a server key from working, and which of the choices it is about. */
export interface Warning {
  readonly about: 'server' | 'vault' | 'key';
  /** One sentence without its full stop. */
  readonly text: string;
}

interface Choices {
  readonly servers: readonly ServerState[];
  readonly keys: readonly ChosenKey[];
  /** Where the keys are; absent where only their identifiers are known. */
  readonly vault?: KeyVault | undefined;
}

/** What is known to speak against these choices. The service may still take them. */
export function warnings({ servers, keys, vault }: Choices, cloud: Cloud, now: Date): readonly Warning[] {
  const vaultWarnings =
    vault && !vault.purgeProtection ? [l10n.t('Purge protection of "{0}" is off: TDE needs it', vault.name)] : [];
  const keyWarnings = keys.flatMap(({ id, facts }) => {
    if (!facts) return [];
    const { reasons, warnings: minor } = keySuitability(facts, now, cloud);
    return [
      ...reasons.map((reason) => l10n.t('"{0}" is not suitable: {1}', id.name, reason)),
      ...minor.map((warning) => `"${id.name}": ${warning}`),
    ];
  });
  const serverWarnings = servers
    .filter(({ keys: serverKeys }) => serverKeys === undefined)
    .map(({ server }) =>
      l10n.t('The server keys of "{0}" can\'t be read: whether this one is there already is not known', server.name),
    );
  return [
    ...keyWarnings.map((text) => ({ about: 'key' as const, text })),
    ...vaultWarnings.map((text) => ({ about: 'vault' as const, text })),
    ...serverWarnings.map((text) => ({ about: 'server' as const, text })),
  ];
}
