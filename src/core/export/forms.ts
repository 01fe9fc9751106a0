import * as l10n from '@vscode/l10n';
import { isInstanceId } from '../armId';
import { scriptOf } from '../plan/planCommands';
import { bicep } from './bicep';
import { hasVersionless, type Exported, type Steps } from './exported';
import { powerShell } from './powerShell';
import { rest } from './rest';
import { terraform } from './terraform';

/** A form in which a plan can be copied. The title is the name of a product. */
export interface Form {
  readonly title: string;
  readonly exportPlan: (plan: Steps) => Exported;
  /** Whether it can also express a plan for managed instances. */
  readonly isForInstances?: true;
}

/** All forms. None of them undoes the plan. @internal */
export const forms: readonly Form[] = [
  { title: 'Azure CLI', exportPlan: azureCli, isForInstances: true },
  { title: 'Azure PowerShell', exportPlan: powerShell },
  { title: 'REST', exportPlan: rest },
  { title: 'Bicep', exportPlan: bicep },
  { title: 'Terraform', exportPlan: terraform },
];

/** The forms that can express a plan. */
export const formsFor = ({ first }: Steps): readonly Form[] =>
  forms.filter(({ isForInstances }) => isForInstances === true || !isInstanceId(first.id));

function azureCli(plan: Steps): Exported {
  return {
    text: `${scriptOf(plan.steps).join('\n')}\n`,
    note: hasVersionless(plan)
      ? l10n.t('Copied for Azure CLI 2.84.0 or later.')
      : l10n.t('Copied for Azure CLI 2.45 or later.'),
  };
}
