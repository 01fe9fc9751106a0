import * as l10n from '@vscode/l10n';
import { findingsTable } from '../checks/checksDocument';
import type { PrintedCommand } from '../cli/commands';
import type { Finding } from '../errors/finding';
import { asCode, asText } from '../markdown';
import { listed, oneLine, utcMinute } from '../text';
import { commandsOf, undoCommandsOf } from './planCommands';
import type { PlanServer } from './rotationGroup';
import { protectorText, sentencesOf, titleOf } from './planTexts';
import type { RotationPlan } from './rotationPlan';

/**
 * A rotation as a Markdown document that can be read before anything changes, and handed on.
 * @param findings the checks of the key for each server that didn't pass
 * @param made when the servers were read
 */
export function planDocument(name: string, plan: RotationPlan, findings: readonly Finding[], made: Date): string {
  const { servers, steps } = plan;
  const isBlocked = findings.some(({ outcome }) => outcome === 'fail');
  return [
    `# ${asText(l10n.t('Plan: rotate the TDE protector of "{0}"', name))}`,
    asText(l10n.t('Created at {0} for the state below. If that state changes, create a new plan.', utcMinute(made))),
    stateTable(servers),
    ...(isBlocked ? [`**${l10n.t('Fix the problems below before you run this plan.')}**`] : []),
    ...(findings.length > 0 ? [`## ${l10n.t('Checks')}`, findingsTable(findings)] : []),
    `## ${l10n.t('Steps')}`,
    steps.map((step, i) => `${i + 1}. ${sentencesOf(step).map(asText).join(' ')}`).join('\n'),
    l10n.t(
      'Start a step only after the one before has succeeded. If one fails, stop. Before the first TDE protector changes, nothing needs to be undone.',
    ),
    `## ${l10n.t('Commands (Azure CLI)')}`,
    asCode(steps.flatMap((step) => [`# ${oneLine(titleOf(step))}`, ...commandsOf(step).flatMap(linesOf)]).join('\n')),
    `## ${l10n.t('Undo')}`,
    l10n.t('These commands set the earlier TDE protectors again. Keep the earlier keys: backups may need them.'),
    asCode(undoCommandsOf(steps).flatMap(linesOf).join('\n')),
    '',
  ].join('\n\n');
}

const linesOf = ({ text, note }: PrintedCommand): readonly string[] => [
  ...(note === undefined ? [] : [`# ${note}`]),
  text,
];

function stateTable(servers: readonly PlanServer[]): string {
  const rows = servers.map(({ server, partners, protector }) => {
    const roles = partners.map(({ name, role }) =>
      role === 'primary' ? l10n.t('replica of "{0}"', name) : l10n.t('primary of "{0}"', name),
    );
    const rotation = protector.autoRotation ? l10n.t('on') : l10n.t('off');
    return `| ${[server.name, listed(roles), protectorText(protector), rotation].map(asText).join(' | ')} |`;
  });
  const head = [l10n.t('SQL server'), l10n.t('Replication'), l10n.t('TDE protector'), l10n.t('Automatic rotation')];
  return [`| ${head.join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join('\n');
}
