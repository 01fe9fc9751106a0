/**
 * A subset of the Kusto query language, for example:
 * resources | where a =~ 'x' and b in~ ('y', 'z') | project p, q=properties.r | order by p asc | limit 5
 * Everything else is an invalid query.
 */
export type Row = Record<string, unknown>;
type Step = (rows: Row[]) => Row[];

/** The message is the part of the query that can't be parsed. */
export class InvalidQuery extends Error {}

/** The value at a path such as properties.administrators.login; null if the column is missing. */
const valueAt = (row: Row, path: string): unknown => {
  let value: unknown = row;
  for (const part of path.replace(/^(?:tostring|tolower)\((.*)\)$/i, '$1').split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Row)[part] ?? null;
  }
  return value;
};

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
const lower = (value: unknown): string => textOf(value).toLowerCase();

type Compare = (value: unknown, operands: string[]) => boolean;

const comparisons: Record<string, Compare> = {
  '==': (value, [operand]) => textOf(value) === operand,
  '!=': (value, [operand]) => textOf(value) !== operand,
  '=~': (value, [operand]) => lower(value) === lower(operand),
  '!~': (value, [operand]) => lower(value) !== lower(operand),
  contains: (value, [operand]) => lower(value).includes(lower(operand)),
  has: (value, [operand]) =>
    lower(value)
      .split(/[^a-z0-9]+/)
      .includes(lower(operand)),
  startswith: (value, [operand]) => lower(value).startsWith(lower(operand)),
  in: (value, operands) => operands.includes(textOf(value)),
  'in~': (value, operands) => operands.map(lower).includes(lower(value)),
};

/** Splits at a separator outside quotes and parentheses. */
function split(text: string, separator: RegExp): string[] {
  const pieces: string[] = [''];
  const tokens = text.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\([^()]*\)|\s+|[^\s'"()|,]+|./gs) ?? [];
  for (const token of tokens) {
    if (separator.test(token)) pieces.push('');
    else pieces[pieces.length - 1] = (pieces.at(-1) ?? '') + token;
  }
  return pieces.map((piece) => piece.trim());
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
const unescaped = (_: string, sign: string): string => escapes[sign] ?? sign;

/** A string literal is on one line. */
const literals = (text: string): string[] =>
  split(text.replace(/^\(([^]*)\)$/, '$1'), /^,$/).map((literal) => {
    const [, single, double, bare] =
      /^(?:'((?:[^'\\\r\n]|\\.)*)'|"((?:[^"\\\r\n]|\\.)*)"|([\w.-]+))$/.exec(literal) ?? [];
    const value = (single ?? double)?.replace(/\\(.)/g, unescaped) ?? bare;
    if (value === undefined) throw new InvalidQuery(literal);
    return value;
  });

function condition(text: string): (row: Row) => boolean {
  const [, path, operator, operands] =
    /^([\w.]+(?:\([\w.]+\))?)\s*(==|!=|=~|!~|in~|in\b|contains\b|has\b|startswith\b)\s*([^]+)$/i.exec(text) ?? [];
  const compare = comparisons[operator?.toLowerCase() ?? ''];
  if (path === undefined || operands === undefined || !compare) throw new InvalidQuery(text);
  const values = literals(operands);
  return (row) => compare(valueAt(row, path), values);
}

function where(text: string): Step {
  const conditions = split(text, /^and$/i).map(condition);
  return (rows) => rows.filter((row) => conditions.every((holds) => holds(row)));
}

function columns(text: string): { name: string; path: string }[] {
  return split(text, /^,$/).map((column) => {
    const [, name, path] = /^(?:(\w+)\s*=\s*)?([\w.]+(?:\([\w.]+\))?)$/.exec(column) ?? [];
    if (path === undefined) throw new InvalidQuery(column);
    return { name: name ?? path.replaceAll('.', '_'), path };
  });
}

function project(text: string): Step {
  const wanted = columns(text);
  return (rows) => rows.map((row) => Object.fromEntries(wanted.map(({ name, path }) => [name, valueAt(row, path)])));
}

function extend(text: string): Step {
  const added = columns(text);
  return (rows) =>
    rows.map((row) => ({ ...row, ...Object.fromEntries(added.map(({ name, path }) => [name, valueAt(row, path)])) }));
}

function orderBy(text: string): Step {
  const keys = split(text, /^,$/).map((key) => {
    const [, path, direction] = /^([\w.]+)(?:\s+(asc|desc))?$/i.exec(key) ?? [];
    if (path === undefined) throw new InvalidQuery(key);
    // Kusto's default is descending.
    return { path, sign: direction?.toLowerCase() === 'asc' ? 1 : -1 };
  });
  const compare = (a: Row, b: Row): number => {
    for (const { path, sign } of keys) {
      const [left, right] = [lower(valueAt(a, path)), lower(valueAt(b, path))];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
  return (rows) => rows.toSorted(compare);
}

function limit(text: string): Step {
  if (!/^\d+$/.test(text)) throw new InvalidQuery(text);
  return (rows) => rows.slice(0, Number(text));
}

const steps: { verb: RegExp; make: (text: string) => Step }[] = [
  { verb: /^where\s+/i, make: where },
  { verb: /^project\s+/i, make: project },
  { verb: /^extend\s+/i, make: extend },
  { verb: /^(?:order|sort)\s+by\s+/i, make: orderBy },
  { verb: /^(?:limit|take)\s+/i, make: limit },
  { verb: /^count$/i, make: () => (rows) => [{ count_: rows.length }] },
];

/** Runs a query over the named tables; throws InvalidQuery. */
export function runQuery(query: string, tables: Record<string, () => Row[]>): Row[] {
  const [table = '', ...pipes] = split(query, /^\|$/);
  const source = tables[table.toLowerCase()];
  if (!source) throw new InvalidQuery(table);
  const pipeline = pipes.map((pipe) => {
    const step = steps.find(({ verb }) => verb.test(pipe));
    if (!step) throw new InvalidQuery(pipe);
    return step.make(pipe.replace(step.verb, ''));
  });
  return pipeline.reduce((rows, step) => step(rows), source());
}
