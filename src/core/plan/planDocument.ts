import * as l10n from '@vscode/l10n';
import { findingsTable } from '../checks/checksDocument';
import type { Finding } from '../errors/finding';
import { asCode, asText } from '../markdown';
import { listed, utcMinute } from '../text';
import type { Plan } from './plan';
import { linesOf, scriptOf, undoCommandsOf } from './planCommands';
import type { PlanServer } from './rotationGroup';
import { notesOn, protectorText, titleOf } from './planTexts';
import type { Step } from './rotationPlan';

/** How far a plan has run. */
export interface PlanProgress {
  readonly done: readonly Step[];
  /** Why it stopped, as a sentence. */
  readonly reason?: string;
  /** What to do, as sentences. */
  readonly next?: readonly string[];
}

/**
 * A rotation as a Markdown document that can be read before anything changes, and handed on.
 * @param findings the checks of the key for each server that didn't pass
 */
export function planDocument(plan: Plan, findings: readonly Finding[], progress?: PlanProgress): string {
  const { first, created, servers, steps } = plan;
  const isBlocked = findings.some(({ outcome }) => outcome === 'fail');
  return [
    `# ${asText(l10n.t('Plan: rotate the TDE protector of "{0}"', first.name))}`,
    ...(progress ? progressSection(steps, progress) : []),
    asText(l10n.t('Created at {0} for the state below. If that state changes, create a new plan.', utcMinute(created))),
    stateTable(servers),
    ...newProtectors(plan),
    ...(isBlocked ? [`**${l10n.t('Fix the problems below before you run this plan.')}**`] : []),
    ...(findings.length > 0 ? [`## ${l10n.t('Checks')}`, findingsTable(findings)] : []),
    `## ${l10n.t('Steps')}`,
    steps.map((step, i) => `${i + 1}. ${stepText(step, progress)}`).join('\n'),
    l10n.t(
      'Start a step only after the one before has succeeded. If one fails, stop. Before the first TDE protector changes, nothing needs to be undone.',
    ),
    ...commands(steps, progress),
    `## ${l10n.t('Undo')}`,
    l10n.t('These commands set the earlier TDE protectors again. Keep the earlier keys: backups may need them.'),
    asCode(undoCommandsOf(steps).flatMap(linesOf).join('\n')),
    '',
  ].join('\n\n');
}

function progressSection(steps: readonly Step[], { done, reason, next = [] }: PlanProgress): readonly string[] {
  const text = l10n.t('{0} of {1} steps are done.', done.length, steps.length);
  return [
    `**${asText(text)}**`,
    ...(reason === undefined ? [] : [asText(l10n.t('Why the plan stopped: {0}', reason))]),
    ...(next.length === 0 ? [] : [next.map((one) => `- ${asText(one)}`).join('\n')]),
  ];
}

function commands(steps: readonly Step[], progress: PlanProgress | undefined): readonly string[] {
  if (!progress) return [`## ${l10n.t('Commands (Azure CLI)')}`, asCode(scriptOf(steps).join('\n'))];
  const left = steps.filter((step) => !progress.done.includes(step));
  if (left.length === 0) return [];
  return [`## ${l10n.t('Commands for the steps that are left (Azure CLI)')}`, asCode(scriptOf(left).join('\n'))];
}

const stepText = (step: Step, progress: PlanProgress | undefined): string =>
  [
    ...(progress?.done.includes(step) ? [l10n.t('Done:')] : []),
    `**${asText(titleOf(step))}**.`,
    ...notesOn(step).map(asText),
  ].join(' ');

/** The whole key identifiers, which appear only here and in the commands. */
function newProtectors({ first, keyIdentifier, ownKeys, servers }: Plan): readonly string[] {
  if (ownKeys.length === 0) return [asText(l10n.t('The new TDE protector:')), asCode(keyIdentifier)];
  const nameOf = (id: string) => servers.find(({ server }) => server.id === id)?.server.name ?? '';
  const all = [{ server: first.id, keyIdentifier }, ...ownKeys];
  return all.flatMap((own) => [
    asText(l10n.t('The new TDE protector of "{0}":', nameOf(own.server))),
    asCode(own.keyIdentifier),
  ]);
}

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
