import { oneLine } from './text';

/** Text that comes from elsewhere, as Markdown that shows it as it is. */
export function asText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]#|<~&]/g, (sign) =>
    sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`,
  );
}

/** Code in a block of its own. */
export function asCode(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}sh\n${text}\n${fence}`;
}
