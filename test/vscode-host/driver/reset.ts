import type { Page } from 'playwright-core';
import { resetKey } from '../profile';
import { isShown, recentToasts } from './inPage';
import { cancelProgress } from './toasts';
import { until } from './until';

/** Closes everything that a test may have left open and clears the selection of all views. Expanded rows stay expanded. */
export async function reset(page: Page): Promise<void> {
  const inTheWay = '.monaco-dialog-box, .quick-input-widget, .monaco-menu';
  await until('workbench without dialogs, quick inputs, and menus', async () => {
    if (!(await page.evaluate(isShown, inTheWay))) return true;
    await page.keyboard.press('Escape');
    return false;
  });
  await cancelProgress(page);
  const left = '.notification-toast, .part.panel, .part.editor .tab';
  const discard = page.getByRole('button', { name: "Don't Save", exact: true });
  await until('workbench without toasts, editors, and panel', async () => {
    if (await discard.isVisible()) await discard.click();
    // A flow that the test has left may still show something, so once isn't enough.
    else await page.keyboard.press(resetKey);
    return !(await page.evaluate(isShown, left));
  });
  await clearSelection(page);
  // The toasts of the last test must not count for the next one.
  await until('pause after the last toast', async () => (await page.evaluate(recentToasts)) === 0);
}

/** With several selected rows, the context menu has fewer commands. */
async function clearSelection(page: Page): Promise<void> {
  const selected = '.sidebar .monaco-list:is(.selection-single, .selection-multiple)';
  await until('view without selected rows', async () => {
    if (!(await page.evaluate(isShown, selected))) return true;
    await page.locator(selected).first().focus();
    await page.keyboard.press('Escape');
    return false;
  });
}
