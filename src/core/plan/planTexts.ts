import * as l10n from '@vscode/l10n';
import { serverKeyNameOf, shortServerKeyName } from '../keys/serverKeyName';
import type { TdeProtector } from '../model';
import type { AnyStep } from './singleStep';

/** A TDE protector in words. */
export const protectorText = ({ type, uri, serverKeyName }: TdeProtector): string =>
  type === 'serviceManaged' ? l10n.t('service-managed key') : uri ? shortKeyName(uri) : serverKeyName;

/** Notes on a step. */
export function notesOn(step: AnyStep): readonly string[] {
  switch (step.kind) {
    case 'compareThumbprints':
      return [
        l10n.t(
          'Continue only if they are the same on every server. Otherwise, Azure refuses the key as TDE protector.',
        ),
      ];
    case 'setProtector':
    case 'useServiceManagedKey':
      return [l10n.t('Before: {0}', protectorText(step.former))];
    case 'setDatabaseProtector':
    case 'revertDatabase':
      return step.former ? [l10n.t('Before: {0}', shortKeyName(step.former.uri))] : [];
    case 'createServerKey':
    case 'revalidateProtector':
    case 'deleteServerKey':
    case 'addDatabaseKey':
    case 'revalidateDatabase':
      return [];
  }
}

/** A step in a few words, for a list or a progress notification. */
export function titleOf(step: AnyStep): string {
  const key = 'keyIdentifier' in step ? shortKeyName(step.keyIdentifier) : '';
  switch (step.kind) {
    case 'createServerKey':
      return l10n.t('Create server key "{0}" on "{1}"', key, step.server.name);
    case 'compareThumbprints':
      return l10n.t('Compare the thumbprints of "{0}"', key);
    case 'setProtector':
      return step.autoRotation
        ? l10n.t('Make "{0}" the TDE protector of "{1}" with automatic rotation', key, step.server.name)
        : l10n.t('Make "{0}" the TDE protector of "{1}" without automatic rotation', key, step.server.name);
    case 'useServiceManagedKey':
      return l10n.t('Make the service-managed key the TDE protector of "{0}"', step.server.name);
    case 'revalidateProtector':
      return l10n.t('Revalidate the TDE protector of "{0}"', step.server.name);
    case 'deleteServerKey':
      return l10n.t('Delete the server key "{0}" from "{1}"', key, step.server.name);
    case 'setDatabaseProtector': {
      const names = [key, step.database, step.server.name];
      return step.autoRotation
        ? l10n.t('Make "{0}" the TDE protector of the database "{1}" on "{2}" with automatic rotation', ...names)
        : l10n.t('Make "{0}" the TDE protector of the database "{1}" on "{2}" without automatic rotation', ...names);
    }
    case 'addDatabaseKey':
      return l10n.t('Add the key "{0}" to the database "{1}" on "{2}"', key, step.database, step.server.name);
    case 'revalidateDatabase':
      return l10n.t('Revalidate the key of the database "{0}" on "{1}"', step.database, step.server.name);
    case 'revertDatabase':
      return l10n.t('Make the database "{0}" use the TDE protector of "{1}"', step.database, step.server.name);
  }
}

/** "kv_key_b7f0…", from the host, the name, and the version in a key identifier. */
export const shortKeyName = (keyIdentifier: string): string => shortServerKeyName(serverKeyNameOf(keyIdentifier));
