import type { Locator, Page } from 'playwright-core';
import { type Text, until, wholeText } from './until';

export interface ToastState {
  readonly text: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly buttons: readonly string[];
  readonly inProgress: boolean;
}

export interface Toast extends ToastState {
  press(button: string): Promise<void>;
  close(): Promise<void>;
  gone(timeout?: number): Promise<void>;
}

const item = '.notifications-toasts .notification-toast';

/** The newest toast comes first. VS Code shows three at most. */
export async function readToasts(page: Page): Promise<ToastState[]> {
  const toasts = await page.locator(item).all();
  const states = await Promise.all(toasts.map(read));
  return states.filter((state) => state !== undefined);
}

/** @param text the whole message, or an expression for a part of it. The message of a progress is "title: message". */
export async function waitForToast(page: Page, text: Text, timeout?: number): Promise<Toast> {
  const message = page.locator('.notification-list-item-message', { hasText: wholeText(text) });
  const toast = page.locator(item).filter({ has: message }).first();
  const state = await until(
    async () => `toast "${String(text)}"; shown: ${JSON.stringify(await readToasts(page))}`,
    () => read(toast),
    timeout,
  );
  return {
    ...state,
    press: (button) => toast.getByRole('button', { name: button, exact: true }).click(),
    async close() {
      await toast.hover();
      await toast.locator('.action-label[aria-label^="Clear Notification"]').click();
    },
    gone: (timeLimit) =>
      toast.waitFor({ state: 'detached', ...(timeLimit === undefined ? {} : { timeout: timeLimit }) }),
  };
}

/** Undefined if the toast has disappeared. */
async function read(toast: Locator): Promise<ToastState | undefined> {
  const [text, icon, buttons, running] = await Promise.all([
    toast.locator('.notification-list-item-message').allInnerTexts(),
    toast
      .locator('.notification-list-item-icon')
      .evaluateAll((icons: { className: string }[]) => icons[0]?.className ?? ''),
    toast.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts(),
    toast.locator('.monaco-progress-container.active').count(),
  ]);
  if (text[0] === undefined) return undefined;
  const severity = (['error', 'warning'] as const).find((name) => icon.includes(`codicon-${name}`)) ?? 'info';
  return { text: text[0].trim(), severity, buttons, inProgress: running > 0 };
}

/** Unlike other toasts, a progress can't be cleared. It stays until its work ends. */
export async function cancelProgress(page: Page): Promise<void> {
  const running = page.locator(item, { has: page.locator('.monaco-progress-container.active') });
  const cancel = running.getByRole('button', { name: 'Cancel', exact: true }).first();
  await until('end of all progress', async () => {
    if (!(await cancel.isVisible())) return true;
    // It may end by itself at the same time.
    await cancel.click({ timeout: 1000 });
    return false;
  });
}
