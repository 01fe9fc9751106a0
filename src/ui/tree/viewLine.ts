import * as l10n from '@vscode/l10n';

/** The line above the rows of the view. */
export interface ViewLine {
  /** What the rows show; empty for the welcome text, which VS Code shows only without a line. */
  readonly setRows: (text: string) => void;
  /** How many operations ended while the user was away. */
  readonly setNews: (count: number) => void;
  /** A wait for Azure, which hides the rest until it ends. */
  readonly setWait: (text: string | undefined) => void;
}

function newsText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? l10n.t('1 operation ended while you were away')
    : l10n.t('{0} operations ended while you were away', count);
}

export function viewLine(show: (text: string) => void): ViewLine {
  let rows = '';
  let news = 0;
  let wait: string | undefined;
  const update = (): void => {
    show(wait ?? (rows === '' ? '' : [newsText(news), rows].filter(Boolean).join(' · ')));
  };
  return {
    setRows(text) {
      rows = text;
      update();
    },
    setNews(count) {
      news = count;
      update();
    },
    setWait(text) {
      wait = text;
      update();
    },
  };
}
