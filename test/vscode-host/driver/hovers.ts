import type { Page } from 'playwright-core';
import { until } from './until';

/** The text of the hovers that are visible. */
export const hovers = (page: Page) => page.locator('.monaco-hover:visible .hover-contents');

/** Moves the mouse to the editor and waits until no hover is visible: a hover takes the mouse from what it covers. */
export async function endHovers(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  let moves = 0;
  const moveAway = () => page.mouse.move(width * 0.7, height / 2 + (moves++ % 2));
  await moveAway();
  await until('view without hovers', async () => {
    if ((await hovers(page).count()) === 0) return true;
    // A late hover ends when the mouse moves again, and the hover of a focused button when a key is pressed.
    await moveAway();
    await page.keyboard.press('Escape');
    return false;
  });
}
