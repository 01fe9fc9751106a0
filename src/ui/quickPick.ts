import type { AzExtInputBoxOptions, IAzureQuickPickItem, IAzureQuickPickOptions } from '@microsoft/vscode-azext-utils';
import { setTimeout as delay } from 'node:timers/promises';
import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { plainLine, plainText } from '../core/text';
import { AskAgain } from './askAgain';
import type { Action } from './messages';
import { askCounted, type CountedInput } from './questions';
import type { Services } from './services';

/** A choice. Without data it is an action: `onPicked` runs and the pick stays open. */
export type Item<T> = IAzureQuickPickItem<T | undefined>;

// Without suppressPersistence, azext-utils moves the last pick to the top.
const common = { suppressPersistence: true, matchOnDescription: true, matchOnDetail: true };

/** How long a list may load before its quick pick offers to load it again, in milliseconds. */
const slowMs = 15_000;

/**
 * Asks for one item and resolves to its data. The pick shows while the items load; leaving it aborts their signal.
 * Consecutive items of the same `group` get it as their heading. A row that throws `AskAgain` asks the question again.
 * @param wasChosen whether an item is the earlier choice of a user who went back; it comes first
 */
export function pick<T>(
  ui: CountedInput,
  load: (signal: AbortSignal) => Promise<Item<T>[]>,
  options: IAzureQuickPickOptions,
  wasChosen: (data: T) => boolean = () => false,
): Promise<T> {
  const loadRows = async (signal: AbortSignal) => toRows(chosenFirst(await load(signal), wasChosen));
  return loadAndAsk(ui, loadRows, options, async (rows, shared) => {
    const { data } = await ui.showQuickPick(orSlow(rows, slowItems), shared);
    if (data === undefined) throw new Error('A pick without data runs its action and never ends the question.');
    return data;
  });
}

/** Loads rows and asks about them, again after `AskAgain`. Leaving the question aborts the signal. */
async function loadAndAsk<Row, Answer>(
  ui: CountedInput,
  load: (signal: AbortSignal) => Promise<Row[]>,
  options: IAzureQuickPickOptions,
  ask: (rows: Promise<Row[]>, options: IAzureQuickPickOptions) => Promise<Answer>,
): Promise<Answer> {
  const left = new AbortController();
  let rows: Promise<Row[]> | undefined;
  showTitle(ui, options.title);
  try {
    // Loading is a part of the question, so that what it reads doesn't wait for the answer.
    return await askCounted(ui, () => {
      const loading = (rows = load(left.signal));
      return whileWaiting(() => ask(loading, { ...common, ...plainOptions(options) }));
    });
  } catch (error) {
    if (!(error instanceof AskAgain)) throw error;
    await error.first();
  } finally {
    left.abort();
    await Promise.allSettled([rows]);
  }
  return loadAndAsk(ui, load, options, ask);
}

/** Asks about the same rows again as long as the user keeps waiting for them. */
async function whileWaiting<T>(ask: () => Promise<T>, first: AskAgain['first'] = () => undefined): Promise<T> {
  try {
    await first();
    return await ask();
  } catch (error) {
    if (!(error instanceof AskAgain) || !error.keepWaiting) throw error;
    return whileWaiting(ask, error.first);
  }
}

/** The rows, or, if they take long, those of `whenSlow`. */
async function orSlow<Row>(rows: Promise<Row[]>, whenSlow: () => Row[]): Promise<Row[]> {
  const loaded = new AbortController();
  const slow = delay(slowMs, undefined, { signal: loaded.signal }).then(whenSlow, () => rows);
  return Promise.race([rows, slow]).finally(() => {
    loaded.abort();
  });
}

const slowItems = (): Item<never>[] => [
  actionItem('watch', l10n.t('Keep waiting (no answer from Azure for {0} seconds)', slowMs / 1000), () => {
    throw new AskAgain(undefined, true);
  }),
  retryItem(),
];

/** Loads the items of the quick pick again. */
export const retryItem = (): Item<never> =>
  actionItem('refresh', l10n.t('Retry'), () => {
    throw new AskAgain();
  });

/** Ends an action of a row: asks the question again after this. */
export function askAgainAfter(first: () => unknown): never {
  throw new AskAgain(first);
}

/** A row that runs an action; the quick pick stays open unless the action throws `AskAgain`. */
export const actionItem = (icon: string, label: string, onPicked: () => void, detail?: string): Item<never> => ({
  label,
  iconPath: new ThemeIcon(icon),
  group: '',
  alwaysShow: true,
  data: undefined,
  onPicked,
  ...(detail !== undefined && { detail }),
});

/** Outside of a wizard, azext-utils shows no title. */
function showTitle(ui: CountedInput & { wizard?: unknown }, title: string | undefined): void {
  if (title === undefined || ui.wizard !== undefined) return;
  const cancellationToken = { isCancellationRequested: false };
  ui.wizard = { title: plainLine(title), showTitle: true, hideStepCount: true, cancellationToken };
}

export function chosenFirst<T>(items: Item<T>[], wasChosen: (data: T) => boolean): Item<T>[] {
  const chosen = items.find(({ data }) => data !== undefined && wasChosen(data));
  if (!chosen || chosen === items[0]) return items;
  return [{ ...chosen, group: l10n.t('previously selected') }, ...items.filter((item) => item !== chosen)];
}

/** The rows for a list: with headings, and names from Azure as plain text. */
export const toRows = <T>(items: Item<T>[]): Item<T>[] => withHeadings(items).map(plainItem);

function withHeadings<T>(items: Item<T>[]): Item<T>[] {
  return items.flatMap((item, i) => {
    const heading = item.group === items[i - 1]?.group ? undefined : (item.group ?? '');
    return heading === undefined
      ? [item]
      : [{ label: heading, kind: QuickPickItemKind.Separator, data: undefined }, item];
  });
}

/** Asks for any number of items; `picked` items are initially checked. */
export function pickMany<T>(
  ui: CountedInput,
  load: () => Promise<(IAzureQuickPickItem<T> & { picked: boolean })[]>,
  options: IAzureQuickPickOptions,
): Promise<{ readonly chosen: readonly T[]; readonly offered: readonly T[] }> {
  const loadRows = async () => (await load()).map(plainItem);
  return loadAndAsk(ui, loadRows, options, async (rows, shared) => {
    // A row with a check box runs no action, so another list replaces the slow one.
    const whenSlow = () => {
      throw new AskAgain(() => ui.showQuickPick(slowItems(), shared), true);
    };
    const isPickSelected = ({ picked }: { readonly picked?: boolean }) => picked ?? false;
    const chosen = await ui.showQuickPick(orSlow(rows, whenSlow), { ...shared, canPickMany: true, isPickSelected });
    return { chosen: chosen.map(({ data }) => data), offered: (await rows).map(({ data }) => data) };
  });
}

/**
 * Asks for at least one item: asks again until one is checked.
 * @param options `none` replaces the placeholder when the user has accepted without a checked item
 */
export async function pickSome<T>(
  ui: CountedInput,
  load: Parameters<typeof pickMany<T>>[1],
  { none, ...options }: IAzureQuickPickOptions & { readonly none: string },
): Promise<readonly T[]> {
  const { chosen } = await pickMany(ui, load, options);
  return chosen.length > 0 ? chosen : pickSome(ui, load, { ...options, placeHolder: none, none });
}

/**
 * Asks for one action outside of a command, for example for the rest of the buttons of a notification.
 * @returns the result of the chosen action; undefined on Esc
 */
export async function pickAction<T>(
  { questions }: Pick<Services, 'questions'>,
  title: string,
  placeHolder: string,
  actions: readonly Action<T>[],
): Promise<T | undefined> {
  const items = actions.map((action) => ({ label: plainLine(action.title), action }));
  const options = { ...plainOptions({ title, placeHolder }), ignoreFocusOut: true };
  const chosen = await questions.ask(async () => window.showQuickPick(items, options));
  return await chosen?.action.run();
}

/**
 * Asks for a text.
 * @param problem what is wrong with the text, if anything; an empty text is not told until the user accepts it
 * @param whileTyping the same for an unfinished text
 */
export async function enterText(
  ui: CountedInput,
  {
    title,
    prompt,
    placeHolder = '',
    value = '',
  }: Pick<AzExtInputBoxOptions, 'title' | 'prompt' | 'placeHolder' | 'value'>,
  problem: (text: string) => string | undefined,
  whileTyping = problem,
): Promise<string> {
  const plain = (text: string | undefined) => text && plainText(text);
  const options: AzExtInputBoxOptions = {
    ...(title !== undefined && { title: plainLine(title) }),
    prompt: plainText(prompt ?? ''),
    placeHolder: plainLine(placeHolder),
    value,
    validateInput: (text) => (text === '' ? undefined : plain(whileTyping(text))),
    asyncValidationTask: (text) => Promise.resolve(plain(problem(text))),
  };
  return askCounted(ui, () => ui.showInputBox(options));
}

/** Names from Azure are text in a label. Icons are given by their path. */
function plainItem<T extends QuickPickItem>(item: T): T {
  const { label, description, detail } = item;
  return {
    ...item,
    label: plainLine(label),
    ...(description !== undefined && { description: plainLine(description) }),
    ...(detail !== undefined && { detail: plainLine(detail) }),
  };
}

function plainOptions<T extends { title?: string; placeHolder?: string; noPicksMessage?: string }>(options: T): T {
  const { title, placeHolder, noPicksMessage } = options;
  return {
    ...options,
    ...(noPicksMessage !== undefined && { noPicksMessage: plainLine(noPicksMessage) }),
    ...(title !== undefined && { title: plainLine(title) }),
    ...(placeHolder !== undefined && { placeHolder: plainLine(placeHolder) }),
  };
}
