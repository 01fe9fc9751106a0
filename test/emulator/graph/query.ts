import { join } from './join';
import { summarize } from './summarize';
import {
  columns,
  InvalidQuery,
  lower,
  NotEmulatedQuery,
  plainRow,
  split,
  textOf,
  valueAt,
  type Row,
  type Step,
} from './values';

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
  if (/^!?(?:is(?:not)?empty|isnull|isnotnull|array_length|bag_has_key)\(/i.test(text))
    throw new NotEmulatedQuery(text);
  if (path === undefined || operands === undefined || !compare) throw new InvalidQuery(text);
  const values = literals(operands);
  const read = valueAt(path);
  return (row) => compare(read(row), values);
}

function where(text: string): Step {
  const conditions = split(text, /^and$/i).map(condition);
  return (rows) => rows.filter((row) => conditions.every((holds) => holds(row)));
}

/** Makes an object with the columns of each row. */
function selector(text: string): (row: Row) => Row {
  const wanted = columns(text).map(({ name, path }) => ({ name, read: valueAt(path) }));
  return (row) => {
    const selected: Row = {};
    for (const { name, read } of wanted) selected[name] = read(row);
    return selected;
  };
}

function project(text: string): Step {
  const select = selector(text);
  return (rows) => rows.map(select);
}

function extend(text: string): Step {
  const select = selector(text);
  return (rows) => rows.map((row) => ({ ...plainRow(row), ...select(row) }));
}

function orderBy(text: string): Step {
  const keys = split(text, /^,$/).map((key) => {
    const [, path, direction] = /^([\w.]+)(?:\s+(asc|desc))?$/i.exec(key) ?? [];
    if (path === undefined) throw new InvalidQuery(key);
    // Kusto's default is descending.
    return { read: valueAt(path), sign: direction?.toLowerCase() === 'asc' ? 1 : -1 };
  });
  const compare = (a: string[], b: string[]): number => {
    for (const [index, { sign }] of keys.entries()) {
      const [left = '', right = ''] = [a[index], b[index]];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
  return (rows) =>
    rows
      .map((row) => ({ row, values: keys.map(({ read }) => lower(read(row))) }))
      .sort((a, b) => compare(a.values, b.values))
      .map(({ row }) => row);
}

function limit(text: string): Step {
  if (!/^\d+$/.test(text)) throw new InvalidQuery(text);
  return (rows) => rows.slice(0, Number(text));
}

/** What Resource Graph knows and the emulator doesn't. */
const otherVerbs =
  /^(?:mv-?expand|mv-?apply|distinct|union|parse|parse-where|top|sample|project-away|project-keep|project-rename|project-reorder|extend-rename|let|lookup|make-series|evaluate|render|search)\b/i;
const otherTables =
  /^(?:advisor|alertsmanagement|appservice|aw|batch|change|communitygallery|computeresources|desktopvirtualization|extendedlocation|featureresources|guestconfiguration|health|iam|insights|kubernetesconfiguration|maintenance|networkresources|patch|policy|quota|recoveryservices|resourcechanges|resourcecontainerchanges|security|service|spot|support|tag|orbital)\w*$/i;

/** Makes the rows of a table. With types, in lowercase, it may leave out those of other types. */
type Table = (types?: readonly string[]) => Row[];

type Tables = Readonly<Record<string, Table>>;

/** The types that the first condition of a query requires, such as type =~ 'microsoft.sql/servers'. */
function typesOf(pipe = ''): string[] | undefined {
  const [, operands] = /^where\s+type\s*(?:=~|in~)\s*([^]*?)(?:\s+and\b[^]*)?$/i.exec(pipe) ?? [];
  return operands === undefined ? undefined : literals(operands).map(lower);
}

const steps: { verb: RegExp; make: (text: string, tables: Tables) => Step }[] = [
  { verb: /^where\s+/i, make: where },
  { verb: /^project\s+/i, make: project },
  { verb: /^extend\s+/i, make: extend },
  { verb: /^(?:order|sort)\s+by\s+/i, make: orderBy },
  { verb: /^(?:limit|take)\s+/i, make: limit },
  { verb: /^summarize\s+/i, make: summarize },
  { verb: /^join\s+/i, make: (text, tables) => join(text, (inner) => runQuery(inner, tables).slice(0)) },
  { verb: /^count$/i, make: () => (rows) => [{ count_: rows.length }] },
];

function stepOf(pipe: string, tables: Tables): Step {
  const step = steps.find(({ verb }) => verb.test(pipe));
  if (step) return step.make(pipe.replace(step.verb, ''), tables);
  throw otherVerbs.test(pipe) ? new NotEmulatedQuery(pipe) : new InvalidQuery(pipe);
}

/** The rows of a result. The columns of rows that nobody reads aren't made. */
export interface Result {
  readonly count: number;
  readonly slice: (start: number, end?: number) => Row[];
}

/** Orders before projecting, which has the same result if the order needs no expressions. */
function projectLast(pipes: readonly string[]): readonly string[] {
  const [first = '', last = ''] = pipes.slice(-2);
  const [, wanted] = /^project\s+([^]+)$/i.exec(first) ?? [];
  const [, keys] = /^(?:order|sort)\s+by\s+([^]+)$/i.exec(last) ?? [];
  if (wanted === undefined || keys === undefined) return pipes;
  const paths = new Map(columns(wanted).map(({ name, path }) => [name, path]));
  const moved = split(keys, /^,$/).map((key) => key.replace(/^\w+(?=\s|$)/, (name) => paths.get(name) ?? '?'));
  if (!moved.every((key) => /^[\w.]+(?:\s|$)/.test(key))) return pipes;
  return [...pipes.slice(0, -2), `order by ${moved.join(', ')}`, first];
}

/**
 * Runs a query in a subset of the Kusto query language over the named tables, for example:
 * resources | where a =~ 'x' and b in~ ('y', 'z') | project p, q=properties.r | order by p asc | limit 5
 * Throws NotEmulatedQuery for what only Azure knows, and InvalidQuery for everything else.
 */
export function runQuery(query: string, tables: Tables): Result {
  const [table = '', ...written] = split(query, /^\|$/);
  const source = tables[table.toLowerCase()];
  if (!source) throw otherTables.test(table) ? new NotEmulatedQuery(table) : new InvalidQuery(table);
  const pipes = projectLast(written);
  const pipeline = pipes.map((pipe) => stepOf(pipe, tables));
  const project = /^project\s/i.test(pipes.at(-1) ?? '') ? pipeline.pop() : undefined;
  const rows = pipeline.reduce((found, step) => step(found), source(typesOf(pipes[0])));
  return {
    count: rows.length,
    slice: (start, end) => {
      const page = rows.slice(start, end);
      return project ? project(page) : page.map(plainRow);
    },
  };
}
