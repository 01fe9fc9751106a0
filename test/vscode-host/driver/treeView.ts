import type { Locator, Page } from 'playwright-core';
import { readRows, type RowState, type RowsState } from './inPage';
import { chooseFromMenu, closeMenu, menuItems } from './menu';
import { matches, startOf, type Text, until, wholeText } from './until';

/** A row named by its label, or by the labels above it and its own. It is looked up at each use, and waited for. */
export interface Row {
  state(): Promise<RowState>;
  /** Waits until the row is as `test` wants it. */
  when(what: string, test: (row: RowState) => boolean): Promise<RowState>;
  gone(): Promise<void>;
  expand(): Promise<void>;
  collapse(): Promise<void>;
  click(): Promise<void>;
  /** Titles of the context menu. */
  menu(): Promise<string[]>;
  choose(title: string): Promise<void>;
  inlineActions(): Promise<string[]>;
  inlineAction(title: string): Promise<void>;
  /** The text of the hover. */
  tooltip(): Promise<string>;
}

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
  /** Presses a button of the text in place of rows. */
  pressButton(title: string): Promise<void>;
  titleActions(): Promise<string[]>;
  titleAction(title: string): Promise<void>;
}

const moment = { timeout: 2000 };
const wheelNotch = 100;

/** @param pane the view with its header; @param title where its actions are, which is not in the pane if it is the only one */
export function treeView(page: Page, pane: Locator, title: Locator): TreeView {
  const list = pane.locator('.monaco-list-rows');
  const read = () => list.locator('> .monaco-list-row').evaluateAll(readRows);
  const shown = async (): Promise<string> =>
    (await read()).rows.map(({ level, label }) => '  '.repeat(level) + label).join('\n');
  const row = (...path: [Text, ...Text[]]): Row => treeRow(page, list, path, read, shown);
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
    message: async () => (await pane.locator('.welcome-view, .message').allInnerTexts()).join('\n').trim(),
    pressButton: (name) => pane.locator('.welcome-view').getByRole('button', { name, exact: true }).click(),
    titleActions: () => names(title.getByRole('button')),
    titleAction: async (name) => {
      await pane.hover();
      await action(name).click();
    },
  };
}

type Read = () => Promise<RowsState>;

function treeRow(page: Page, list: Locator, path: readonly Text[], read: Read, shown: () => Promise<string>): Row {
  const name = path.join(' › ');
  const scroll = scroller(page, list);
  const find = async (): Promise<RowState | undefined> => {
    const state = await read();
    const found = findRow(state.rows, path);
    if (found === undefined) await scroll(state);
    return found;
  };
  const when = (what: string, test: (row: RowState) => boolean): Promise<RowState> =>
    until(
      async () => `row ${name} ${what}; shown:\n${await shown()}`,
      async () => {
        const found = await find();
        return found !== undefined && test(found) && found;
      },
    );
  // Rows move while a tree refreshes: the aim is taken anew as long as the row was not hit.
  const act = (does: string, action: (row: Locator, state: RowState) => Promise<void>): Promise<unknown> =>
    until(
      async () => `row ${name} to ${does}; shown:\n${await shown()}`,
      async () => {
        const state = await find();
        if (state === undefined) return false;
        await action(locate(page, list, state), state);
        return true;
      },
    );
  const toggle = async (expanded: boolean): Promise<void> => {
    await act(expanded ? 'expand' : 'collapse', async (row, state) => {
      if (state.expanded !== expanded) await row.locator('.monaco-tl-twistie').click(moment);
    });
    await when(expanded ? 'expanded' : 'collapsed', (row) => row.expanded === expanded && !row.loading);
  };
  const openMenu = () => act('open the menu of', (row) => row.click({ ...moment, button: 'right' }));
  return {
    state: () => when('in sight', () => true),
    when,
    async gone() {
      await until(`end of row ${name}`, async () => findRow((await read()).rows, path) === undefined);
    },
    expand: () => toggle(true),
    collapse: () => toggle(false),
    async click() {
      await act('click', (row) => row.click(moment));
    },
    async menu() {
      await openMenu();
      const items = await menuItems(page);
      await closeMenu(page);
      return items;
    },
    async choose(title) {
      await openMenu();
      await chooseFromMenu(page, title);
    },
    async inlineActions() {
      let actions: string[] = [];
      await act('read', async (row) => {
        await row.hover(moment);
        actions = await names(row.locator('.actions .action-label'));
      });
      return actions;
    },
    async inlineAction(title) {
      await act('press', async (row) => {
        await row.hover(moment);
        await row
          .locator('.actions')
          .getByRole('button', { name: startOf(title) })
          .click(moment);
      });
    },
    async tooltip() {
      await act('hover', (row) => row.locator('.monaco-icon-label-container').hover(moment));
      return (await page.locator('.monaco-hover .hover-contents').last().innerText()).trim();
    },
  };
}

function locate(page: Page, list: Locator, { index, label }: RowState): Locator {
  return list
    .locator(`> .monaco-list-row[data-index="${index}"]`)
    .filter({ has: page.locator('.label-name', { hasText: wholeText(label) }) });
}

/** The first label may stand at any level; each further one directly below the one before. */
function findRow(rows: readonly RowState[], [first, ...below]: readonly Text[]): RowState | undefined {
  if (first === undefined) return undefined;
  for (const row of rows) {
    if (!matches(first, row.label)) continue;
    const found = below.length === 0 ? row : findRow(childrenOf(rows, row), below);
    if (found !== undefined) return found;
  }
  return undefined;
}

function childrenOf(rows: readonly RowState[], parent: RowState): RowState[] {
  const after = rows.filter(({ index }) => index > parent.index);
  const end = after.findIndex(({ level }) => level <= parent.level);
  return after.slice(0, end === -1 ? undefined : end).filter(({ level }) => level === parent.level + 1);
}

/** Looks for rows out of sight, which do not exist in the page: notch by notch down to the end, then up again. */
function scroller(page: Page, list: Locator): (at: RowsState) => Promise<void> {
  let down = true;
  return async ({ startsAtTop, reachesEnd }) => {
    if (startsAtTop && reachesEnd) return;
    if (startsAtTop || reachesEnd) down = startsAtTop;
    await list.hover(moment);
    await page.mouse.wheel(0, down ? wheelNotch : -wheelNotch);
  };
}

async function names(buttons: Locator): Promise<string[]> {
  const labels = await Promise.all((await buttons.all()).map((button) => button.getAttribute('aria-label')));
  return labels.map((label) => label ?? '');
}
