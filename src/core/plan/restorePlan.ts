import * as l10n from '@vscode/l10n';
import { asCode, asText } from '../markdown';
import { isSameKey } from '../keys/sameKey';
import type { ServerKey } from '../model';
import type { ServerPlace } from '../ports';
import { utcMinute } from '../text';
import { scriptOf } from './planCommands';
import { titleOf } from './planTexts';
import type { Step } from './rotationPlan';

/** When the keys that a restore needs were created, as far as it is known. */
export interface KeyTimes {
  readonly from?: Date;
  readonly to?: Date;
}

/** The server keys that a server lacks for the restore of another server's backup. */
export interface RestorePlan {
  readonly source: ServerPlace;
  readonly target: ServerPlace;
  readonly times: KeyTimes;
  /** The server keys of the source that a backup may need. */
  readonly needed: readonly ServerKey[];
  readonly steps: readonly Extract<Step, { readonly kind: 'createServerKey' }>[];
}

/**
 * Plans the server keys for a restore: those of the source from the time, without those that the target has. Azure compares the time
 * of creation, and doesn't show which key a backup needs. Source: Azure SQL docs, "Transparent data encryption with customer-managed
 * keys", database backup and restore.
 */
export function restorePlan(
  [source, sourceKeys]: readonly [ServerPlace, readonly ServerKey[]],
  [target, targetKeys]: readonly [ServerPlace, readonly ServerKey[]],
  times: KeyTimes = {},
): RestorePlan {
  const { from, to } = times;
  const needed = sourceKeys.filter(
    ({ type, created }) =>
      type === 'customerManaged' && !(from && created && created < from) && !(to && created && created > to),
  );
  const steps = needed
    .filter((key) => !targetKeys.some((one) => isSameKey(one, key)))
    .flatMap(({ uri }) =>
      uri === undefined ? [] : { kind: 'createServerKey' as const, server: target, keyIdentifier: uri },
    );
  return { source, target, times, needed, steps };
}

/** The plan as a Markdown document. */
export function restoreDocument({ source, target, times: { from, to }, needed, steps }: RestorePlan): string {
  const range = [
    ...(from ? [l10n.t('Created at or after {0}', utcMinute(from))] : []),
    ...(to ? [l10n.t('Created at or before {0}', utcMinute(to))] : []),
  ];
  return [
    `# ${asText(l10n.t('Keys for a restore to "{0}"', target.name))}`,
    asText(l10n.t('The backup comes from "{0}".', source.name)),
    ...range.map(asText),
    `**${asText(countText(target.name, needed.length, steps.length))}**`,
    l10n.t(
      "Azure doesn't show which key a backup needs, so the plan includes every key that it may need. The restore needs them as server keys. The TDE protector doesn't change.",
    ),
    ...(steps.length > 0
      ? [
          `## ${l10n.t('Steps')}`,
          steps.map((step, i) => `${i + 1}. ${asText(titleOf(step))}`).join('\n'),
          `## ${l10n.t('Commands (Azure CLI)')}`,
          asCode(scriptOf(steps).join('\n')),
        ]
      : []),
    `## ${l10n.t('If the restore still fails')}`,
    l10n.t(
      'A key whose server key was deleted on the source is not in this list: look for it in the vaults, and create its server key on the target. The identity of the target needs permissions on every key, and each key must be enabled in its vault.',
    ),
    '',
  ].join('\n\n');
}

function countText(target: string, needed: number, missing: number): string {
  if (needed === 0) return l10n.t('The source has no customer-managed key from that time.');
  return missing === 0
    ? l10n.t('"{0}" has all {1} keys that the restore may need.', target, needed)
    : l10n.t('"{0}" lacks {1} of {2} keys that the restore may need.', target, missing, needed);
}
