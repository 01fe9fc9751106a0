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

/** A server and its server keys, or in one sentence why they can't be read. */
export interface ServerState {
  readonly server: SqlServer;
  readonly keys?: readonly ServerKey[];
  readonly problem?: string;
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
  readonly detail?: string;
}

interface Choices {
  readonly servers: readonly ServerState[];
  readonly keys: readonly ChosenKey[];
  /** Where the keys are; absent where only their identifiers are known. */
  readonly vault?: KeyVault | undefined;
}

/** What is known to speak against these choices. The service may still take them. */
export function warnings({ servers, keys, vault }: Choices, cloud: Cloud, now: Date): readonly Warning[] {
  const isUnprotected = vault !== undefined && !vault.purgeProtection;
  return [
    ...keys.flatMap((key) => keyWarnings(key, cloud, now)).map((text) => ({ about: 'key' as const, text })),
    ...(isUnprotected
      ? [{ about: 'vault' as const, text: l10n.t('Purge protection of "{0}" is off: TDE needs it', vault.name) }]
      : []),
    ...servers.flatMap(({ server, problem }) =>
      problem === undefined
        ? []
        : [
            {
              about: 'server' as const,
              text: l10n.t('The server keys of "{0}" can\'t be read', server.name),
              detail: problem,
            },
          ],
    ),
  ];
}

function keyWarnings({ id, facts }: ChosenKey, cloud: Cloud, now: Date): string[] {
  if (facts === 'missing') {
    return [
      id.version === undefined
        ? l10n.t('"{0}" has no key "{1}"', id.vault, id.name)
        : l10n.t('"{0}" has no key "{1}" with this version', id.vault, id.name),
    ];
  }
  if (!facts) return [];
  const { reasons, warnings: minor } = keySuitability(facts, now, cloud);
  return [
    ...reasons.map((reason) => l10n.t('"{0}" is not suitable: {1}', id.name, reason)),
    ...minor.map((warning) => `"${id.name}": ${warning}`),
  ];
}
