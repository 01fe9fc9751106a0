import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readSettings, type Settings } from '../profile';
import { extensionsLoaded, type Focus, readFocus, readSavedState, watchClicks, watchToasts } from './inPage';
import type { ToastState } from './inPageDialogs';
import { type Modal, waitForModal } from './modal';
import { openView } from './openView';
import { outputText, showOutput } from './outputPanel';
import {
  askPalette,
  type InputBox,
  type QuickPick,
  runFromPalette,
  waitForInputBox,
  waitForQuickPick,
} from './quickInput';
import { reset } from './reset';
import { userSettings } from './settings';
import { readToasts, type Toast, untilDone, waitForToast } from './toasts';
import type { TreeView } from './treeView';
import { matches, type Text, until } from './until';

export type Theme = 'light' | 'dark' | 'high contrast';

const themes: Record<Theme, { readonly name: string; readonly className: string }> = {
  light: { name: 'Light Modern', className: 'vs' },
  dark: { name: 'Dark Modern', className: 'vs-dark' },
  'high contrast': { name: 'Default High Contrast', className: 'hc-black' },
};

/** The setting for a theme. */
export function themeSetting(theme: Theme): Settings {
  return { 'workbench.colorTheme': themes[theme].name };
}

/** VS Code as a user sees it. Each method waits until what it needs is visible. */
export interface Workbench {
  readonly page: Page;
  /** Opens a view container from the activity bar and returns its view. Name the view if the container has several. */
  openView(container: string, view?: string): Promise<TreeView>;
  /** Runs the command with exactly this title, "Category: Title" if it has a category, from the Command Palette. */
  palette(title: string): Promise<void>;
  /** The titles in the Command Palette for a text. */
  offered(text: string): Promise<string[]>;
  /** Waits for a quick pick with this title or placeholder. */
  quickPick(text?: Text): Promise<QuickPick>;
  /** Waits for an input box with this title, prompt, or placeholder. */
  inputBox(text?: Text): Promise<InputBox>;
  modal(message?: Text): Promise<Modal>;
  toasts(): Promise<ToastState[]>;
  /** The toasts without those of progress, which VS Code hides only some time after the work has ended. */
  messages(): Promise<ToastState[]>;
  /** Waits for a toast. A string must be its whole text; an expression can match a part of it. */
  waitForToast(text: Text, timeout?: number): Promise<Toast>;
  /** Opens an output channel and returns its visible lines. */
  showOutput(channel: string): Promise<string>;
  /** Waits until the Output panel shows this channel, and returns its visible lines. */
  outputText(channel: string): Promise<string>;
  /** Everything that a log channel has written since the last reload, from its file. */
  logText(channel: string): string;
  /** The title and the visible lines of the active editor. */
  editor(title?: Text): Promise<{ readonly title: string; readonly text: string }>;
  /** The text of the Markdown preview, once it contains this. */
  preview(text: Text): Promise<string>;
  /** The element with the keyboard focus. */
  focus(): Promise<Focus>;
  press(key: string): Promise<void>;
  /** The text on the clipboard, once it matches. */
  clipboard(text?: Text): Promise<string>;
  /** Waits until VS Code asks to open a web address, declines, and returns the address. */
  openedAddress(): Promise<string>;
  /** The saved user settings, including VS Code's own changes. */
  savedSettings(): Settings;
  /** The folder in which VS Code keeps an extension's files for all windows. */
  globalStorage(extensionId: string): string;
  /** Changes these user settings and waits until the window uses them. */
  setSettings(settings: Settings): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /**
   * Closes everything that a test may have left open (inputs, dialogs, toasts, editors, the panel) and clears the selection of
   * all views. Expanded rows stay expanded.
   */
  reset(): Promise<void>;
  /** Reloads the window, with a new extension host and these user settings changed. */
  reload(settings?: Settings): Promise<void>;
  /** Takes a screenshot and returns its file. */
  screenshot(name: string): Promise<string>;
}

export interface WorkbenchPlace {
  readonly userDataDir: string;
  readonly logsDir: string;
  readonly screenshots: string;
  readonly settings: Settings;
}

export function createWorkbench(page: Page, place: WorkbenchPlace): Workbench {
  const settings = userSettings(page, place.userDataDir, place.settings);
  return {
    page,
    openView: (container, view) => openView(page, container, view),
    ...conversation(page),
    showOutput: (channel) => showOutput(page, channel),
    outputText: (channel) => outputText(page, channel),
    logText: (channel) => newestLog(place.logsDir, channel),
    editor: (title) => readEditor(page, title),
    focus: () => page.evaluate(readFocus),
    press: (key) => page.keyboard.press(key),
    preview: (text) => readPreview(page, text),
    clipboard: (text) => readClipboard(page, text),
    openedAddress: () => declineAddress(page),
    globalStorage: (extensionId) => join(place.userDataDir, 'User/globalStorage', extensionId),
    savedSettings: () => readSettings(place.userDataDir),
    setSettings: (changed) => settings.change(changed),
    async setTheme(theme) {
      await settings.change(themeSetting(theme));
      await page.locator(`.monaco-workbench.${themes[theme].className}`).waitFor();
    },
    reset: () => reset(page),
    async reload(changed) {
      await stateSaved(page);
      if (changed) settings.save(changed);
      await page.reload();
      await workbenchUp(page);
    },
    async screenshot(name) {
      const path = join(place.screenshots, `${name}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      return path;
    },
  };
}

type Conversation = 'palette' | 'offered' | 'quickPick' | 'inputBox' | 'modal' | 'toasts' | 'messages' | 'waitForToast';

/** Everything that VS Code shows on top of the workbench. */
function conversation(page: Page): Pick<Workbench, Conversation> {
  return {
    palette: (title) => runFromPalette(page, title),
    offered: (text) => askPalette(page, text),
    quickPick: (text) => waitForQuickPick(page, text),
    inputBox: (text) => waitForInputBox(page, text),
    modal: (message) => waitForModal(page, message),
    toasts: () => readToasts(page),
    messages: async () => (await readToasts(page)).filter(({ inProgress }) => !inProgress),
    waitForToast: (text, timeout) => waitForToast(page, text, timeout),
  };
}

/** Waits until the workbench appears and has the extensions: the Command Palette waits for their commands less than a second. */
export async function workbenchUp(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .activitybar .action-label').first().waitFor({ timeout: 60_000 });
  await page.evaluate(extensionsLoaded);
  // Progress bars move in spite of workbench.reduceMotion, which keeps the processor busy.
  await page.addStyleTag({ content: '*, *::before, *::after { animation: none !important; }' });
  await page.evaluate(watchToasts);
  await page.evaluate(watchClicks);
}

/** A reload loses unsaved state, for example an account that has just signed in. */
async function stateSaved(page: Page): Promise<void> {
  let before = '';
  await until('stable saved state', async () => {
    const now = await page.evaluate(readSavedState);
    const isStable = now === before;
    before = now;
    return isStable;
  });
}

async function readClipboard(page: Page, expected?: Text): Promise<string> {
  let text = '';
  return until(
    () => `"${String(expected)}" on the clipboard; there is "${text}"`,
    async () => {
      text = await page.evaluate<string>('navigator.clipboard.readText()');
      return expected === undefined || matches(expected, text) ? { text } : undefined;
    },
  ).then((found) => found.text);
}

async function declineAddress(page: Page): Promise<string> {
  // The dialog box shortens a long address.
  await page.evaluate("navigator.clipboard.writeText('')");
  await (await waitForModal(page, /open the external website/)).choose('Copy');
  return readClipboard(page, /./);
}

async function readEditor(page: Page, title?: Text): Promise<{ title: string; text: string }> {
  const tab = page.locator('.part.editor .tab.active');
  const name = await until(`editor ${String(title)}`, async () => {
    // The label of a tab has a file name without its extension. For an unsaved document, only the label has the title.
    const resource = (await tab.getAttribute('data-resource-name')) ?? '';
    const label = (await tab.locator('.label-name').allInnerTexts()).join('').trim();
    return [resource, label].find((shown) => shown !== '' && (title === undefined || matches(title, shown)));
  });
  const lines = page.locator('.part.editor .monaco-editor .view-line');
  await lines.first().waitFor();
  return { title: name, text: (await lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ') };
}

/** The preview is in a frame of the page. Frames come and go while it loads. */
async function readPreview(page: Page, text: Text): Promise<string> {
  return untilDone(page, `Markdown preview with ${String(text)}`, async () => {
    for (const frame of page.frames().slice(1)) {
      const shown = await frame.evaluate<string>('document.body?.innerText ?? ""').catch(() => '');
      if (matches(text, shown)) return shown;
    }
    return undefined;
  });
}

function newestLog(logsDir: string, channel: string): string {
  const files = readdirSync(logsDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(`/${channel}.log`))
    .map((file) => join(logsDir, file))
    .sort((one, other) => statSync(one).birthtimeMs - statSync(other).birthtimeMs);
  const newest = files.at(-1);
  return newest === undefined ? '' : readFileSync(newest, 'utf8');
}
