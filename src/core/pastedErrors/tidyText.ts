import { redactSecrets } from '../errors/redact';

/** So much of a text is looked through: the log of a large deployment. */
export const maxTextLength = 100_000;

const lineBreak = /\\{1,16}r\\{1,16}n|\\{1,16}[nr]/g;
const tab = /\\{1,16}t/g;
const escaped = /\\{1,16}u00([237][0-9a-f])/gi;
const escapeSequence = /(?:\p{Cc}|\\{1,16}u001b)\[[\d;]{0,16}[a-z]/giu;
/** The frame that Terraform draws at the left of an error. */
const frame = /[│╷╵]/g;

/**
 * The text as the tool meant it: without colours, frames and credentials, and with line breaks and apostrophes that JSON has escaped.
 * Quotes stay escaped, because they tell where a value inside a value ends.
 */
export function tidyText(text: string): string {
  const tidied = text
    .slice(0, maxTextLength)
    .replace(escapeSequence, '')
    .replace(frame, '')
    .replace(escaped, (_, hex: string) => (hex === '22' ? "'" : String.fromCharCode(Number.parseInt(hex, 16))))
    .replace(lineBreak, '\n')
    .replace(tab, ' ');
  return redactSecrets(tidied);
}

/** On one line, single blanks only. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
