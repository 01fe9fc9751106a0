import * as l10n from '@vscode/l10n';
import { asCode, asText } from '../markdown';
import { findingText, type Evidence, type Finding } from './finding';
import { isDocumentation, type Diagnosis } from './diagnose';

/**
 * Failures as a Markdown document, in their order.
 * @param about names of the resources that the failures are about
 */
export function diagnosisDocument(
  diagnoses: readonly Diagnosis[],
  about: readonly string[] = [],
  heading = l10n.t('What the errors mean'),
): string {
  const subject = about.length > 0 ? [l10n.t('About: {0}', about.join(', '))].map(asText) : [];
  return [`# ${heading}`, ...subject, ...diagnoses.flatMap(section), ''].join('\n\n');
}

function section(diagnosis: Diagnosis): readonly string[] {
  const { title, code, what, cause, evidence, steps, commands = [], serviceMessage, link } = diagnosis;
  return [
    `## ${asText(title)}`,
    `${asText(what)} ${asText(cause)}`,
    ...listed(evidence?.isSuspicion ? l10n.t('Possible causes') : l10n.t('Found now'), found(evidence)),
    ...listed(l10n.t('Ruled out'), texts(evidence?.ruledOut)),
    ...listed(l10n.t('Could not be checked'), texts(evidence?.unchecked)),
    ...listed(l10n.t('What to do'), steps, (i) => `${i + 1}.`),
    ...commands.flatMap(({ text, note }) => [`**${note ?? l10n.t('In Azure CLI:')}**`, asCode(text)]),
    ...(serviceMessage === '' ? [] : [`**${l10n.t('Message from Azure')}**`, `> ${asText(serviceMessage)}`]),
    facts(code, diagnosis),
    ...(isDocumentation(link) ? [`[${l10n.t('Documentation')}](${link})`] : []),
  ];
}

function facts(code: string, { status, requestId, correlationId }: Diagnosis): string {
  return [
    l10n.t('code {0}', code),
    status === undefined ? '' : l10n.t('status {0}', status),
    requestId === undefined ? '' : l10n.t('request {0}', requestId),
    correlationId === undefined ? '' : l10n.t('correlation {0}', correlationId),
  ]
    .filter(Boolean)
    .map(asText)
    .join(' · ');
}

/** What was found, each with its consequence. */
const found = (evidence: Evidence | undefined): readonly string[] =>
  evidence?.found.map((finding) =>
    finding.detail === undefined ? findingText(finding) : `${findingText(finding)}. ${finding.detail}`,
  ) ?? [];

const texts = (findings: readonly Finding[] = []) => findings.map(findingText);

function listed(heading: string, items: readonly string[], bullet: (i: number) => string = () => '-'): string[] {
  return items.length === 0
    ? []
    : [`**${heading}**`, items.map((item, i) => `${bullet(i)} ${asText(item)}`).join('\n')];
}
