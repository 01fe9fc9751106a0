import * as l10n from '@vscode/l10n';
import { azCommand, serverValues } from '../cli/commands';
import type { Fix } from '../errors/fix';
import { shortServerKeyName } from '../keys/serverKeyName';
import { isProtectorKey } from '../keys/sameKey';
import { lines, type FixWords } from './fixWords';

export const revalidateProtector = ({ server }: Extract<Fix, { readonly kind: 'revalidateProtector' }>): FixWords => ({
  title: l10n.t('Revalidate Protector…'),
  request: l10n.t('Please revalidate the TDE protector of "{0}".', server.name),
  question: l10n.t('Revalidate the TDE protector of "{0}"?', server.name),
  detail: lines(
    l10n.t('Server: {0}, resource group {1}', server.name, server.resourceGroup),
    l10n.t(
      'Azure tries to use the key again and brings inaccessible databases back online. This takes minutes, for large databases hours.',
    ),
    lostSettings(),
    l10n.t('Changes no key and no setting of the TDE protector, so there is nothing to undo.'),
  ),
  verb: l10n.t('Revalidate'),
  progress: l10n.t('Revalidating the TDE protector of "{0}", which takes minutes…', server.name),
  command: azCommand('revalidateProtector', serverValues(server)),
});

/** What a database may have lost after the 30 minutes. Source: Azure SQL docs, "Inaccessible TDE protector". */
export const lostSettings = (): string =>
  l10n.t(
    'After an outage of more than 30 minutes, check these settings, because Azure may have lost them: failover group, elastic pool, tags, read scale-out, auto-pause, point-in-time restore, and long-term retention.',
  );

type SetProtector = Extract<Fix, { readonly kind: 'setProtector' }>;

export function setProtector(fix: SetProtector): FixWords {
  const words = wordsFor(fix);
  const { server, key, autoRotation } = fix;
  const values = serverValues(server);
  return {
    ...words,
    detail: lines(
      l10n.t('Server: {0}, resource group {1}', server.name, server.resourceGroup),
      words.detail,
      l10n.t('The databases stay online: Azure encrypts only their encryption keys again, not their data.'),
      ...olderBackups(fix),
      undoOf(fix),
    ),
    command:
      key.type === 'serviceManaged'
        ? azCommand('setServiceManagedKey', values)
        : azCommand('setProtector', { ...values, keyUri: key.uri ?? '', autoRotation: String(autoRotation) }),
  };
}

type Words = Omit<FixWords, 'command'>;

function wordsFor(fix: SetProtector): Words {
  if (fix.key.type === 'serviceManaged') return useServiceManagedKey(fix);
  if (!isProtectorKey(fix.key, fix.was)) return makeProtector(fix);
  return fix.autoRotation ? turnOnRotation(fix) : turnOffRotation(fix);
}

function makeProtector({ server, key, autoRotation }: SetProtector): Words {
  const name = shortServerKeyName(key.name);
  return {
    title: l10n.t('Make TDE Protector…'),
    request: l10n.t('Please make "{0}" the TDE protector of "{1}".', name, server.name),
    question: l10n.t('Make "{0}" the TDE protector of "{1}"?', name, server.name),
    detail: lines(
      l10n.t('Key identifier: {0}', key.uri ?? ''),
      autoRotation
        ? l10n.t('Automatic rotation: on. Azure uses a new version of the key within 24 hours.')
        : l10n.t('Automatic rotation: off.'),
    ),
    verb: l10n.t('Make TDE Protector'),
    progress: l10n.t('Setting the TDE protector of "{0}"…', server.name),
  };
}

const turnOnRotation = ({ server }: SetProtector): Words => ({
  title: l10n.t('Turn On Automatic Rotation…'),
  request: l10n.t('Please turn on automatic rotation of the TDE protector of "{0}".', server.name),
  question: l10n.t('Turn on automatic rotation of the TDE protector of "{0}"?', server.name),
  detail: l10n.t('Azure uses a new version of the key within 24 hours. The TDE protector stays the same until then.'),
  verb: l10n.t('Turn On'),
  progress: l10n.t('Turning on automatic rotation of "{0}"…', server.name),
});

const turnOffRotation = ({ server }: SetProtector): Words => ({
  title: l10n.t('Turn Off Automatic Rotation…'),
  request: l10n.t('Please turn off automatic rotation of the TDE protector of "{0}".', server.name),
  question: l10n.t('Turn off automatic rotation of the TDE protector of "{0}"?', server.name),
  detail: l10n.t(
    'Azure no longer uses new versions of the key automatically. Rotate before the current version expires.',
  ),
  verb: l10n.t('Turn Off'),
  progress: l10n.t('Turning off automatic rotation of "{0}"…', server.name),
});

const useServiceManagedKey = ({ server }: SetProtector): Words => ({
  title: l10n.t('Use Service-Managed Key…'),
  request: l10n.t('Please make the service-managed key the TDE protector of "{0}".', server.name),
  question: l10n.t('Make the service-managed key the TDE protector of "{0}"?', server.name),
  detail: l10n.t('From then on, Microsoft manages and rotates the key. The server keys stay on the server.'),
  verb: l10n.t('Use Service-Managed Key'),
  progress: l10n.t('Setting the TDE protector of "{0}"…', server.name),
});

/** What still needs the former TDE protector. Source: Azure SQL docs, "TDE with customer-managed keys". */
const olderBackups = ({ key, was }: SetProtector): readonly string[] =>
  was.type === 'serviceManaged' || isProtectorKey(key, was)
    ? []
    : [l10n.t('Keep the former key in its vault and on the server: backups and active logs still need it.')];

function undoOf({ key, was }: SetProtector): string {
  if (isProtectorKey(key, was)) return l10n.t('Can be undone: change automatic rotation again.');
  return was.type === 'serviceManaged'
    ? l10n.t('Can be undone: use the service-managed key again.')
    : l10n.t('Can be undone: make "{0}" the TDE protector again.', shortServerKeyName(was.serverKeyName));
}
