/** A row of a table of Resource Graph. */
export type Row = Record<string, unknown>;
/** One part of a query between pipes. */
export type Step = (rows: Row[]) => Row[];

/** The message is the part of the query that can't be parsed. */
export class InvalidQuery extends Error {}

/** The value at a path such as properties.administrators.login; null if the column is missing. */
export const valueAt = (row: Row, path: string): unknown => {
  let value: unknown = row;
  for (const part of path.replace(/^(?:tostring|tolower)\((.*)\)$/i, '$1').split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Row)[part] ?? null;
  }
  return value;
};

/** Text, numbers, and truth values as text; empty for everything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
export const lower = (value: unknown): string => textOf(value).toLowerCase();

/** The message is the part of the query that Resource Graph knows and the emulator doesn't. */
export class NotEmulatedQuery extends Error {}

/** Splits at a separator outside quotes and parentheses. */
export function split(text: string, separator: RegExp): string[] {
  const pieces: string[] = [''];
  const tokens = text.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\s+|[^\s'"()|,]+|./gs) ?? [];
  let depth = 0;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (depth === 0 && separator.test(token)) pieces.push('');
    else pieces[pieces.length - 1] = (pieces.at(-1) ?? '') + token;
    if (token === ')') depth -= 1;
  }
  return pieces.map((piece) => piece.trim());
}

/** A column: its name in the result and its path in the row. */
export interface Column {
  name: string;
  path: string;
}

/** Columns with commas between them, such as a, b=properties.c */
export function columns(text: string): Column[] {
  return split(text, /^,$/).map((column) => {
    const [, name, path] = /^(?:(\w+)\s*=\s*)?([\w.]+(?:\([\w.]+\))?)$/.exec(column) ?? [];
    if (path === undefined) throw new InvalidQuery(column);
    return { name: name ?? path.replaceAll('.', '_'), path };
  });
}
