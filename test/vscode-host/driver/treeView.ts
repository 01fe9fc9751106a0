import type { Locator, Page } from 'playwright-core';
import { readRows, type RowState } from './inPage';
import { chooseIn } from './menu';
import { labels, type Row, treeRow } from './treeRow';
import { startOf, type Text, until } from './until';

export interface TreeView {
  /** The visible rows. */
  rows(): Promise<readonly RowState[]>;
  /** Waits until `test` accepts the visible rows. */
  rowsWhen(what: string, test: (rows: readonly RowState[]) => boolean): Promise<readonly RowState[]>;
  row(...path: [Text, ...Text[]]): Row;
  /** Expands all rows on the path to the last one. */
  reveal(...path: [Text, ...Text[]]): Promise<Row>;
  /** The message of the view or its welcome text. */
  message(): Promise<string>;
  /** Waits until the message matches. */
  messageWhen(pattern: RegExp): Promise<string>;
  /** Presses a button of the welcome text. */
  pressButton(title: string): Promise<void>;
  titleActions(): Promise<string[]>;
  titleAction(title: string): Promise<void>;
  /** Chooses a command from the menu beside the actions. */
  moreAction(title: string): Promise<void>;
}

interface Parts {
  /** The view with its header. */
  readonly pane: Locator;
  /** The element with the view's actions, which is outside of the pane for a single view. */
  readonly title: Locator;
}

/** @param view the name of the view; without it, the first view in the side bar */
export function treeView(page: Page, view: string | undefined, { pane, title }: Parts): TreeView {
  const list = pane.locator('.monaco-list-rows');
  const read = () => page.evaluate(readRows, view);
  const shown = async (): Promise<string> =>
    (await read()).rows.map(({ level, label }) => '  '.repeat(level) + label).join('\n');
  const row = (...path: [Text, ...Text[]]): Row => treeRow({ page, list, read, shown }, path);
  const message = async () => (await pane.locator('.welcome-view, .message').allInnerTexts()).join('\n').trim();
  const action = (name: string) => title.getByRole('button', { name: startOf(name) });
  const openMore = async (): Promise<void> => {
    await pane.hover();
    await title.getByRole('button', { name: /More Actions/ }).click();
  };
  return {
    rows: async () => (await read()).rows,
    rowsWhen: (what, test) =>
      until(
        async () => `${what}; shown:\n${await shown()}`,
        async () => {
          const { rows } = await read();
          return test(rows) && rows;
        },
      ),
    row,
    async reveal(...path) {
      const [first, ...others] = path;
      const way: [Text, ...Text[]] = [first];
      for (const next of others) {
        await row(...way).expand();
        way.push(next);
      }
      const last = row(...path);
      await last.state();
      return last;
    },
    message,
    messageWhen: (pattern) =>
      until(
        async () => `message ${String(pattern)}; shown: ${await message()}`,
        async () => {
          const text = await message();
          return pattern.test(text) && text;
        },
      ),
    pressButton: (name) => pane.locator('.welcome-view').getByRole('button', { name, exact: true }).click(),
    titleActions: () => labels(title.getByRole('button')),
    titleAction: async (name) => {
      await pane.hover();
      await action(name).click();
    },
    moreAction: (name) => chooseIn(page, 'menu of the view', openMore, name),
  };
}
