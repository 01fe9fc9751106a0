import type { Page } from 'playwright-core';
import { buttonClicks, type PickItem, readPickItems } from './inPage';
import { type QuickInputState, readQuickInput } from './inPageDialogs';
import { roomForToasts, untilDone } from './toasts';
import { matches, type Text, until, wholeText } from './until';

export interface QuickPick {
  readonly title: string;
  readonly placeholder: string;
  /** Waits until the quick pick has loaded and has this row. Name a row if the previous quick pick looks the same. */
  items(label?: Text): Promise<PickItem[]>;
  /** The text in its input. */
  value(): Promise<string>;
  filter(text: string): Promise<void>;
  pick(label: Text): Promise<void>;
  /** Selects these items, in addition to those that are selected, and accepts. */
  pickMany(...labels: Text[]): Promise<void>;
  /** Selects these items and no others, and accepts. */
  pickOnly(...labels: Text[]): Promise<void>;
  /** Presses a button in the title bar, for example Back. */
  press(button: string): Promise<void>;
  back(): Promise<void>;
  cancel(): Promise<void>;
}

interface Validation {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

export interface InputBox {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  value(): Promise<string>;
  fill(text: string): Promise<void>;
  /** Waits for a validation message, or for this one. */
  validation(expected?: Text): Promise<Validation>;
  accept(): Promise<void>;
  /** Presses a button in the title bar. */
  press(button: string): Promise<void>;
  back(): Promise<void>;
  cancel(): Promise<void>;
}

const confirmHint = / ?\(Press 'Enter' to confirm.*\)$/;

function parts(page: Page) {
  const widget = page.locator('.quick-input-widget');
  return {
    widget,
    input: widget.locator('.quick-input-box input'),
    list: widget.locator('.quick-input-list'),
    rows: widget.locator('.quick-input-list .monaco-list-row'),
    message: widget.locator('.quick-input-message'),
    box: widget.locator('.quick-input-box .monaco-inputbox'),
    busy: widget.locator('.quick-input-progress.active'),
  };
}

async function read(page: Page): Promise<QuickInputState | undefined> {
  const state = await page.evaluate(readQuickInput);
  return state && { ...state, message: state.message.replace(confirmHint, '') };
}

/** Waits for a quick pick or input box that has this text. All steps of a wizard use the same widget. */
async function shown(page: Page, kind: QuickInputState['kind'], text?: Text): Promise<QuickInputState> {
  let before = '';
  return untilDone(
    page,
    async () => `${kind} "${String(text)}"; shown: ${JSON.stringify(await read(page))}`,
    async () => {
      const state = await read(page);
      // VS Code shows the texts of a step before it takes keys for it.
      const now = JSON.stringify(state);
      const isSteady = now === before;
      before = now;
      if (!isSteady || state?.kind !== kind) return undefined;
      const { title, placeholder, message } = state;
      return (text === undefined || [title, placeholder, message].some((said) => matches(text, said))) && state;
    },
  );
}

export async function waitForQuickPick(page: Page, text?: Text): Promise<QuickPick> {
  const { title, placeholder } = await shown(page, 'pick', text);
  const { input, rows, busy } = parts(page);
  const row = (label: Text) => rows.filter({ has: page.locator('.label-name', { hasText: wholeText(label) }) }).first();
  const items = async (label: Text = /./): Promise<PickItem[]> => {
    await row(label).waitFor();
    await busy.waitFor({ state: 'hidden' });
    return rows.evaluateAll(readPickItems);
  };
  return {
    title,
    placeholder,
    items,
    value: () => input.inputValue(),
    filter: (value) => input.fill(value),
    pick: (label) => row(label).click(),
    async pickMany(...labels) {
      for (const label of labels) {
        // The page has only the visible rows.
        if (typeof label === 'string') await input.fill(label);
        await row(label).getByRole('checkbox').check();
      }
      // Enter on a checkbox would toggle it.
      await input.press('Enter');
    },
    async pickOnly(...labels) {
      for (const { label } of await items()) {
        const ticked = labels.some((wanted) => matches(wanted, label));
        await row(label).getByRole('checkbox').setChecked(ticked);
      }
      await input.press('Enter');
    },
    press: (button) => pressButton(page, button),
    back: () => pressButton(page, 'Back'),
    cancel: () => cancel(page),
  };
}

export async function waitForInputBox(page: Page, text?: Text): Promise<InputBox> {
  const { title, placeholder, message: prompt } = await shown(page, 'input', text);
  const { input, box, message } = parts(page);
  const validation = async (expected: Text): Promise<Validation | undefined> => {
    const classes = (await box.getAttribute('class')) ?? '';
    const severity = (['error', 'warning', 'info'] as const).find((name) => classes.split(' ').includes(name));
    const said = (await message.textContent())?.trim() ?? '';
    return severity && matches(expected, said) ? { severity, message: said } : undefined;
  };
  return {
    title,
    prompt,
    placeholder,
    value: () => input.inputValue(),
    fill: (value) => input.fill(value),
    validation: (expected = /./) => until(`validation message ${String(expected)}`, () => validation(expected)),
    accept: () => input.press('Enter'),
    press: (button) => pressButton(page, button),
    back: () => pressButton(page, 'Back'),
    cancel: () => cancel(page),
  };
}

/** VS Code may draw the button again between the two halves of a click, which then is none. */
async function pressButton(page: Page, name: string): Promise<void> {
  const button = parts(page).widget.locator(`.action-label[aria-label^="${name}"]`);
  const before = await page.evaluate(buttonClicks);
  const isClicked = async (): Promise<boolean> => (await page.evaluate(buttonClicks)) > before;
  await until(`click on ${name}`, async () => {
    if (await isClicked()) return true;
    await button.click({ timeout: 2000 });
    return isClicked();
  });
}

async function cancel(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await parts(page).widget.waitFor({ state: 'hidden' });
}

/** Opens the Command Palette and types. Opens it again if it closes: a tree that VS Code has just refreshed takes the focus. */
const typeInPalette = (page: Page, text: string): Promise<boolean> =>
  until('Command Palette', async () => {
    await page.keyboard.press('F1');
    await parts(page).input.fill(`>${text}`, { timeout: 2000 });
    return true;
  });

/** Types this text in the Command Palette and returns the matching titles when they no longer change. */
export async function askPalette(page: Page, text: string): Promise<string[]> {
  const { rows } = parts(page);
  await typeInPalette(page, text);
  let before = '';
  return until('stable list of commands', async () => {
    const items = await rows.evaluateAll(readPickItems);
    const similar = items.findIndex(({ separator }) => separator === 'similar commands');
    const titles = items.slice(0, similar === -1 ? undefined : similar).map(({ label }) => label);
    const settled = titles.length > 0 && titles.join('\n') === before;
    before = titles.join('\n');
    return settled && titles;
  });
}

/** Runs the command with exactly this title, "Category: Title" if it has a category. */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  await roomForToasts(page);
  await typeInPalette(page, title);
  const { rows } = parts(page);
  await rows.filter({ has: page.locator('.label-name', { hasText: wholeText(title) }) }).click();
}
