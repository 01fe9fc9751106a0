import * as l10n from '@vscode/l10n';
import type { Cloud } from '../clouds';
import type { Plan } from './plan';
import { changeFields, stepOf } from './savedChange';
import { asFields, isText, textOf, type Fields } from './savedFields';
import { restoreFields, restoreOf, type SavedRestore } from './savedRestore';
import { rotationFields, rotationOf } from './savedRotation';
import type { ChangePlan } from './singleStep';

/** A plan that can be saved, and run later: a rotation, a change of one server or database, or the keys for a restore. */
export type SavablePlan = Plan | ChangePlan | SavedRestore;

/** A plan, or what is wrong with the text. */
export type ParsedPlan = { readonly plan: SavablePlan } | { readonly problem: string };

const schemas = {
  rotation: 'sql-server-keys/rotation-plan',
  change: 'sql-server-keys/change-plan',
  restore: 'sql-server-keys/restore-plan',
} as const;
const version = 1;

/** In characters; a plan of ten servers with dozens of keys fits. */
const longestPlan = 500_000;

/** The plan as JSON. */
export function savedPlan(plan: SavablePlan): string {
  const { id, cloud, created } = plan;
  const [schema, fields] =
    'step' in plan
      ? [schemas.change, changeFields(plan.step)]
      : 'source' in plan
        ? [schemas.restore, restoreFields(plan)]
        : [schemas.rotation, rotationFields(plan)];
  const saved = { schema, version, id, cloud, created: created.toISOString(), ...fields };
  return `${JSON.stringify(saved, undefined, 2)}\n`;
}

/** Reads a saved plan. Trusts nothing in it: IDs and key identifiers are checked, and the steps of a rotation are planned anew. */
export function parsePlan(text: string, cloud: Cloud): ParsedPlan {
  const plan = text.length > longestPlan ? undefined : asFields(parsed(text));
  const kind = Object.entries(schemas).find(([, schema]) => plan?.schema === schema)?.[0];
  if (!plan || kind === undefined) return { problem: l10n.t("The file isn't a plan of this extension.") };
  if (plan.version !== version) {
    return { problem: l10n.t('The plan was saved by another version of the extension. Create a new plan.') };
  }
  if (plan.cloud !== cloud.resourceManager) {
    return {
      problem: l10n.t('The plan is for the cloud at {0}, but the settings choose another one.', textOf(plan.cloud)),
    };
  }
  const read = planOf(kind, plan, cloud);
  return read ? { plan: read } : { problem: l10n.t("The plan isn't complete, or was changed. Create a new plan.") };
}

function planOf(kind: string, fields: Fields, cloud: Cloud): SavablePlan | undefined {
  const { id, created: time } = fields;
  const created = new Date(textOf(time));
  if (!isText(id) || !/^[0-9a-f-]{36}$/.test(id) || Number.isNaN(created.getTime())) return undefined;
  const head = { id, cloud: cloud.resourceManager, created };
  if (kind === 'change') {
    const step = stepOf(fields, cloud);
    return step && { ...head, step };
  }
  const plan = kind === 'restore' ? restoreOf(fields, cloud) : rotationOf(fields, cloud);
  return plan && { ...head, ...plan };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
