import assert from 'node:assert/strict';
import type { PickItem } from '../vscode-host/driver/inPage';
import type { QuickPick } from '../vscode-host/driver/quickInput';
import type { TreeView } from '../vscode-host/driver/treeView';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

/** The subscription of the servers and vaults in the stories. */
export const production = 'Contoso Production';

export const quickPick = (text: Parameters<ReturnType<typeof workbench>['quickPick']>[0]): Promise<QuickPick> =>
  workbench().quickPick(text);

/** Starts the wizard on a server of the production subscription. */
export async function openWizard(server = 'sql-billing-weu'): Promise<TreeView> {
  const tree = await openTree();
  await (await tree.reveal(production, server)).inlineAction('Create Server Key…');
  return tree;
}

/** Answers the questions from "Where is the key?" to the keys of the vault. */
export async function browseToKeys(vault: string): Promise<QuickPick> {
  await (await quickPick(asks.source)).pick('Browse key vaults…');
  await (await quickPick(asks.vault)).pick(vault);
  return quickPick(asks.key);
}

/** Answers the questions up to the versions of the key. */
export async function browseToVersions(vault: string, key: string): Promise<QuickPick> {
  await (await browseToKeys(vault)).pick(key);
  return quickPick(`Select the version of "${key}", newest first`);
}

/** Answers the questions up to the summary, with the newest version. */
export async function browseTo(vault: string, key: string): Promise<QuickPick> {
  const versions = await browseToVersions(vault, key);
  const newest = (await versions.items()).find(({ label }) => /^[0-9a-f]{32}$/.test(label));
  await versions.pick(newest?.label ?? '');
  return quickPick(asks.summary);
}

/** Answers the questions from "Where is the key?" to the summary, with several keys. */
export async function browseToSeveral(...keys: string[]): Promise<QuickPick> {
  await (await browseToKeys('kv-billing')).pick('Select several keys…');
  await (await quickPick(/^Select the keys/)).pickMany(...keys);
  return quickPick(asks.summary);
}

/** Answers the questions from "Where is the key?" to the summary. */
export async function paste(text: string): Promise<QuickPick> {
  await (await quickPick(asks.source)).pick('Paste a key identifier…');
  const input = await workbench().inputBox(asks.paste);
  await input.fill(text);
  await input.accept();
  return quickPick(asks.summary);
}

/** Chooses the row of the summary that creates, which comes last if there are problems, and returns it. */
export async function confirm(summary: QuickPick): Promise<PickItem> {
  const find = async () => (await summary.items()).find(({ label }) => creates.test(label));
  // The page has only the visible rows.
  const row = (await find()) ?? (await summary.filter('anyway').then(find));
  if (!row) throw new Error('The summary has no row that creates.');
  await summary.pick(row.label);
  return row;
}

const creates = /^(Create (server key|\d+ server keys)|Nothing to create)/;

/** Returns the label of the first row, which must have the focus. */
export async function focusedLabel(pick: QuickPick): Promise<string> {
  const [first] = await pick.items();
  assert.equal(first?.focused, true);
  return first.label;
}

/** Groups the labels of a list by heading. */
export function byHeading(items: readonly PickItem[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  let heading = '';
  for (const { separator, label } of items) {
    heading = separator === '' ? heading : separator;
    (groups[heading] ??= []).push(label);
  }
  return groups;
}
