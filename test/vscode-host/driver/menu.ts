import type { Page } from 'playwright-core';
import { menuChoices } from './inPage';
import { roomForToasts } from './toasts';
import { until, wholeText } from './until';

/** The titles of the open menu, in order. */
export async function menuItems(page: Page): Promise<string[]> {
  const items = page.locator('.monaco-menu').getByRole('menuitem');
  await items.first().waitFor();
  return (await items.allInnerTexts()).map((text) => text.trim());
}

const labelOf = (page: Page, title: string) => page.locator('.action-label', { hasText: wholeText(title) });

const itemOf = (page: Page, title: string) =>
  page
    .locator('.monaco-menu')
    .getByRole('menuitem')
    .filter({ has: labelOf(page, title) });

/** Opens a menu with `open` and chooses an item. Opens it again if it closes first, because VS Code draws its button again. */
export async function chooseIn(page: Page, what: string, open: () => Promise<void>, title: string): Promise<void> {
  await roomForToasts(page);
  await until(`${what} with "${title}"`, async () => {
    await open();
    if ((await menuHas(page, title)) && (await choose(page, title))) return true;
    await closeMenu(page);
    return false;
  });
}

/** Whether the open menu has this item. VS Code adds the items a moment after it opens the menu. */
const menuHas = (page: Page, title: string): Promise<boolean> =>
  itemOf(page, title)
    .waitFor({ timeout: 3000 })
    .then(
      () => true,
      () => false,
    );

/**
 * Chooses by keyboard, because VS Code runs an item that was clicked only later, without its row if the menu has closed by then.
 * @returns false if the menu closes first
 */
async function choose(page: Page, title: string): Promise<boolean> {
  const item = itemOf(page, title);
  const pointed = page.locator('.monaco-menu .action-item.focused', { has: labelOf(page, title) });
  const before = await page.evaluate(menuChoices);
  const isChosen = async (): Promise<boolean> => (await page.evaluate(menuChoices)) > before;
  await until(`end of the menu with "${title}"`, async () => {
    if (await isChosen()) return true;
    if (!(await item.isVisible())) return page.locator('.monaco-menu').isHidden();
    await item.hover({ timeout: 1000 });
    await pointed.waitFor({ timeout: 1000 });
    await item.press('Enter', { timeout: 1000 });
    return isChosen();
  });
  return isChosen();
}

/** Without a menu, the key would close something else: a toast or a quick pick. */
export async function closeMenu(page: Page): Promise<void> {
  const menu = page.locator('.monaco-menu');
  await until('end of the menu', async () => {
    if (await menu.isVisible()) await page.keyboard.press('Escape');
    return menu.isHidden();
  });
}
