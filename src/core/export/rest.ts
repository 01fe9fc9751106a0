import * as l10n from '@vscode/l10n';
import { restCommand, restQuery } from '../cli/restCommand';
import { serverKeyNameOf } from '../keys/serverKeyName';
import type { Step } from '../plan/rotationPlan';
import { apiVersionOf, resourceOf, notesLine, titleLine, type Exported, type Steps } from './exported';

/** The plan as requests to Azure Resource Manager, each followed by one that shows whether Azure has made the change. */
export function rest(plan: Steps): Exported {
  const version = apiVersionOf(plan);
  return {
    text: `${plan.steps.flatMap((step) => linesOf(step, version)).join('\n')}\n`,
    note: l10n.t('Copied as REST requests with API version {0}, which Azure CLI sends.', version),
  };
}

function linesOf(step: Step, version: string): readonly string[] {
  if (step.kind === 'compareThumbprints') {
    const path = `/keys/${serverKeyNameOf(step.keyIdentifier)}`;
    const queries = step.servers.map(({ id }) => restQuery(urlOf(id + path, version), 'properties.thumbprint'));
    return [`# ${titleLine(step)}`, `# ${notesLine(step)}`, ...queries];
  }
  const { type, name, properties } = resourceOf(step);
  const url = urlOf(`${step.server.id}/${type}/${name}`, version);
  return [
    `# ${titleLine(step)}`,
    restCommand('put', url, { properties }),
    `# ${l10n.t('Azure makes the change after it has answered. Continue when this command shows the key.')}`,
    restQuery(url, 'properties.uri'),
  ];
}

/** Percent-encodes characters that IDs in Azure don't contain. */
const urlOf = (id: string, version: string): string =>
  `${id.replace(/[^\p{L}\p{N}/_.()-]+/gu, encoded)}?api-version=${version}`;

const encoded = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
