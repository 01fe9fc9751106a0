import * as l10n from '@vscode/l10n';
import { notChecked } from '../checks/check';
import type { Finding } from '../errors/finding';
import type { NeedFacts } from './needFacts';

export const dayMs = 24 * 3_600_000;

/** How far back the activity log reaches. */
const logDays = 90;

/** When a key was last the TDE protector, at the latest. */
export interface LastSwitch {
  readonly at: Date;
  /** Why it isn't known better. */
  readonly findings: readonly Finding[];
}

/**
 * Azure doesn't show when a key stopped being the TDE protector, so this is an upper bound, not documented by Microsoft: the newest
 * change that the activity log shows, or a day after the current protector was created, because automatic rotation uses a new version
 * within a day and may not be logged. Without the log, it is now.
 */
export function lastSwitch({ server, protector, protectorKey, changes }: NeedFacts, now: Date): LastSwitch {
  const unread = [
    ...(changes.error
      ? [notChecked(l10n.t('activity log of "{0}" and its partners', server.name), changes.error, [])]
      : []),
    ...(protectorKey.error ? [notChecked(l10n.t('server keys of "{0}"', server.name), protectorKey.error, [])] : []),
  ];
  const created = protectorKey.value?.created;
  const mayHaveRotated = protector.value?.autoRotation !== false && protector.value?.type !== 'serviceManaged';
  if (unread.length > 0 || !changes.value || (mayHaveRotated && !created)) return { at: now, findings: unread };
  const times = [
    now.getTime() - logDays * dayMs,
    ...changes.value.map((time) => time.getTime()),
    ...(created ? [created.getTime() + dayMs] : []),
  ];
  return { at: new Date(Math.min(Math.max(...times), now.getTime())), findings: [] };
}
