import * as l10n from '@vscode/l10n';
import { databaseId } from '../armId';
import { serverKeyNameOf, serviceManagedKeyName, shortServerKeyName } from '../keys/serverKeyName';
import type { TdeProtector } from '../model';
import type { Change } from '../operations/change';
import { describeChange } from '../operations/operationTexts';
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
export const titleOf = (step: AnyStep): string =>
  step.kind === 'compareThumbprints'
    ? l10n.t('Compare the thumbprints of "{0}"', shortKeyName(step.keyIdentifier))
    : describeChange(changeOf(step));

/** A step as the journal has it. */
export function changeOf(step: Exclude<AnyStep, { readonly kind: 'compareThumbprints' }>): Change {
  if ('database' in step) {
    return { kind: step.kind, resource: databaseId(step.server, step.database), ...settingsOf(step) };
  }
  const keyOn = (name: string): string => `${step.server.id}/keys/${name}`;
  if (step.kind === 'revalidateProtector') return { kind: step.kind, resource: step.server.id };
  if (step.kind === 'useServiceManagedKey') {
    return { kind: 'setProtector', resource: keyOn(serviceManagedKeyName), autoRotation: false };
  }
  return { kind: step.kind, resource: keyOn(serverKeyNameOf(step.keyIdentifier)), ...settingsOf(step) };
}

const settingsOf = (step: AnyStep): Pick<Change, 'keyIdentifier' | 'autoRotation'> => ({
  ...('keyIdentifier' in step && { keyIdentifier: step.keyIdentifier }),
  ...('autoRotation' in step && { autoRotation: step.autoRotation }),
});

/** "kv_key_b7f0…", from the host, the name, and the version in a key identifier. */
export const shortKeyName = (keyIdentifier: string): string => shortServerKeyName(serverKeyNameOf(keyIdentifier));
