import * as l10n from '@vscode/l10n';
import type { Inventory } from '../inventory';
import { reasonSentence, reasonWords, unshown, type Unshown } from '../unshown';
import type { UnshownNode } from './nodes';

const icons = {
  filtered: 'filter',
  tenantFiltered: 'filter',
  disabled: 'circle-slash',
  noAccess: 'question',
  unread: 'warning',
} as const;

/** The row about what the view doesn't show, if there is something, with a row below it for each subscription and tenant. */
export function unshownRows(inventory: Inventory): readonly UnshownNode[] {
  const all = unshown(inventory);
  if (all.length === 0) return [];
  const reasons = [...new Set(all.map(({ reason }) => reasonWords(reason)))];
  const facts = [...new Set(all.map(({ reason }) => reasonSentence(reason)))];
  const children: UnshownNode[] = [];
  const parent: UnshownNode = {
    kind: 'unshown',
    id: 'unshown',
    label: labelOf(all),
    reasons,
    facts,
    icon: 'eye-closed',
    children,
  };
  for (const { id, name, reason } of all) {
    children.push({
      kind: 'unshown',
      parent,
      id: `unshown/${id}`,
      label: name,
      reasons: [reasonWords(reason)],
      facts: [reasonSentence(reason), id],
      icon: icons[reason],
      children: [],
    });
  }
  return [parent];
}

function labelOf(all: readonly Unshown[]): string {
  const tenants = all.filter(({ reason }) => reason === 'tenantFiltered').length;
  const subscriptions = all.length - tenants;
  if (subscriptions === 1) return l10n.t('1 subscription not shown');
  if (subscriptions > 1) return l10n.t('{0} subscriptions not shown', subscriptions);
  return tenants === 1 ? l10n.t('1 tenant not shown') : l10n.t('{0} tenants not shown', tenants);
}
