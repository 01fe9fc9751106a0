import type { Page } from 'playwright-core';
import { waitForQuickPick, runFromPalette } from './quickInput';
import { until } from './until';

/** Opens a channel in the Output panel and returns the lines in sight. */
export async function showOutput(page: Page, channel: string): Promise<string> {
  await runFromPalette(page, 'Output: Show Output Channels...');
  await (await waitForQuickPick(page)).pick(channel);
  return outputText(page, channel);
}

/** The lines in sight of the channel that the Output panel shows, once it shows this one. */
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

/** Runs in the page. The editor keeps its lines in any order and puts them in place by their style. */
function readLines(lines: Line[]): string[] {
  return lines
    .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
    .map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' '));
}
