import { oneLine } from './text';

/** Escapes untrusted text, so that Markdown shows it unchanged. */
export function asText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]#|<~&]/g, (sign) =>
    sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`,
  );
}

/** A fenced block of shell commands, or of another language. */
export function asCode(text: string, language = 'sh'): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${text}\n${fence}`;
}
