import * as vscode from 'vscode';
import { oneLine, plainText } from '../../core/text';
import { showsBadge } from '../configuration';
import { contextValues } from '../ids';
import { severityUri } from './decorations';
import { describe } from './describe';
import { accessibleLabel, type Description } from './description';
import type { Node } from './nodes';
import type { RowParts } from './rowParts';

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
  const isUrgent = node.kind === 'server' && node.state?.isUrgent === true && showsBadge();
  return Object.assign(item, {
    id,
    ...(tooltip && { tooltip: plainText(tooltip) }),
    ...(command && { command: { command, title: label, arguments: [node] } }),
    ...(isUrgent && described.severity && { resourceUri: severityUri(id, described.severity) }),
  });
}
