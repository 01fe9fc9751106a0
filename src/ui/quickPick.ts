import type { IAzureQuickPickItem, IAzureQuickPickOptions, IAzureUserInput } from '@microsoft/vscode-azext-utils';
import { l10n, QuickPickItemKind, window } from 'vscode';
import type { Action } from './messages';

/** A choice. Without data it is an action: `onPicked` runs and the pick stays open. */
export type Item<T> = IAzureQuickPickItem<T | undefined>;

// Without suppressPersistence, azext-utils moves the last pick to the top.
const common = { suppressPersistence: true, matchOnDescription: true, matchOnDetail: true };

/**
 * Asks for one item and resolves to its data. The pick shows while the items load; leaving it aborts their signal.
 * Consecutive items of the same `group` get it as their heading.
 * @param wasChosen whether an item is the earlier choice of a user who went back; it comes first
 */
export async function pick<T>(
  ui: IAzureUserInput,
  load: (signal: AbortSignal) => Promise<Item<T>[]>,
  options: IAzureQuickPickOptions,
  wasChosen: (data: T) => boolean = () => false,
): Promise<T> {
  const left = new AbortController();
  const items = load(left.signal).then((loaded) => withHeadings(chosenFirst(loaded, wasChosen)));
  try {
    const { data } = await ui.showQuickPick(items, { ...common, ...options });
    if (data === undefined) throw new Error('A pick without data runs its action and never ends the question.');
    return data;
  } finally {
    left.abort();
    await Promise.allSettled([items]);
  }
}

function chosenFirst<T>(items: Item<T>[], wasChosen: (data: T) => boolean): Item<T>[] {
  const chosen = items.find(({ data }) => data !== undefined && wasChosen(data));
  if (!chosen || chosen === items[0]) return items;
  return [{ ...chosen, group: l10n.t('previously selected') }, ...items.filter((item) => item !== chosen)];
}

function withHeadings<T>(items: Item<T>[]): Item<T>[] {
  return items.flatMap((item, i) => {
    const heading = item.group === items[i - 1]?.group ? undefined : (item.group ?? '');
    return heading === undefined
      ? [item]
      : [{ label: heading, kind: QuickPickItemKind.Separator, data: undefined }, item];
  });
}

/** Asks for any number of items; `picked` items are initially checked. */
export async function pickMany<T>(
  ui: IAzureUserInput,
  load: () => Promise<(IAzureQuickPickItem<T> & { picked: boolean })[]>,
  options: IAzureQuickPickOptions,
): Promise<{ readonly chosen: readonly T[]; readonly offered: readonly T[] }> {
  const items = load();
  const chosen = await ui.showQuickPick(items, {
    ...common,
    ...options,
    canPickMany: true,
    isPickSelected: ({ picked }) => picked ?? false,
  });
  return { chosen: chosen.map(({ data }) => data), offered: (await items).map(({ data }) => data) };
}

/** Asks for at least one item: asks again until one is checked. */
export async function pickSome<T>(...question: Parameters<typeof pickMany<T>>): Promise<readonly T[]> {
  const { chosen } = await pickMany(...question);
  return chosen.length > 0 ? chosen : pickSome(...question);
}

/**
 * Asks for one action outside of a command, for example for the rest of the buttons of a notification.
 * @returns the result of the chosen action; undefined on Esc
 */
export async function pickAction<T>(
  title: string,
  placeHolder: string,
  actions: readonly Action<T>[],
): Promise<T | undefined> {
  const items = actions.map((action) => ({ label: action.title, action }));
  const chosen = await window.showQuickPick(items, { title, placeHolder });
  return await chosen?.action.run();
}
