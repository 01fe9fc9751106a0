import type { Page } from 'playwright-core';
import { recentToasts } from './inPage';
import { readToastStates, type ToastState } from './inPageDialogs';
import { matches, type Text, until, wholeText, working } from './until';

export interface Toast extends ToastState {
  press(button: string): Promise<void>;
  close(): Promise<void>;
  gone(timeout?: number): Promise<void>;
}

const item = '.notifications-toasts .notification-toast';

/** The newest toast comes first. VS Code shows three at most. */
export const readToasts = (page: Page): Promise<ToastState[]> => page.evaluate(readToastStates, item);

/**
 * Waits until VS Code shows the toasts of the next command. It drops all after the third in 800 ms, for which a command that follows
 * another at the speed of a test can be too early.
 */
export async function roomForToasts(page: Page): Promise<void> {
  await until('pause after the last toasts', async () => (await page.evaluate(recentToasts)) < 2);
}

/** The same as `until` for what follows the work that a notification shows the progress of. */
export const untilDone = <T>(page: Page, ...[what, look, timeout]: Parameters<typeof until<T>>): Promise<T> =>
  until(
    what,
    async () => {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      return (await readToasts(page)).some(({ inProgress }) => inProgress) ? working : undefined;
    },
    timeout,
  );

/** @param text the whole message, or an expression for a part of it. The message of a progress is "title: message". */
export async function waitForToast(page: Page, text: Text, timeout?: number): Promise<Toast> {
  const message = page.locator('.notification-list-item-message', { hasText: wholeText(text) });
  const toast = page.locator(item).filter({ has: message }).first();
  const state = await untilDone(
    page,
    async () => `toast "${String(text)}"; shown: ${JSON.stringify(await readToasts(page))}`,
    async () => (await readToasts(page)).find((shown) => matches(text, shown.text)),
    timeout,
  );
  return {
    ...state,
    async press(button) {
      await roomForToasts(page);
      await toast.getByRole('button', { name: button, exact: true }).click();
    },
    async close() {
      await toast.hover();
      await toast.locator('.action-label[aria-label^="Clear Notification"]').click();
    },
    gone: (timeLimit) =>
      toast.waitFor({ state: 'detached', ...(timeLimit === undefined ? {} : { timeout: timeLimit }) }),
  };
}

/** Unlike other toasts, a progress can't be cleared. It stays until its work ends. */
export async function cancelProgress(page: Page): Promise<void> {
  const running = page.locator(item, { has: page.locator('.monaco-progress-container.active') });
  const cancel = running.getByRole('button', { name: 'Cancel', exact: true }).first();
  await until('end of all progress', async () => {
    if (!(await readToasts(page)).some(({ inProgress, buttons }) => inProgress && buttons.includes('Cancel')))
      return true;
    // It may end by itself at the same time.
    await cancel.click({ timeout: 1000 });
    return false;
  });
}
