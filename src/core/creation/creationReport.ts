import * as l10n from '@vscode/l10n';
import type { Creation } from './creation';
import type { Diagnosis } from '../errors/diagnose';
import { hasCode } from '../errors/errorCode';
import type { ServerKey } from '../model';
import { listed } from '../text';

/** The outcome for one server key. "found": it already existed; "notStarted": the user canceled before. */
export type Result =
  | { readonly kind: 'created' | 'found'; readonly serverKey: ServerKey }
  | { readonly kind: 'failed'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'notStarted' };

export interface CreationOutcome {
  readonly creation: Creation;
  readonly result: Result;
}

/** Groups of outcomes. Whether an "unknown" server key was created could not be read. */
export type Group = Result['kind'] | 'unknown';

/** Whether Azure may have created the server key although the result could not be read. */
export const isUnknown = (result: Result): boolean =>
  result.kind === 'failed' && hasCode(result.diagnosis, 'OutcomeUnknown');

export const groupOf = ({ result }: CreationOutcome): Group => (isUnknown(result) ? 'unknown' : result.kind);

/** All outcomes in one sentence. */
export function outcomeSentence(outcomes: readonly CreationOutcome[]): string {
  const groups: readonly Group[] = ['created', 'found', 'failed', 'unknown', 'notStarted'];
  const counts = groups
    .map((group) => ({ group, count: outcomes.filter((outcome) => groupOf(outcome) === group).length }))
    .filter(({ count }) => count > 0)
    .map(({ group, count }) => counted(group, count));
  return l10n.t('Server keys: {0}.', listed(counts));
}

function counted(group: Group, count: number): string {
  switch (group) {
    case 'unknown':
      return l10n.t('{0} not known yet', count);
    case 'created':
      return l10n.t('{0} created', count);
    case 'found':
      return l10n.t('{0} already existed', count);
    case 'failed':
      return l10n.t('{0} failed', count);
    case 'notStarted':
      return l10n.t('{0} not started', count);
  }
}
