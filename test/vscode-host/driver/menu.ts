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

const itemOf = (page: Page, title: string) =>
  page
    .locator('.monaco-menu')
    .getByRole('menuitem')
    .filter({ has: page.locator('.action-label', { hasText: wholeText(title) }) });

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

/** @returns false if the menu closes without a choice. A click may have chosen the item even if it is reported as failed. */
async function choose(page: Page, title: string): Promise<boolean> {
  const item = itemOf(page, title);
  const before = await page.evaluate(menuChoices);
  // A menu ignores the mouse for a moment after it opens, so that the opening click doesn't choose an item.
  await until(`end of the menu with "${title}"`, async () => {
    if (await item.isVisible()) await item.click({ timeout: 1000 });
    return page.locator('.monaco-menu').isHidden();
  });
  return (await page.evaluate(menuChoices)) > before;
}

/** Without a menu, the key would close something else: a toast or a quick pick. */
export async function closeMenu(page: Page): Promise<void> {
  const menu = page.locator('.monaco-menu');
  await until('end of the menu', async () => {
    if (await menu.isVisible()) await page.keyboard.press('Escape');
    return menu.isHidden();
  });
}
