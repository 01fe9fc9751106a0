// These functions run in VS Code's page. They can't use anything that is defined outside of them. They can't contain named
// functions, because tsx inserts calls of a helper for those. The types describe the part of the DOM that they use.
interface PageElement {
  readonly textContent: string | null;
  readonly className: string;
  readonly tagName: string;
  getAttribute(name: string): string | null;
  checkVisibility(options?: { readonly visibilityProperty: boolean }): boolean;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const document: {
  readonly activeElement: PageElement | null;
  getElementById(id: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(
    type: 'click' | 'contextmenu' | 'keydown',
    listener: (event: { readonly key?: string; composedPath(): readonly { readonly className?: unknown }[] }) => void,
    capture: boolean,
  ): void;
};
declare const MutationObserver: new (changed: (changes: readonly { addedNodes: Iterable<PageElement> }[]) => void) => {
  observe(element: PageElement | null, options: { childList: true }): void;
};
interface Request<T> {
  readonly result: T;
  onsuccess: () => void;
}
interface Database {
  transaction(store: string): { objectStore(store: string): { getAll(): Request<unknown[]> } };
  close(): void;
}
declare const indexedDB: { open(name: string): Request<Database> };
/** Holds values that the functions share. */
declare const window: { toasts?: number[]; clicks?: number; buttonClicks?: number; menuChoices?: number };

export interface RowState {
  /** The position among all rows of the view, including those that aren't visible. */
  readonly index: number;
  readonly level: number;
  readonly label: string;
  readonly description: string;
  /** The accessible name: the tooltip, if there is one. */
  readonly ariaLabel: string;
  /** Undefined if the row has no children. */
  readonly expanded: boolean | undefined;
  readonly loading: boolean;
  readonly selected: boolean;
  /** The name of a codicon, for example "server". Undefined for a file icon. */
  readonly icon: string | undefined;
}

export interface RowsState {
  readonly rows: readonly RowState[];
  readonly startsAtTop: boolean;
  readonly reachesEnd: boolean;
  /** Whether a view in the side bar reads rows again. Until it has them, VS Code doesn't know what a command in the menu of a row is for. */
  readonly isReading: boolean;
  /** The indexes of the first and last row that are neither cut off nor behind the rows that VS Code keeps at the top. */
  readonly whole: readonly [first: number, last: number];
}

/** Without a name, reads the rows of the first view in the side bar. */
export function readRows(view: string | undefined): RowsState {
  const pane = [...document.querySelectorAll('.part.sidebar .pane')].find(
    (one) => view === undefined || one.querySelector('.pane-header h3')?.textContent?.trim() === view,
  );
  const elements = [...(pane?.querySelectorAll('.monaco-list-rows > .monaco-list-row') ?? [])];
  const rows = elements.map((row) => ({
    index: Number(row.getAttribute('data-index')),
    level: Number(row.getAttribute('aria-level')),
    label: (row.querySelector('.label-name')?.textContent ?? row.textContent ?? '').trim(),
    description: row.querySelector('.label-description')?.textContent?.trim() ?? '',
    ariaLabel: row.getAttribute('aria-label') ?? '',
    expanded: row.getAttribute('aria-expanded') === null ? undefined : row.getAttribute('aria-expanded') === 'true',
    loading: row.querySelector('.codicon-tree-item-loading') !== null,
    selected: row.getAttribute('aria-selected') === 'true',
    icon: /codicon-(?!colored)([\w-]+)/.exec(
      row.querySelector('.custom-view-tree-node-item-icon')?.className ?? '',
    )?.[1],
  }));
  rows.sort((one, other) => one.index - other.index);
  const list = pane?.querySelector('.monaco-list')?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  const kept = [...(pane?.querySelectorAll('.monaco-tree-sticky-row') ?? [])].map((row) => row.getBoundingClientRect());
  const top = Math.max(list.top, ...kept.map(({ bottom }) => bottom));
  const whole = elements.flatMap((row) => {
    const place = row.getBoundingClientRect();
    return place.top >= top && place.bottom <= list.bottom ? [Number(row.getAttribute('data-index'))] : [];
  });
  return {
    rows,
    isReading: document.querySelector('.part.sidebar .monaco-progress-container.active') !== null,
    startsAtTop: rows[0] === undefined || rows[0].index === 0,
    whole: [Math.min(...whole), Math.max(...whole)],
    reachesEnd: rows.length === 0 || elements.some((row) => row.getAttribute('data-last-element') === 'true'),
  };
}

export interface PickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The heading above this item. */
  readonly separator: string;
  readonly checked: boolean;
  readonly focused: boolean;
}

export function readPickItems(elements: PageElement[]): PickItem[] {
  return elements
    .sort((one, other) => Number(one.getAttribute('data-index')) - Number(other.getAttribute('data-index')))
    .map((row) => {
      // VS Code reuses rows, which may contain hidden texts of an earlier item.
      const [label, description, detail, separator] = [
        '.label-name',
        '.label-description',
        '.quick-input-list-label-meta .label-name',
        '.quick-input-list-separator',
      ].map((selector) => {
        const element = row.querySelector(selector);
        return element?.checkVisibility() === true ? (element.textContent ?? '').trim() : '';
      });
      return {
        label: label ?? '',
        description: description ?? '',
        detail: detail ?? '',
        separator: separator ?? '',
        checked: row.querySelector('[role="checkbox"][aria-checked="true"]') !== null,
        focused: row.className.includes('focused'),
      };
    });
}

export interface Focus {
  readonly role: string;
  readonly name: string;
}

/** A list has the focus itself and names its focused row in an attribute. */
export function readFocus(): Focus {
  const holder = document.activeElement;
  const pointed = document.getElementById(holder?.getAttribute('aria-activedescendant') ?? '');
  const element = holder?.tagName === 'INPUT' ? holder : (pointed ?? holder);
  return {
    role: element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? '',
    name: (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim(),
  };
}

/** Whether the page shows an element with this selector. */
export function isShown(selector: string): boolean {
  return [...document.querySelectorAll(selector)].some((one) => one.checkVisibility({ visibilityProperty: true }));
}

/** Waits for the mark that VS Code sets when it has loaded the extensions. */
export function extensionsLoaded(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((marks) => {
      if (marks.getEntriesByName('code/didLoadExtensions').length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'mark', buffered: true });
  });
}

/** Records when VS Code shows a toast. VS Code adds the container of all toasts when it shows the first one. */
export function watchToasts(): void {
  const observer = new MutationObserver((changes) => {
    for (const element of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!element.className.includes('notification')) continue;
      const toasts = [...element.querySelectorAll('.notification-toast')];
      (window.toasts ??= []).push(...toasts.map(() => performance.now()));
      observer.observe(element, { childList: true });
    }
  });
  observer.observe(document.querySelector('.monaco-workbench'), { childList: true });
}

/** Counts clicks, those on buttons of quick inputs, and the keys with which VS Code has run an item of a menu: it lets no others through. */
export function watchClicks(): void {
  for (const type of ['click', 'contextmenu'] as const)
    document.addEventListener(type, () => (window.clicks = (window.clicks ?? 0) + 1), true);
  document.addEventListener(
    'click',
    (event) => {
      const classes = event.composedPath().map(({ className = '' }) => String(className));
      const isOnButton = ['action-label', 'quick-input-widget'].every((name) =>
        classes.some((one) => one.includes(name)),
      );
      if (isOnButton) window.buttonClicks = (window.buttonClicks ?? 0) + 1;
    },
    true,
  );
  for (const [isCapture, count] of [
    [true, 1],
    [false, -1],
  ] as const) {
    document.addEventListener(
      'keydown',
      (event) => {
        const isInMenu = event.composedPath().some(({ className = '' }) => String(className).includes('monaco-menu'));
        if (isInMenu && event.key === 'Enter') window.menuChoices = (window.menuChoices ?? 0) + count;
      },
      isCapture,
    );
  }
}

/** How many clicks of any button the page has got. */
export const clicks = (): number => window.clicks ?? 0;

/** How many clicks the buttons of quick inputs have got. */
export const buttonClicks = (): number => window.buttonClicks ?? 0;

/** How many items of menus have run. */
export const menuChoices = (): number => window.menuChoices ?? 0;

/** How many toasts have appeared in the last 800 ms. VS Code doesn't show more than three in that time. */
export function recentToasts(): number {
  return (window.toasts ?? []).filter((shown) => performance.now() - shown < 800).length;
}

/**
 * Reads the saved state of VS Code and its extensions. VS Code saves a change after 100 ms. Because timers and transactions
 * run in order, the result includes every change before this call, unless changes follow each other within 100 ms.
 */
export async function readSavedState(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 150));
  const opening = indexedDB.open('vscode-web-state-db-global');
  await new Promise<void>((resolve) => (opening.onsuccess = resolve));
  const reading = opening.result.transaction('ItemTable').objectStore('ItemTable').getAll();
  await new Promise<void>((resolve) => (reading.onsuccess = resolve));
  opening.result.close();
  return JSON.stringify(reading.result);
}
