import type { Page } from 'playwright-core';
import { until } from './until';

/** The text of the hovers that are visible. */
export const hovers = (page: Page) => page.locator('.monaco-hover:visible .hover-contents');

/** Moves the mouse to the editor and waits until no hover is visible: a hover takes the mouse from what it covers. */
export async function endHovers(page: Page): Promise<void> {
  await page.locator('.part.editor').hover();
  await until('view without hovers', async () => (await hovers(page).count()) === 0);
}
