import type { IAzureQuickPickItem, IAzureQuickPickOptions, IAzureUserInput } from '@microsoft/vscode-azext-utils';
import { l10n, QuickPickItemKind } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import type { ChosenKey } from '../../core/keys/keyChoice';
import type { KeyVault, NewKey, SqlServer, VaultKey } from '../../core/model';
import type { Prompt } from './runWizard';

/** What the wizard has to know before it can create server keys. */
export interface CreateServerKeyAnswers {
  servers?: readonly SqlServer[];
  /** The servers are to be chosen from a list that takes several. */
  severalServers?: true;
  source?: 'browse' | 'paste';
  vault?: KeyVault;
  keyChoice?: KeyChoice;
  /** Keys of the vault, of which the newest enabled version is taken. */
  several?: readonly VaultKey[];
  newKeyName?: string;
  newKey?: NewKey;
  /** What the questions about keys and versions come to; of a new key and of several the summary finds out. */
  keys?: readonly ChosenKey[];
  /** This cloud has refused a versionless key identifier. */
  versionlessRefused?: true;
  /** The user wants to know how it stands; what is there already is checked too. */
  checkOnly?: true;
  /** What the summary showed and the user confirmed. */
  confirmed?: readonly Creation[];
}

/** One key of the vault, one to be created beside those that are there, or several of them. */
export type KeyChoice =
  | { readonly kind: 'one'; readonly key: VaultKey }
  | { readonly kind: 'new' | 'several'; readonly among: readonly VaultKey[] };

export type Question = Prompt<CreateServerKeyAnswers>;

/** Something to choose, or, without data, something that does what its `onPicked` says and leaves the question open. */
export type Item<T> = IAzureQuickPickItem<T | undefined>;

// Without suppressPersistence azext-utils moves what was picked last time to the top, away from its order.
const common = { suppressPersistence: true, matchOnDescription: true, matchOnDetail: true };

/**
 * Asks for one of several, which may still have to be loaded; resolves to the data of the one chosen. Leaving ends the loading.
 * Items with the same `group` stand below it as their heading. What `wasChosen` before the user went back comes first.
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
    return given((await ui.showQuickPick(items, { ...common, ...options })).data);
  } finally {
    left.abort();
    await Promise.allSettled([items]);
  }
}

function chosenFirst<T>(items: Item<T>[], wasChosen: (data: T) => boolean): Item<T>[] {
  const chosen = items.find(({ data }) => data !== undefined && wasChosen(data));
  if (!chosen || chosen === items[0]) return items;
  return [{ ...chosen, group: l10n.t('chosen before') }, ...items.filter((item) => item !== chosen)];
}

function withHeadings<T>(items: Item<T>[]): Item<T>[] {
  return items.flatMap((item, i) => {
    const heading = item.group === items[i - 1]?.group ? undefined : (item.group ?? '');
    return heading === undefined
      ? [item]
      : [{ label: heading, kind: QuickPickItemKind.Separator, data: undefined }, item];
  });
}

/** Asks for any number of several; `picked` items are checked from the start. */
export async function pickMany<T>(
  ui: IAzureUserInput,
  load: () => Promise<(IAzureQuickPickItem<T> & { picked: boolean })[]>,
  options: IAzureQuickPickOptions,
): Promise<{ readonly chosen: readonly T[]; readonly all: number }> {
  const items = load();
  const chosen = await ui.showQuickPick(items, {
    ...common,
    ...options,
    canPickMany: true,
    isPickSelected: ({ picked }) => picked ?? false,
  });
  return { chosen: chosen.map(({ data }) => data), all: (await items).length };
}

/** Asks for one or more of several, and again as long as none is checked. */
export async function pickSome<T>(...question: Parameters<typeof pickMany<T>>): Promise<readonly T[]> {
  const { chosen } = await pickMany(...question);
  return chosen.length > 0 ? chosen : pickSome(...question);
}

/** An answer that the questions before have given. */
export function given<T>(answer: T | undefined): T {
  if (answer === undefined) {
    throw new Error('The wizard asked a question before the one it depends on.');
  }
  return answer;
}
