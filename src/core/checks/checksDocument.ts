import * as l10n from '@vscode/l10n';
import { asCode, asText } from '../markdown';
import { countOutcomes } from './countOutcomes';
import { commandOf } from './describeFix';
import { basisOf, worstFirst, type Finding, type Outcome } from '../errors/finding';
import { utcMinute } from '../text';

/** The server or one of its server keys, and the findings about it. */
export interface CheckedPart {
  readonly title: string;
  /** What else is known about it, as sentences. */
  readonly note?: string;
  readonly findings: readonly Finding[];
}

/**
 * The results of a server's checks as a Markdown document: the totals, then each part with its problems first.
 * @param at when the checks ran
 */
export function checksDocument(server: string, parts: readonly CheckedPart[], at: Date): string {
  return [
    `# ${asText(l10n.t('Diagnostics of "{0}"', server))}`,
    asText(l10n.t('Checked at {0}: {1}', utcMinute(at), countOutcomes(parts.flatMap(({ findings }) => findings)))),
    ...parts.flatMap(({ title, note, findings }) => [
      `## ${asText(title)}`,
      ...(note === undefined ? [] : [asText(note)]),
      ...section(findings),
    ]),
    '',
  ].join('\n\n');
}

function section(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [l10n.t('Nothing to check: Azure manages this key.')];
  const commands = worstFirst(findings).flatMap(({ fixes = [], outcome }) =>
    outcome === 'pass' ? [] : fixes.flatMap((fix) => commandOf(fix) ?? []),
  );
  return [
    findingsTable(findings),
    ...(commands.length === 0
      ? []
      : [`**${l10n.t('Commands to fix this (Azure CLI)')}**`, asCode([...new Set(commands)].join('\n'))]),
  ];
}

/** The findings as a table, problems first. */
export function findingsTable(findings: readonly Finding[]): string {
  const rows = worstFirst(findings).map(
    (finding) =>
      `| ${[nameOf(finding.outcome), finding.text, finding.detail ?? '', basisOf(finding)].map(asText).join(' | ')} |`,
  );
  const head = `| ${l10n.t('Result')} | ${l10n.t('Check')} | ${l10n.t('Details')} | ${l10n.t('Basis')} |\n| --- | --- | --- | --- |`;
  return [head, ...rows].join('\n');
}

function nameOf(outcome: Outcome): string {
  switch (outcome) {
    case 'fail':
      return l10n.t('✗ problem');
    case 'warn':
      return l10n.t('⚠ warning');
    case 'unknown':
      return l10n.t('? not checked');
    case 'pass':
      return l10n.t('✓ passed');
  }
}
