import type { Page } from 'playwright-core';
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

/** Opens a menu with `open` and chooses an item. Opens it again if VS Code replaces the menu's place, which closes the menu. */
export async function chooseIn(page: Page, what: string, open: () => Promise<void>, title: string): Promise<void> {
  await until(`${what} with "${title}"`, async () => {
    await open();
    if (await menuHas(page, title)) return true;
    await closeMenu(page);
    return false;
  });
  await chooseFromMenu(page, title);
}

/** Whether the open menu has this item. VS Code adds the items a moment after it opens the menu. */
const menuHas = (page: Page, title: string): Promise<boolean> =>
  itemOf(page, title)
    .waitFor({ timeout: 3000 })
    .then(
      () => true,
      () => false,
    );

async function chooseFromMenu(page: Page, title: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  const item = itemOf(page, title);
  await item.waitFor();
  // A menu ignores the mouse for a moment after it opens, so that the opening click doesn't choose an item.
  await until(`end of the menu after choosing ${title}`, async () => {
    if (await item.isVisible()) await item.click({ timeout: 1000 });
    return menu.isHidden();
  });
}

export async function closeMenu(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('.monaco-menu').waitFor({ state: 'hidden' });
}
