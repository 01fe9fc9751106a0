import { join } from './join';
import { summarize } from './summarize';
import { columns, InvalidQuery, lower, NotEmulatedQuery, split, textOf, valueAt, type Row, type Step } from './values';

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
  return (row) => compare(valueAt(row, path), values);
}

function where(text: string): Step {
  const conditions = split(text, /^and$/i).map(condition);
  return (rows) => rows.filter((row) => conditions.every((holds) => holds(row)));
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

/** What Resource Graph knows and the emulator doesn't. */
const otherVerbs =
  /^(?:mv-?expand|mv-?apply|distinct|union|parse|parse-where|top|sample|project-away|project-keep|project-rename|project-reorder|extend-rename|let|lookup|make-series|evaluate|render|search)\b/i;
const otherTables =
  /^(?:advisor|alertsmanagement|appservice|aw|batch|change|communitygallery|computeresources|desktopvirtualization|extendedlocation|featureresources|guestconfiguration|health|iam|insights|kubernetesconfiguration|maintenance|networkresources|patch|policy|quota|recoveryservices|resourcechanges|resourcecontainerchanges|security|service|spot|support|tag|orbital)\w*$/i;

type Tables = Readonly<Record<string, () => Row[]>>;

const steps: { verb: RegExp; make: (text: string, tables: Tables) => Step }[] = [
  { verb: /^where\s+/i, make: where },
  { verb: /^project\s+/i, make: project },
  { verb: /^extend\s+/i, make: extend },
  { verb: /^(?:order|sort)\s+by\s+/i, make: orderBy },
  { verb: /^(?:limit|take)\s+/i, make: limit },
  { verb: /^summarize\s+/i, make: summarize },
  { verb: /^join\s+/i, make: (text, tables) => join(text, (inner) => runQuery(inner, tables)) },
  { verb: /^count$/i, make: () => (rows) => [{ count_: rows.length }] },
];

function stepOf(pipe: string, tables: Tables): Step {
  const step = steps.find(({ verb }) => verb.test(pipe));
  if (step) return step.make(pipe.replace(step.verb, ''), tables);
  throw otherVerbs.test(pipe) ? new NotEmulatedQuery(pipe) : new InvalidQuery(pipe);
}

/**
 * Runs a query in a subset of the Kusto query language over the named tables, for example:
 * resources | where a =~ 'x' and b in~ ('y', 'z') | project p, q=properties.r | order by p asc | limit 5
 * Throws NotEmulatedQuery for what only Azure knows, and InvalidQuery for everything else.
 */
export function runQuery(query: string, tables: Tables): Row[] {
  const [table = '', ...pipes] = split(query, /^\|$/);
  const source = tables[table.toLowerCase()];
  if (!source) throw otherTables.test(table) ? new NotEmulatedQuery(table) : new InvalidQuery(table);
  const pipeline = pipes.map((pipe) => stepOf(pipe, tables));
  return pipeline.reduce((rows, step) => step(rows), source());
}
