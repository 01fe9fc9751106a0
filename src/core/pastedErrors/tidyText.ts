import { redactSecrets } from '../errors/redact';

/** Maximum text length; the log of a large deployment fits. */
const maxTextLength = 100_000;

const lineBreak = /\\{1,16}r\\{1,16}n|\\{1,16}[nr]/g;
const tab = /\\{1,16}t/g;
const escaped = /\\{1,16}u00([237][0-9a-f])/gi;
const escapeSequence = /(?:\p{Cc}|\\{1,16}u001b)\[[\d;]{0,16}[a-z]/giu;
/** The frame that Terraform draws to the left of an error. */
const frame = /[│╷╵]/g;

/**
 * Removes colors, frames, and credentials, and unescapes line breaks and apostrophes in JSON. Quotes stay escaped, because the number
 * of backslashes shows where a nested value ends.
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
