import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { until } from '../vscode-host/driver/until';

/**
 * What every extension's rows and documents violate, because VS Code draws them: it joins the label and the description of a row
 * without a space, gives the options of a list a level, labels elements without a role, and has no landmarks in documents.
 */
const ofVsCode = ['label-content-name-mismatch', 'aria-allowed-attr', 'aria-prohibited-attr', 'region'];

/**
 * Waits until axe finds nothing wrong with a part of a page.
 * @param ignored more rules that VS Code itself violates there
 */
export async function waitForAccessible(page: Page | Frame, part: string, ...ignored: string[]): Promise<void> {
  await page.evaluate(`${readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')}; 0`);
  const rules = Object.fromEntries([...ofVsCode, ...ignored].map((id) => [id, { enabled: false }]));
  const options = JSON.stringify({ rules, iframes: false, resultTypes: ['violations'] });
  const run = `axe.run(${JSON.stringify(part)}, ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary].join(' '))))`;
  let found: readonly string[] = [];
  await until(
    () => `accessible ${part}; found:\n${found.join('\n')}`,
    async () => {
      found = await page.evaluate<readonly string[]>(run);
      return found.length === 0;
    },
  );
}

/** Waits until the document that shows this text is accessible. Its background lies outside of its frame, so axe can't judge contrast. */
export async function waitForAccessibleDocument(page: Page, text: string): Promise<void> {
  const frame = await until(`frame with ${text}`, async () => {
    for (const one of page.frames().slice(1)) {
      if ((await one.evaluate<string>('document.body?.innerText ?? ""').catch(() => '')).includes(text)) return one;
    }
    return undefined;
  });
  await waitForAccessible(frame, 'body', 'color-contrast');
}
