import {
  columns,
  InvalidQuery,
  lower,
  NotEmulatedQuery,
  split,
  valueAt,
  type Column,
  type Row,
  type Step,
} from './values';

/** Aggregations: the prefix of the default name, and what becomes of the values of a group. */
const aggregations: Readonly<Record<string, { prefix: string; of: (values: unknown[]) => unknown }>> = {
  count: { prefix: 'count', of: (values) => values.length },
  dcount: { prefix: 'dcount', of: (values) => new Set(values.map(lower)).size },
  min: { prefix: 'min', of: (values) => values.toSorted(byText)[0] ?? null },
  max: { prefix: 'max', of: (values) => values.toSorted(byText).at(-1) ?? null },
  make_list: { prefix: 'list', of: (values) => values },
  make_set: { prefix: 'set', of: (values) => [...new Set(values)] },
};

const byText = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : lower(a) < lower(b) ? -1 : 1;

interface Aggregate {
  name: string;
  valueOf: (row: Row) => unknown;
  of: (values: unknown[]) => unknown;
}

function aggregateOf(text: string): Aggregate {
  const [, name, verb = '', path = ''] = /^(?:(\w+)\s*=\s*)?(\w+)\(([^()]*)\)$/.exec(text) ?? [];
  if (verb === '') throw new InvalidQuery(text);
  const known = aggregations[verb.toLowerCase()];
  if (!known) throw new NotEmulatedQuery(text);
  return {
    name: name ?? `${known.prefix}_${path.replaceAll('.', '_')}`,
    valueOf: path === '' ? (row) => row : valueAt(path),
    of: known.of,
  };
}

/** summarize n=count(), dcount(a) by b, c=tolower(d). Without "by", there is always one row. */
export function summarize(text: string): Step {
  const [, what = '', by] = /^([^]*?)(?:\bby\s+([^]+))?$/i.exec(text) ?? [];
  const aggregates = split(what.trim(), /^,$/).map(aggregateOf);
  const keys = by === undefined ? [] : columns(by).map((key) => ({ name: nameOfKey(key), valueOf: valueOfKey(key) }));
  return (rows) => {
    const groups = new Map<string, { key: Row; rows: Row[] }>();
    if (keys.length === 0) groups.set('[]', { key: {}, rows: [] });
    for (const row of rows) {
      const values = keys.map(({ valueOf }) => valueOf(row));
      const id = JSON.stringify(values);
      const key = Object.fromEntries(keys.map(({ name }, index) => [name, values[index]]));
      const group = groups.get(id) ?? { key, rows: [] };
      group.rows.push(row);
      groups.set(id, group);
    }
    return [...groups.values()].map((group) => ({
      ...group.key,
      ...Object.fromEntries(aggregates.map(({ name, valueOf, of }) => [name, of(group.rows.map(valueOf))])),
    }));
  };
}

function valueOfKey({ path }: Column): (row: Row) => unknown {
  const read = valueAt(path);
  return /^tolower\(/i.test(path) ? (row) => lower(read(row)) : read;
}

/** A key without its own name, such as tolower(a), has the name of its column. */
const nameOfKey = ({ name }: Column): string => name.replace(/^\w+\(([\w.]+)\)$/, '$1');
