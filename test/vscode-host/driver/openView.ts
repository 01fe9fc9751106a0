import type { Locator, Page } from 'playwright-core';
import { type TreeView, treeView } from './treeView';
import { until, wholeText } from './until';

export async function openView(page: Page, container: string, view?: string): Promise<TreeView> {
  const icon = page.locator('.activitybar .action-item', {
    has: page.locator(`.action-label[aria-label^="${container}"]`),
  });
  const sidebar = page.locator('.part.sidebar');
  const headed = sidebar.locator('.composite.title', { hasText: container });
  await icon.waitFor({ timeout: 30_000 });
  await until(`side bar with ${container}`, async () => {
    // A second click on the icon would hide the side bar.
    if (!(await headed.isVisible())) await icon.click({ timeout: 2000 });
    return headed.isVisible();
  });
  // Not by the accessible name of the header, which includes the description of the view.
  const header = page.locator('.pane-header h3', view === undefined ? {} : { hasText: wholeText(view) });
  const pane = sidebar.locator('.pane', { has: header }).first();
  await pane.waitFor();
  if ((await pane.locator('.pane-header').getAttribute('aria-expanded')) === 'false')
    await pane.locator('.pane-header').click();
  return treeView(page, view, { pane, title: titleOf(sidebar, pane, await pane.getAttribute('class')) });
}

/** If a container has only one view, VS Code shows the view's title and actions in the container's title. */
function titleOf(sidebar: Locator, pane: Locator, classes: string | null): Locator {
  const merged = classes?.includes('merged-header') === true;
  return merged ? sidebar.locator('.composite.title .title-actions') : pane.locator('.pane-header .actions');
}
