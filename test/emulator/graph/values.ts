/** A row of a table of Resource Graph. */
export type Row = Record<string, unknown>;
/** One part of a query between pipes. */
export type Step = (rows: Row[]) => Row[];

const held = Symbol('The item of a row');

/** Makes rows whose columns are computed when a query reads them, because most queries read few columns of most rows. */
export function lazyRow<T>(columns: Readonly<Record<string, (item: T) => unknown>>): (item: T) => Row {
  class LazyRow {
    [column: string]: unknown;
    readonly [held]: T;
    constructor(item: T) {
      this[held] = item;
    }
  }
  for (const [name, read] of Object.entries(columns)) {
    const get = function (this: LazyRow): unknown {
      return read(this[held]);
    };
    Object.defineProperty(LazyRow.prototype, name, { get, enumerable: true });
  }
  return (item) => new LazyRow(item);
}

/** A row with all its columns. */
export function plainRow(row: Row): Row {
  const plain: Row = {};
  for (const name in row) plain[name] = row[name];
  return plain;
}

/** The message is the part of the query that can't be parsed. */
export class InvalidQuery extends Error {}

/** Reads the value at a path such as properties.administrators.login from rows; null if the column is missing. */
export function valueAt(path: string): (row: Row) => unknown {
  const parts = path.replace(/^(?:tostring|tolower)\((.*)\)$/i, '$1').split('.');
  return (row) => {
    let value: unknown = row;
    for (const part of parts) {
      if (typeof value !== 'object' || value === null) return null;
      value = (value as Row)[part] ?? null;
    }
    return value;
  };
}

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
