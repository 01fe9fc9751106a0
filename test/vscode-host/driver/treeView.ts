import type { Locator, Page } from 'playwright-core';
import { readRows, type RowState } from './inPage';
import { labels, type Row, treeRow } from './treeRow';
import { startOf, type Text, until } from './until';

export interface TreeView {
  /** The rows in sight. */
  rows(): Promise<readonly RowState[]>;
  /** Waits until the rows in sight are as `test` wants them. */
  rowsWhen(what: string, test: (rows: readonly RowState[]) => boolean): Promise<readonly RowState[]>;
  row(...path: [Text, ...Text[]]): Row;
  /** Opens all rows on the way to the last one. */
  reveal(...path: [Text, ...Text[]]): Promise<Row>;
  /** The text in place of rows, or above them. */
  message(): Promise<string>;
  /** Waits until that text is as `pattern` wants it. */
  messageWhen(pattern: RegExp): Promise<string>;
  /** Presses a button of the text in place of rows. */
  pressButton(title: string): Promise<void>;
  titleActions(): Promise<string[]>;
  titleAction(title: string): Promise<void>;
}

/** @param pane the view with its header; @param title where its actions are, which is not in the pane if it is the only one */
export function treeView(page: Page, pane: Locator, title: Locator): TreeView {
  const list = pane.locator('.monaco-list-rows');
  const read = () => list.locator('> .monaco-list-row').evaluateAll(readRows);
  const shown = async (): Promise<string> =>
    (await read()).rows.map(({ level, label }) => '  '.repeat(level) + label).join('\n');
  const row = (...path: [Text, ...Text[]]): Row => treeRow({ page, list, read, shown }, path);
  const message = async () => (await pane.locator('.welcome-view, .message').allInnerTexts()).join('\n').trim();
  const action = (name: string) => title.getByRole('button', { name: startOf(name) });
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
  };
}
