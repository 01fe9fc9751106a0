import * as l10n from '@vscode/l10n';
import type { TdeProtector } from '../model';
import { listed } from '../text';
import type { Step } from './rotationPlan';

/** A TDE protector in words. */
export const protectorText = ({ type, uri, serverKeyName }: TdeProtector): string =>
  type === 'serviceManaged' ? l10n.t('service-managed key') : (uri ?? serverKeyName);

/** A step as a sentence. */
export function titleOf(step: Step): string {
  switch (step.kind) {
    case 'createServerKey':
      return l10n.t('Create server key {0} on "{1}".', step.keyIdentifier, step.server.name);
    case 'compareThumbprints':
      return l10n.t(
        'Compare the thumbprints of {0} on {1}.',
        step.keyIdentifier,
        listed(step.servers.map(({ name }) => `"${name}"`)),
      );
    case 'setProtector':
      return l10n.t('Set {0} as the TDE protector of "{1}".', step.keyIdentifier, step.server.name);
  }
}

/** A step with what to know about it, as sentences. */
export function sentencesOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'createServerKey':
      return [titleOf(step)];
    case 'compareThumbprints':
      return [
        titleOf(step),
        l10n.t(
          'Continue only if they are the same on every server. Otherwise, Azure refuses the key as TDE protector.',
        ),
      ];
    case 'setProtector':
      return [
        titleOf(step),
        step.autoRotation ? l10n.t('Automatic rotation is on.') : l10n.t('Automatic rotation is off.'),
        l10n.t('Before: {0}.', protectorText(step.former)),
      ];
  }
}
