import type { Page } from 'playwright-core';
import { waitForQuickPick, runFromPalette } from './quickInput';
import { until } from './until';

/** Opens an output channel and returns its visible lines. */
export async function showOutput(page: Page, channel: string): Promise<string> {
  await runFromPalette(page, 'Output: Show Output Channels...');
  await (await waitForQuickPick(page)).pick(channel);
  return outputText(page, channel);
}

/** Waits until the Output panel shows this channel, and returns its visible lines. */
export async function outputText(page: Page, channel: string): Promise<string> {
  const view = page.locator(`.output-view[aria-label="${channel} - Output"]`);
  return until(`text in the output channel ${channel}`, async () => {
    const lines = await view.locator('.view-line').evaluateAll(readLines);
    const text = lines.join('\n').trim();
    return text !== '' && text;
  });
}

interface Line {
  readonly textContent: string | null;
  readonly style: { readonly top: string };
}

/** Runs in the page. The editor's lines are in no particular order; their style contains the position. */
function readLines(lines: Line[]): string[] {
  return lines
    .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
    .map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' '));
}
