import * as l10n from '@vscode/l10n';
import type { ArmError } from '../armError';
import type { Cloud } from '../clouds';
import { diagnose } from '../errors/diagnose';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { Facts } from './facts';

/** Judges some of the facts. A fact that is missing because of another one, which has its own finding, produces no finding. */
export type Check = (facts: Facts, world: { readonly cloud: Cloud; readonly now: Date }) => readonly Finding[];

/** The finding about a fact that could not be read. */
export function notChecked(text: string, error: ArmError, codes: readonly ErrorCode[]): Finding {
  const { what, cause } = diagnose(error);
  return { outcome: 'unknown', text: l10n.t('Could not be checked: {0}', text), detail: `${what} ${cause}`, codes };
}
