/** A word that neither shell changes, even without quotes. */
const plain = /^[\w/][\w@+:./-]*$/;

/** Writes a value as one word of a POSIX shell. */
export function quoteForSh(value: string): string {
  return plain.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Writes a value as one word of PowerShell: a verbatim string, in which a single quote stands twice. The typographic ones are
 * single quotes too.
 */
export function quoteForPowerShell(value: string): string {
  return plain.test(value) ? value : `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * Whether a value can stand in a command that is shown on one line and may be run in either shell. On Windows, az is a batch file,
 * which interprets some characters in its arguments again.
 */
export function isPortable(value: string): boolean {
  return quoteForSh(value) === quoteForPowerShell(value) && !/["&|<>%]|\p{Cc}|\p{Bidi_Control}/u.test(value);
}

/** Whether neither shell changes a value between double quotes. */
export function isInDoubleQuotes(value: string): boolean {
  return isPortable(value) && !/[$`\\!\u201c-\u201e]/.test(value);
}
