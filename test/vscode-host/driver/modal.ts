import type { Page } from 'playwright-core';
import { type ModalState, readModal } from './inPageDialogs';
import { roomForToasts, untilDone } from './toasts';
import { matches, type Text } from './until';

export interface Modal extends ModalState {
  choose(button: string): Promise<void>;
}

export async function waitForModal(page: Page, message?: Text): Promise<Modal> {
  const dialog = page.locator('.monaco-dialog-box');
  const shown = await untilDone(page, `modal "${String(message)}"`, async () => {
    const state = await page.evaluate(readModal);
    return state !== undefined && (message === undefined || matches(message, state.message)) && state;
  });
  return {
    ...shown,
    async choose(button) {
      await roomForToasts(page);
      await dialog.getByRole('button', { name: button, exact: true }).click();
      await dialog.filter({ hasText: shown.message }).waitFor({ state: 'hidden' });
    },
  };
}
