import { commands } from 'vscode';
import { emptyViewContext, ignoredSettingsContext, showsServersContext, signedInContext, type EmptyView } from '../ids';
import type { Inventory } from '../inventory';

/**
 * Sets the context keys that choose the welcome text and complete the steps of the walkthrough.
 * @param inventory undefined if it couldn't be read
 */
export function setViewContexts(
  empty: EmptyView | undefined,
  inventory: Inventory | undefined,
  ignores: boolean,
): void {
  const keys: readonly (readonly [key: string, value: unknown])[] = [
    [emptyViewContext, empty],
    [ignoredSettingsContext, ignores],
    [signedInContext, inventory !== undefined],
    [showsServersContext, inventory && inventory.servers.length > 0],
  ];
  for (const [key, value] of keys) void commands.executeCommand('setContext', key, value);
}
