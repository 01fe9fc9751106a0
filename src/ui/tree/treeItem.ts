import * as vscode from 'vscode';
import { oneLine, plainText } from '../../core/text';
import type { StateWords } from '../../core/serverState/describeState';
import { showsBadge } from '../configuration';
import { contextValues } from '../ids';
import { severityUri } from './decorations';
import { describe } from './describe';
import { accessibleLabel, type Description } from './description';
import type { Node, ServerKeyNode, ServerNode } from './nodes';
import type { RowParts } from './rowParts';
import type { KeyUse } from './tooltip';

const isOverdue = (node: Node): node is ServerNode & { readonly state: StateWords } =>
  node.kind === 'server' && node.state?.isRotationOverdue === true;

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

const severityColors = { warning: 'list.warningForeground', error: 'list.errorForeground' };

const iconOf = ({ icon, severity }: Description): vscode.ThemeIcon =>
  new vscode.ThemeIcon(icon, severity && new vscode.ThemeColor(severityColors[severity]));

/** A row as VS Code shows it. Names from Azure are text, never links or icons. */
export function treeItemOf(node: Node, { hasFailed }: Pick<RowParts, 'hasFailed'>): vscode.TreeItem {
  const described = describe(node);
  const { id, tooltip, command } = described;
  const label = oneLine(described.label);
  const item = new vscode.TreeItem(label, collapsible[described.children]);
  item.description = oneLine(described.description);
  item.iconPath = iconOf(described);
  const failed = node.kind === 'server' && hasFailed(node.server) ? ` ${contextValues.failed}` : '';
  item.contextValue = described.contextValue + failed;
  item.accessibilityInformation = { label: oneLine(accessibleLabel(described)) };
  const isUrgent = node.kind === 'database' || (node.kind === 'server' && node.state?.isUrgent === true);
  return Object.assign(item, {
    id,
    ...(tooltip && !isOverdue(node) && { tooltip: plainText(tooltip) }),
    ...(command && { command: { command, title: label, arguments: [node] } }),
    ...(isUrgent && showsBadge() && described.severity && { resourceUri: severityUri(id, described.severity) }),
  });
}

/** Creates on hover the tooltips that need requests. VS Code resolves a row once, or again if the pointer left it before the end. */
export async function resolveTooltip(
  item: vscode.TreeItem,
  node: Node,
  parts: RowParts & { readonly useOf: (node: ServerKeyNode) => Promise<KeyUse> },
  token?: vscode.CancellationToken,
): Promise<vscode.TreeItem> {
  const left = new AbortController();
  token?.onCancellationRequested(() => {
    left.abort();
  });
  if (node.kind === 'serverKey') item.tooltip = await parts.tooltip(node, await parts.useOf(node));
  if (isOverdue(node)) {
    const reasons = await parts.overdueReasons(node, left.signal);
    const state = { ...node.state, facts: [...node.state.facts, ...reasons] };
    item.tooltip = plainText(describe({ ...node, state }).tooltip ?? '');
  }
  return item;
}
