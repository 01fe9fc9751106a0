import { redactSecrets } from '../errors/redact';

/** Maximum text length; the log of a large deployment fits. */
const maxTextLength = 100_000;

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  amp: '&',
  '#39': "'",
  '#x27': "'",
  '#34': '"',
};

const lineStart = String.raw`^[^\S\n]{0,40}`;

/** In this order. */
const replacements: readonly (readonly [pattern: RegExp, by: string])[] = [
  // Colors and links of terminals. A copied color may have lost its first character.
  [
    /(?:(?![\n\t])\p{Cc}|(?<!\\)\\{1,16}u001b)\](?:(?!\\u001b)\P{Cc}){0,2000}(?:(?![\n\t])\p{Cc}|\\{1,16}u001b)\\{0,2}/giu,
    '',
  ],
  [/(?:(?![\n\t])\p{Cc}|(?<!\\)\\{1,16}u001b)\[[\d;]{0,16}[a-z]/giu, ''],
  [/\[(?:\d{1,3};){0,3}\d{1,3}m/g, ''],
  [/[\u200b-\u200d\u2060\ufeff]/g, ''],
  [/[\u2018\u2019\u201a\u201b]/g, "'"],
  [/[\u201c\u201d\u201e]/g, '"'],
  [/(?<!\\)\\{1,16}r\\{1,16}n|(?<!\\)\\{1,16}[nr]|\r\n?/g, '\n'],
  [/(?<!\\)\\{1,16}t/g, ' '],
  [/[\u00a0\u202f\u3000]/g, ' '],
  // Frames of Terraform and others, margins of PowerShell, quotes of mail, and marks of pipelines.
  [/[│┃║╷╵╭╮╰╯]|─{3,}/g, ''],
  [/(?<=\S)[^\S\n]{2,200}$/gm, ''],
  [/^[^\S\n]{2,40}(?:\d{1,6} ?)?\| {0,2}/gm, ''],
  [/^(?:> ?){1,8}(?! ?(?:az |[A-Z][a-z]{1,15}-Az))/gm, ''],
  [new RegExp(String.raw`${lineStart}\d{4}-\d\d-\d\dT[\d:.]{5,20}Z `, 'gm'), ''],
  // The thread and the name of a logger.
  [
    new RegExp(
      String.raw`${lineStart}(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) {1,3}(?:\d{1,7} --- )?\[[^\]\n]{1,80}\] [\w.$\[\]]{1,120} {0,60}(?::| -) `,
      'gm',
    ),
    '',
  ],
  // Lines of SQL Server's log, and commas in an export of it.
  [
    new RegExp(
      String.raw`${lineStart}(?:\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d) [\d:.]{8,12}[, ]{1,4}spid\d{1,6}s?[, ]{1,12}(?:\w{1,20},)?`,
      'gm',
    ),
    '',
  ],
  [/<c\/>/g, ','],
  // The names of containers, and the end of a key identifier if line breaks were lost.
  [/^[\w.-]{3,80} {1,20}\| /gm, ''],
  [/(\/keys\/[\w-]{1,127}\/[0-9a-f]{32})(?=[A-Z(])/g, '$1 '],
  [/##\[[a-z]{1,20}\]|::error[^:\n]{0,200}::/g, ''],
];

const entity = new RegExp(`&(${Object.keys(entities).join('|')});`, 'g');
const escaped = /(?<!\\)\\{1,16}u00([237][0-9a-f])/gi;

/**
 * Removes colors, frames, margins, and credentials, and unescapes line breaks, apostrophes, and HTML. Quotes of JSON stay escaped,
 * because the number of backslashes shows where a nested value ends.
 */
export function tidyText(text: string): string {
  const readable = text
    .slice(0, maxTextLength)
    .replace(entity, (_, name: string) => entities[name] ?? '')
    .replace(escaped, (_, hex: string) => (hex === '22' ? "'" : String.fromCharCode(Number.parseInt(hex, 16))));
  return redactSecrets(replacements.reduce((rest, [pattern, by]) => rest.replace(pattern, by), readable));
}
