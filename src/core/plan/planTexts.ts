import * as l10n from '@vscode/l10n';
import { serverKeyNameOf, shortServerKeyName } from '../keys/serverKeyName';
import type { TdeProtector } from '../model';
import type { Step } from './rotationPlan';

/** A TDE protector in words. */
export const protectorText = ({ type, uri, serverKeyName }: TdeProtector): string =>
  type === 'serviceManaged' ? l10n.t('service-managed key') : uri ? shortKeyName(uri) : serverKeyName;

/** Notes on a step. */
export function notesOn(step: Step): readonly string[] {
  switch (step.kind) {
    case 'createServerKey':
      return [];
    case 'compareThumbprints':
      return [
        l10n.t(
          'Continue only if they are the same on every server. Otherwise, Azure refuses the key as TDE protector.',
        ),
      ];
    case 'setProtector':
      return [l10n.t('Before: {0}', protectorText(step.former))];
  }
}

/** A step in a few words, for a list or a progress notification. */
export function titleOf(step: Step): string {
  const key = shortKeyName(step.keyIdentifier);
  switch (step.kind) {
    case 'createServerKey':
      return l10n.t('Create server key "{0}" on "{1}"', key, step.server.name);
    case 'compareThumbprints':
      return l10n.t('Compare the thumbprints of "{0}"', key);
    case 'setProtector':
      return step.autoRotation
        ? l10n.t('Make "{0}" the TDE protector of "{1}" with automatic rotation', key, step.server.name)
        : l10n.t('Make "{0}" the TDE protector of "{1}" without automatic rotation', key, step.server.name);
  }
}

/** "kv_key_b7f0…", from the host, the name, and the version in a key identifier. */
export const shortKeyName = (keyIdentifier: string): string => shortServerKeyName(serverKeyNameOf(keyIdentifier));
