import { GoBackError, UserCancelledError } from '@microsoft/vscode-azext-utils';
import { QuickInputButtons, QuickPickItemKind, window, type QuickPick } from 'vscode';
import { plainLine } from '../core/text';
import { toRows, type Item } from './quickPick';
import type { Services } from './services';

/** Where a question is in its wizard. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly steps: number;
}

/** Rows, and the one that has the focus; the first by default. */
export interface Rows<T> {
  readonly items: readonly Item<T>[];
  readonly focused?: Item<T> | undefined;
}

/** A question whose rows can change while it is shown. */
export interface LiveQuestion<T> {
  readonly placeHolder: string;
  readonly loadingPlaceHolder: string;
  readonly load: (signal: AbortSignal) => Promise<Rows<T>> | Rows<T>;
  /** Better rows, which replace the first ones unless the user has already moved or typed. A failure changes nothing. */
  readonly refine?: (signal: AbortSignal) => Promise<Rows<T>>;
  /** The rows to show in place after a choice; undefined if the choice answers the question. */
  readonly expand?: (data: T) => Rows<T> | undefined;
}

/** Asks for one row and resolves to its data. Unlike azext-utils' pick, it can focus any row and replace rows in place. */
export const pickLive = <T>(
  { questions }: Pick<Services, 'questions'>,
  place: Place,
  question: LiveQuestion<T>,
): Promise<T> => questions.ask(() => show(place, question));

async function show<T>({ title, step, steps }: Place, question: LiveQuestion<T>): Promise<T> {
  const pick = window.createQuickPick<Item<T>>();
  const left = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      Object.assign(pick, { title: plainLine(title), step, totalSteps: steps, ignoreFocusOut: true });
      Object.assign(pick, { matchOnDescription: true, matchOnDetail: true, keepScrollPosition: true });
      pick.buttons = step > 1 ? [QuickInputButtons.Back] : [];
      pick.onDidTriggerButton(() => {
        reject(new GoBackError());
      });
      pick.onDidHide(() => {
        reject(new UserCancelledError());
      });
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        const run = async () => item?.onPicked?.();
        if (item?.data === undefined) run().catch(reject);
        // At once: VS Code may hide the pick at the same moment, for example for the Command Palette.
        else if (!expanded(pick, question, item.data)) resolve(item.data);
      });
      fill(pick, question, left.signal).catch(reject);
    });
  } finally {
    left.abort();
    pick.dispose();
  }
}

/** Shows the rows of a choice in place. @returns false if the choice answers the question */
function expanded<T>(pick: QuickPick<Item<T>>, { expand }: LiveQuestion<T>, choice: T): boolean {
  const rows = expand?.(choice);
  if (rows) showRows(pick, rows);
  return rows !== undefined;
}

async function fill<T>(pick: QuickPick<Item<T>>, question: LiveQuestion<T>, signal: AbortSignal): Promise<void> {
  const { load, refine, placeHolder, loadingPlaceHolder } = question;
  const loading = load(signal);
  if (loading instanceof Promise) {
    Object.assign(pick, { placeholder: plainLine(loadingPlaceHolder), busy: true, enabled: false });
    pick.show();
  }
  const first = showRows(pick, await loading);
  Object.assign(pick, { placeholder: plainLine(placeHolder), busy: refine !== undefined, enabled: true });
  pick.show();
  if (!refine) return;
  const better = await refine(signal).catch(() => undefined);
  if (signal.aborted) return;
  // VS Code tells a moment later which row has the focus.
  const [active = first] = pick.activeItems;
  const isUntouched = pick.value === '' && active === first;
  if (better && isUntouched) showRows(pick, better);
  pick.busy = false;
}

/** @returns the row that gets the focus */
function showRows<T>(pick: QuickPick<Item<T>>, { items, focused }: Rows<T>): Item<T> | undefined {
  const rows = toRows([...items]);
  const chosen = rows.find((row) => focused && row.label === plainLine(focused.label) && row.data === focused.data);
  pick.items = rows;
  if (chosen) pick.activeItems = [chosen];
  return chosen ?? rows.find(({ kind }) => kind !== QuickPickItemKind.Separator);
}
