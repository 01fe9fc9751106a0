import * as l10n from '@vscode/l10n';
import { isInstanceId } from '../armId';
import { commandsOf, scriptOf } from '../plan/planCommands';
import type { AnyStep } from '../plan/singleStep';
import { bicep } from './bicep';
import { hasVersionless, isDeclared, type Exported, type Steps } from './exported';
import { powerShell } from './powerShell';
import { rest } from './rest';
import { terraform } from './terraform';

/** A form in which a plan can be copied. The title is the name of a product. */
export interface Form {
  readonly title: string;
  readonly exportPlan: (plan: Steps) => Exported;
  /** Whether it can express a plan. */
  readonly isFor: (plan: Steps) => boolean;
}

/** All forms. None of them undoes the plan. @internal */
export const forms: readonly Form[] = [
  { title: 'Azure CLI', exportPlan: azureCli, isFor: ({ steps }) => steps.every(hasAzureCliCommands) },
  { title: 'Azure PowerShell', exportPlan: powerShell, isFor: isForServers },
  { title: 'REST', exportPlan: rest, isFor: () => true },
  { title: 'Bicep', exportPlan: bicep, isFor: canDeclare },
  { title: 'Terraform', exportPlan: terraform, isFor: canDeclare },
];

/** The forms that can express a plan. */
export const formsFor = (plan: Steps): readonly Form[] => forms.filter(({ isFor }) => isFor(plan));

const hasAzureCliCommands = (step: AnyStep): boolean => commandsOf(step).every(({ text }) => text.startsWith('az '));

function isForServers({ first }: Steps): boolean {
  return !isInstanceId(first.id);
}

function canDeclare(plan: Steps): boolean {
  return isForServers(plan) && plan.steps.every((step) => step.kind === 'compareThumbprints' || isDeclared(step));
}

function azureCli(plan: Steps): Exported {
  const isNewer = plan.steps.some((step) => commandsOf(step).some(({ note }) => note !== undefined));
  return {
    text: `${scriptOf(plan.steps).join('\n')}\n`,
    note: hasVersionless(plan)
      ? l10n.t('Copied for Azure CLI 2.84.0 or later.')
      : isNewer
        ? l10n.t('Copied for an Azure CLI later than 2.45.')
        : l10n.t('Copied for Azure CLI 2.45 or later.'),
  };
}
