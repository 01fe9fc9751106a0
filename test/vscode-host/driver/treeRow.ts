import type { Locator, Page } from 'playwright-core';
import type { RowsState, RowState } from './inPage';
import { clickOnce } from './clickOnce';
import { chooseIn, closeMenu, menuItems } from './menu';
import { roomForToasts } from './toasts';
import { matches, startOf, type Text, until, wholeText } from './until';

/** A row, identified by its label, or by the labels of its parents and its own. Each use waits for it and finds it again. */
export interface Row {
  state(): Promise<RowState>;
  /** Waits until `test` accepts the row. */
  when(what: string, test: (row: RowState) => boolean): Promise<RowState>;
  gone(): Promise<void>;
  expand(): Promise<void>;
  collapse(): Promise<void>;
  click(): Promise<void>;
  /** Adds the row to the selection, or removes it. */
  ctrlClick(): Promise<void>;
  /** The titles of the context menu. */
  menu(): Promise<string[]>;
  choose(title: string): Promise<void>;
  inlineActions(): Promise<string[]>;
  inlineAction(title: string): Promise<void>;
  /** The text of the hover. */
  tooltip(): Promise<string>;
}

/** The rows of a view in the page. */
export interface Rows {
  readonly page: Page;
  readonly list: Locator;
  read(): Promise<RowsState>;
  /** The visible rows, for error messages. */
  shown(): Promise<string>;
}

const moment = { timeout: 2000 };
const showHover = ['Control+K', 'Control+I'];
const wheelNotch = 100;

interface Aim {
  readonly when: (what: string, test: (row: RowState) => boolean) => Promise<RowState>;
  /** Rows move while a tree refreshes, so this finds the row again until the action succeeds. */
  readonly act: (does: string, action: (row: Locator, state: RowState) => Promise<void>) => Promise<void>;
  readonly gone: () => Promise<void>;
}

function aim(rows: Rows, path: readonly Text[]): Aim {
  const name = path.join(' › ');
  const wheel = async (notches: 1 | -1): Promise<void> => {
    await rows.list.hover(moment);
    await rows.page.mouse.wheel(0, notches * wheelNotch);
  };
  const search = searcher(wheel);
  const find = async (isReady: boolean): Promise<RowState | undefined> => {
    const state = await rows.read();
    if (isReady && state.isReading) return undefined;
    const found = findRow(state.rows, path);
    const [first, last] = state.whole;
    if (found === undefined) await search(state);
    else if (!isReady || (found.index >= first && found.index <= last)) return found;
    else await wheel(found.index < first ? -1 : 1);
    return undefined;
  };
  return {
    when: (what, test) =>
      until(
        async () => `row ${name} ${what}; shown:\n${await rows.shown()}`,
        async () => {
          const found = await find(false);
          return found !== undefined && test(found) && found;
        },
      ),
    async act(does, action) {
      await until(
        async () => `row ${name} to ${does}; shown:\n${await rows.shown()}`,
        async () => {
          const state = await find(true);
          if (state === undefined) return false;
          await action(locate(rows, state), state);
          return true;
        },
      );
    },
    async gone() {
      await until(`end of row ${name}`, async () => findRow((await rows.read()).rows, path) === undefined);
    },
  };
}

export function treeRow(rows: Rows, path: readonly Text[]): Row {
  const { page } = rows;
  const { when, act, gone } = aim(rows, path);
  const toggle = async (expanded: boolean): Promise<void> => {
    await act(expanded ? 'expand' : 'collapse', async (row, state) => {
      if (state.expanded === expanded) return;
      await clickOnce(page, row.locator('.monaco-tl-twistie'), moment);
      // A row that VS Code draws again at that moment loses the click.
      await row.and(page.locator(`[aria-expanded="${expanded}"]`)).waitFor(moment);
    });
    await when(expanded ? 'expanded' : 'collapsed', (row) => row.expanded === expanded && !row.loading);
  };
  const openMenu = () => act('open the menu of', (row) => clickOnce(page, row, { ...moment, button: 'right' }));
  return {
    when,
    gone,
    state: () => when('visible', () => true),
    expand: () => toggle(true),
    collapse: () => toggle(false),
    click: () => act('click', (row) => clickOnce(page, row, moment)),
    ctrlClick: () => act('ctrl-click', (row) => clickOnce(page, row, { ...moment, modifiers: ['ControlOrMeta'] })),
    async menu() {
      await openMenu();
      const items = await menuItems(page);
      await closeMenu(page);
      return items;
    },
    // The menu of a row that VS Code replaces at that moment belongs to no row, and has fewer items.
    choose: (title) => chooseIn(page, 'menu of the row', openMenu, title),
    ...hovering(page, act),
    tooltip: () => readTooltip(page, openMenu),
  };
}

/** The actions that need the mouse over the row. */
function hovering(page: Page, act: Aim['act']): Pick<Row, 'inlineActions' | 'inlineAction'> {
  return {
    async inlineActions() {
      let actions: string[] = [];
      await act('read', async (row) => {
        await row.hover(moment);
        actions = await labels(row.locator('.actions .action-label'));
      });
      return actions;
    },
    async inlineAction(title) {
      await roomForToasts(page);
      await act('press', async (row) => {
        await row.hover(moment);
        await clickOnce(page, row.locator('.actions').getByRole('button', { name: startOf(title) }), moment);
      });
    },
  };
}

/** Reads the hover of a row as a user of the keyboard does: the driver turns off the hovers of the mouse. */
async function readTooltip(page: Page, openMenu: () => Promise<void>): Promise<string> {
  // The right click gives the row the focus, and doesn't run its command.
  await openMenu();
  await closeMenu(page);
  const hover = page.locator('.monaco-hover:visible .hover-contents');
  const text = await until('tooltip', async () => {
    // VS Code ends the hover of a row that it draws again.
    if ((await hover.count()) === 0) for (const key of showHover) await page.keyboard.press(key);
    const shown = (await hover.last().innerText(moment)).trim();
    return shown !== 'Loading...' && shown;
  });
  await page.keyboard.press('Escape');
  return text.replaceAll('\u00a0', ' ');
}

function locate({ page, list }: Rows, { index, label }: RowState): Locator {
  return list
    .locator(`> .monaco-list-row[data-index="${index}"]`)
    .filter({ has: page.locator('.label-name', { hasText: wholeText(label) }) });
}

/** The first label can be at any level. Each further label is one level below the one before. */
function findRow(
  rows: readonly RowState[],
  [first, ...below]: readonly Text[],
  among: readonly RowState[] = rows,
): RowState | undefined {
  if (first === undefined) return undefined;
  for (const row of among) {
    if (!matches(first, row.label)) continue;
    const found = below.length === 0 ? row : findRow(rows, below, childrenOf(rows, row));
    if (found !== undefined) return found;
  }
  return undefined;
}

function childrenOf(rows: readonly RowState[], parent: RowState): RowState[] {
  const after = rows.filter(({ index }) => index > parent.index);
  const end = after.findIndex(({ level }) => level <= parent.level);
  return after.slice(0, end === -1 ? undefined : end).filter(({ level }) => level === parent.level + 1);
}

/** Scrolls step by step to the end and back to the top, because the page has only the visible rows. */
function searcher(wheel: (notches: 1 | -1) => Promise<void>): (at: RowsState) => Promise<void> {
  let down = true;
  return async ({ startsAtTop, reachesEnd }) => {
    if (startsAtTop && reachesEnd) return;
    if (startsAtTop || reachesEnd) down = startsAtTop;
    await wheel(down ? 1 : -1);
  };
}

/** The names of buttons. */
export async function labels(buttons: Locator): Promise<string[]> {
  const found = await Promise.all((await buttons.all()).map((button) => button.getAttribute('aria-label')));
  return found.map((label) => label ?? '');
}
