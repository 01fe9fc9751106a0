import * as l10n from '@vscode/l10n';

/** The text on one line, without control characters and characters that change the direction of text. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * The text as VS Code shows it unchanged. VS Code reads `[text](target)` in messages, progress titles and prompts as a link, even to
 * a command, and `$(name)` in labels as an icon. Line breaks stay.
 */
export function plainText(text: string): string {
  return text
    .replace(/\p{Bidi_Control}|(?!\n)\p{Cc}/gu, '')
    .replaceAll('](', '] (')
    .replaceAll('$(', '$ (');
}

/** The same on one line, for a label. */
export function plainLine(text: string): string {
  return plainText(oneLine(text));
}

/** A time to the minute, as in "2026-11-25 16:40 UTC". */
export function utcMinute(time: Date): string {
  return Number.isNaN(time.getTime()) ? unknownTime() : `${utcDay(time)} ${time.toISOString().slice(-13, -8)} UTC`;
}

/** The day of a time, as in "2026-11-25". */
export function utcDay(time: Date): string {
  return Number.isNaN(time.getTime()) ? unknownTime() : time.toISOString().slice(0, -14);
}

const unknownTime = (): string => l10n.t('unknown time');

/** The texts as a list in one line: "a, b, c". */
export function listed(texts: readonly string[]): string {
  return texts.length === 0 ? '' : texts.reduce((list, text) => l10n.t('{0}, {1}', list, text));
}
