import type { Page } from 'playwright-core';
import { matches, type Text, until } from './until';

export interface Modal {
  readonly message: string;
  readonly detail: string;
  /** In the order of the dialog box. */
  readonly buttons: readonly string[];
  choose(button: string): Promise<void>;
}

export async function waitForModal(page: Page, message?: Text): Promise<Modal> {
  const dialog = page.locator('.monaco-dialog-box');
  const text = async (selector: string): Promise<string> =>
    (await dialog.locator(selector).allInnerTexts()).join('').trim();
  const shown = await until(`modal "${String(message)}"`, async () => {
    if (!(await dialog.isVisible())) return undefined;
    const [first, second] = [await text('.dialog-message'), await text('.dialog-message-detail')];
    // If there is no detail, VS Code shows the message in its place.
    const said = first === '' ? { message: second, detail: '' } : { message: first, detail: second };
    return (message === undefined || matches(message, said.message)) && said;
  });
  return {
    ...shown,
    buttons: await dialog.locator('.dialog-buttons .monaco-button').allInnerTexts(),
    async choose(button) {
      await dialog.getByRole('button', { name: button, exact: true }).click();
      await dialog.filter({ hasText: shown.message }).waitFor({ state: 'hidden' });
    },
  };
}
