import * as l10n from '@vscode/l10n';
import { printedLine } from '../cli/commands';
import type { Creation } from './creation';
import type { Diagnosis } from '../errors/diagnose';
import { hasCode } from '../errors/errorCode';
import type { ServerKey } from '../model';
import { serverKeyName } from '../keys/serverKeyName';
import { listed, oneLine, utcMinute } from '../text';

/** The outcome for one server key. "found": it already existed; "notStarted": the user canceled before. */
export type Result =
  | { readonly kind: 'created' | 'found'; readonly serverKey: ServerKey }
  | { readonly kind: 'failed'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'notStarted' };

export interface CreationOutcome {
  readonly creation: Creation;
  readonly result: Result;
}

/** Groups of the report. Whether an "unknown" server key was created could not be read. */
type Group = Result['kind'] | 'unknown';

/** Whether Azure may have created the server key although the result could not be read. */
export const isUnknown = (result: Result): boolean =>
  result.kind === 'failed' && hasCode(result.diagnosis, 'OutcomeUnknown');

const groupOf = ({ result }: CreationOutcome): Group => (isUnknown(result) ? 'unknown' : result.kind);

/** All outcomes in one sentence. */
export function outcomeSentence(outcomes: readonly CreationOutcome[]): string {
  const groups: readonly Group[] = ['created', 'found', 'failed', 'unknown', 'notStarted'];
  const counts = groups
    .map((group) => ({ group, count: outcomes.filter((outcome) => groupOf(outcome) === group).length }))
    .filter(({ count }) => count > 0)
    .map(({ group, count }) => counted(group, count));
  return l10n.t('Server keys: {0}.', listed(counts));
}

/**
 * All outcomes as text, one line each, failures first. A failure has its cause, the steps that fix it, and the
 * request ID for Azure support.
 * @param at when the run ended
 */
export function outcomeReport(outcomes: readonly CreationOutcome[], at: Date): string {
  const groups: readonly Group[] = ['failed', 'unknown', 'notStarted', 'created', 'found'];
  const width = Math.max(...outcomes.map(({ creation }) => oneLine(creation.server.name).length));
  const sections = groups.flatMap((group) => {
    const members = outcomes.filter((outcome) => groupOf(outcome) === group);
    return members.length === 0 ? [] : ['', heading(group), ...members.flatMap((outcome) => lines(outcome, width))];
  });
  return [outcomeSentence(outcomes), utcMinute(at), ...sections, ''].join('\n');
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

function heading(group: Group): string {
  switch (group) {
    case 'unknown':
      return l10n.t('Not known yet');
    case 'created':
      return l10n.t('Created');
    case 'found':
      return l10n.t('Already existed');
    case 'failed':
      return l10n.t('Failed');
    case 'notStarted':
      return l10n.t('Not started');
  }
}

function lines({ creation: { server, key }, result }: CreationOutcome, width: number): string[] {
  const name = 'serverKey' in result ? result.serverKey.name : serverKeyName(key);
  const line = `  ${oneLine(server.name).padEnd(width)}  ${oneLine(name)}`;
  if (result.kind !== 'failed') return [line];
  const { what, cause, evidence, steps, commands = [], code, requestId } = result.diagnosis;
  const found = evidence?.found.map(({ text }) => `${text}.`) ?? [];
  const ids = [l10n.t('code {0}', code), requestId && l10n.t('request {0}', requestId)].filter(Boolean).join(', ');
  const facts = [
    what,
    ...(found.length > 0 ? found : [cause]),
    ...steps.map((step) => `- ${step}`),
    ...commands.map((command) => `$ ${printedLine(command)}`),
    ids,
  ];
  return [line, ...facts.map((fact) => `    ${oneLine(fact)}`)];
}
