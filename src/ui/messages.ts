import { env, l10n, window, type MessageOptions } from 'vscode';
import { plainLine, plainText } from '../core/text';

/** A button and what it does. */
export interface Action<T = unknown> {
  readonly title: string;
  readonly run: () => T | Thenable<T>;
}

export type Severity = 'info' | 'warning' | 'error';

/**
 * Shows a notification.
 * @returns the result of the chosen action; undefined when the user closes the notification
 */
export async function notify<T>(
  severity: Severity,
  text: string,
  ...actions: readonly Action<T>[]
): Promise<T | undefined> {
  return run(await show(severity, text, {}, titlesOf(actions)), actions);
}

/**
 * Shows a notification until one of its actions returns false or the user closes it: it comes back after copying, or after Esc in the
 * list that a button opens.
 */
export async function offer(severity: Severity, text: string, ...actions: readonly Action<boolean>[]): Promise<void> {
  if (await notify(severity, text, ...actions)) await offer(severity, text, ...actions);
}

/**
 * Shows a modal dialog, which has a Cancel button too.
 * @returns the result of the chosen action; undefined on Cancel
 */
export async function askModal<T>(
  severity: Severity,
  message: string,
  detail: string,
  ...actions: readonly Action<T>[]
): Promise<T | undefined> {
  return run(await show(severity, message, { modal: true, detail }, titlesOf(actions)), actions);
}

/** Asks for consent in a modal dialog. */
export async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  return (await askModal('warning', question, detail, { title: button, run: () => true })) ?? false;
}

/** The same action with this result, for example false beside a button that consents. */
export const withResult = <T>({ title, run: act }: Action, result: T): Action<T> => ({
  title,
  run: async () => {
    await act();
    return result;
  },
});

/** Copies a text and shows a message in the status bar. */
export async function copyText(text: string, message = l10n.t('Copied: {0}', text)): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(plainLine(message), 5000);
}

function show(severity: Severity, text: string, { modal, detail }: MessageOptions, titles: readonly string[]) {
  const message = plainLine(text);
  const options = { ...(modal !== undefined && { modal }), ...(detail !== undefined && { detail: plainText(detail) }) };
  switch (severity) {
    case 'info':
      return window.showInformationMessage(message, options, ...titles);
    case 'warning':
      return window.showWarningMessage(message, options, ...titles);
    case 'error':
      return window.showErrorMessage(message, options, ...titles);
  }
}

const titlesOf = (actions: readonly Action[]): readonly string[] => actions.map(({ title }) => title);

async function run<T>(title: string | undefined, actions: readonly Action<T>[]): Promise<T | undefined> {
  return await actions.find((action) => action.title === title)?.run();
}
