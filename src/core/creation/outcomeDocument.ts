import * as l10n from '@vscode/l10n';
import type { Diagnosis } from '../errors/diagnose';
import { serverKeyName } from '../keys/serverKeyName';
import { asCode, asText } from '../markdown';
import { utcMinute } from '../text';
import { groupOf, outcomeSentence, type CreationOutcome, type Group } from './creationReport';

/** A failed creation with its cause. */
interface Failure {
  readonly creation: CreationOutcome['creation'];
  readonly diagnosis: Diagnosis;
}

/**
 * All outcomes as a Markdown document. Failures come first, grouped by cause: what to do and the commands stand once for each
 * group, the current state and the request ID for Azure support with each server.
 * @param at when the run ended
 */
export function outcomeDocument(outcomes: readonly CreationOutcome[], at: Date): string {
  const groups: readonly Group[] = ['failed', 'unknown', 'notStarted', 'created', 'found'];
  return [
    `# ${asText(outcomeSentence(outcomes).replace(/\.$/, ''))}`,
    utcMinute(at),
    ...groups.flatMap((group) => {
      const members = outcomes.filter((outcome) => groupOf(outcome) === group);
      return group === 'failed' || group === 'unknown' ? failureSections(group, members) : otherSection(group, members);
    }),
    '',
  ].join('\n\n');
}

/** One section for each cause, the most frequent first. */
function failureSections(group: 'failed' | 'unknown', outcomes: readonly CreationOutcome[]): readonly string[] {
  return byCause(outcomes).flatMap((failures) => {
    const [first] = failures;
    if (!first) return [];
    const { title, code, what, cause, steps } = first.diagnosis;
    const heading =
      group === 'failed'
        ? l10n.t('Failed: {0} ({1})', title, failures.length)
        : l10n.t('Not known yet: {0} ({1})', title, failures.length);
    // The sentence may name the server.
    const isSame = failures.every(({ diagnosis }) => diagnosis.what === what);
    const commands = failures.flatMap(({ diagnosis }) => (diagnosis.commands ?? []).map(({ text }) => text));
    return [
      `## ${asText(heading)}`,
      asText(isSame ? what : l10n.t('For example: {0}', what)),
      asText(cause),
      table(
        [l10n.t('Server'), l10n.t('Resource group'), l10n.t('Server key'), l10n.t('Found now'), l10n.t('Request')],
        failures.map(failureRow),
      ),
      ...(steps.length === 0
        ? []
        : [bold(l10n.t('What to do')), steps.map((step, i) => `${i + 1}. ${asText(step)}`).join('\n')]),
      ...(commands.length === 0 ? [] : [bold(l10n.t('In Azure CLI:')), asCode([...new Set(commands)].join('\n'))]),
      asText(l10n.t('code {0}', code)),
    ];
  });
}

/** The failures by error code, the largest group first. */
export function byCause(outcomes: readonly CreationOutcome[]): readonly (readonly Failure[])[] {
  const causes = new Map<string, Failure[]>();
  for (const { creation, result } of outcomes) {
    if (result.kind !== 'failed') continue;
    const { diagnosis } = result;
    causes.set(diagnosis.code, [...(causes.get(diagnosis.code) ?? []), { creation, diagnosis }]);
  }
  return [...causes.values()].sort((a, b) => b.length - a.length);
}

function failureRow({ creation, diagnosis: { evidence, requestId = '' } }: Failure): readonly string[] {
  const found = evidence?.found.map(({ text }) => text).join('; ') ?? '';
  return [...placeRow(creation), found, requestId];
}

const placeRow = ({ server, key }: CreationOutcome['creation']): readonly string[] => [
  server.name,
  server.resourceGroup,
  serverKeyName(key),
];

function otherSection(
  group: 'created' | 'found' | 'notStarted',
  outcomes: readonly CreationOutcome[],
): readonly string[] {
  if (outcomes.length === 0) return [];
  const rows = outcomes.map(({ creation, result }) =>
    'serverKey' in result
      ? [creation.server.name, creation.server.resourceGroup, result.serverKey.name]
      : placeRow(creation),
  );
  return [
    `## ${heading(group, outcomes.length)}`,
    table([l10n.t('Server'), l10n.t('Resource group'), l10n.t('Server key')], rows),
  ];
}

function heading(group: 'created' | 'found' | 'notStarted', count: number): string {
  switch (group) {
    case 'created':
      return l10n.t('Created ({0})', count);
    case 'found':
      return l10n.t('Already existed ({0})', count);
    case 'notStarted':
      return l10n.t('Not started ({0})', count);
  }
}

const bold = (text: string): string => `**${text}**`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(asText))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
