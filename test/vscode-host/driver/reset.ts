import type { Page } from 'playwright-core';
import { resetKey } from '../profile';
import { endHovers } from './hovers';
import { isQuiet } from './inPage';
import { cancelProgress } from './toasts';
import { until } from './until';

/** Closes everything that a test may have left open and clears the selection of all views. Expanded rows stay expanded. */
export async function reset(page: Page): Promise<void> {
  const inTheWay = page.locator('.monaco-dialog-box, .quick-input-widget, .monaco-menu').filter({ visible: true });
  await until('workbench without dialogs, quick inputs, and menus', async () => {
    if ((await inTheWay.count()) === 0) return true;
    await page.keyboard.press('Escape');
    return false;
  });
  await cancelProgress(page);
  await page.keyboard.press(resetKey);
  const left = page.locator('.notification-toast, .part.panel, .part.editor .tab').filter({ visible: true });
  const discard = page.getByRole('button', { name: "Don't Save", exact: true });
  await until('workbench without toasts, editors, and panel', async () => {
    if (await discard.isVisible()) await discard.click();
    return (await left.count()) === 0;
  });
  await endHovers(page);
  await clearSelection(page);
  // VS Code drops the fourth toast within 800 ms. The toasts of the last test must not count for the next one.
  await until('pause after the last toast', () => page.evaluate(isQuiet, 800));
}

/** With several selected rows, the context menu has fewer commands. */
async function clearSelection(page: Page): Promise<void> {
  const selected = page.locator('.sidebar .monaco-list:is(.selection-single, .selection-multiple)');
  await until('view without selected rows', async () => {
    if ((await selected.count()) === 0) return true;
    await selected.first().focus();
    await page.keyboard.press('Escape');
    return false;
  });
}
