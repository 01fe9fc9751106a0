import { commands } from 'vscode';
import { ignoredSettings, isReadOnly } from '../configuration';
import { emptyViewContext, ignoredSettingsContext, showsServersContext, signedInContext, type EmptyView } from '../ids';
import type { Inventory } from '../inventory';
import type { Attention } from './attention';
import { describeView } from './describe';

/**
 * Shows in the line above the rows, and in the context keys, what the view shows.
 * @param refreshFailed why rows of an earlier read are shown
 */
export function showView(
  attention: Pick<Attention, 'setLine'>,
  empty: EmptyView | undefined,
  inventory?: Inventory,
  refreshFailed?: string,
): void {
  const ignored = ignoredSettings();
  setViewContexts(empty, inventory, ignored.length > 0);
  // VS Code shows the welcome text only if there is no message.
  attention.setLine((count) =>
    empty ? '' : describeView(inventory, { ignored, isReadOnly: isReadOnly(), attention: count }, refreshFailed),
  );
}

/**
 * Sets the context keys that choose the welcome text and complete the steps of the walkthrough.
 * @param inventory undefined if it couldn't be read
 */
function setViewContexts(empty: EmptyView | undefined, inventory: Inventory | undefined, ignores: boolean): void {
  const keys: readonly (readonly [key: string, value: unknown])[] = [
    [emptyViewContext, empty],
    [ignoredSettingsContext, ignores],
    [signedInContext, inventory !== undefined],
    [showsServersContext, inventory && inventory.servers.length > 0],
  ];
  for (const [key, value] of keys) void commands.executeCommand('setContext', key, value);
}
