import type { Page } from 'playwright-core';
import { isShown } from './inPage';
import { until } from './until';

/** The text of the hovers that are visible. */
export const hovers = (page: Page) => page.locator('.monaco-hover:visible .hover-contents');

/** Moves the mouse away and waits until no hover is visible: a hover takes the mouse from what it covers. */
export async function endHovers(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  let moves = 0;
  await until('view without hovers', async () => {
    // To the editor, and each time to another place: a hover that appears late ends when the mouse moves again.
    await page.mouse.move(width * 0.7, height / 2 + (moves++ % 2));
    return !(await page.evaluate(isShown, '.monaco-hover'));
  });
}
