import * as l10n from '@vscode/l10n';

/** The text on one line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** A time to the minute, as in "2026-11-25 16:40 UTC". */
export function utcMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The texts as a list in one line: "a, b, c". */
export function listed(texts: readonly string[]): string {
  return texts.length === 0 ? '' : texts.reduce((list, text) => l10n.t('{0}, {1}', list, text));
}
