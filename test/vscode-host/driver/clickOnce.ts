import type { Locator, Page } from 'playwright-core';
import { clicks } from './inPage';

type Options = NonNullable<Parameters<Locator['click']>[0]>;

/**
 * Clicks, and throws only if the page has got no click. On a busy machine, Playwright reports a time-out although it has clicked,
 * and another click would run a command twice.
 */
export async function clickOnce(page: Page, target: Locator, options: Options): Promise<void> {
  const before = await page.evaluate(clicks);
  try {
    await target.click(options);
  } catch (error) {
    if ((await page.evaluate(clicks)) === before) throw error;
  }
}
