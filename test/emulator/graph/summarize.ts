import { columns, InvalidQuery, lower, NotEmulatedQuery, split, valueAt, type Row, type Step } from './values';

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
  path: string;
  of: (values: unknown[]) => unknown;
}

function aggregateOf(text: string): Aggregate {
  const [, name, verb = '', path = ''] = /^(?:(\w+)\s*=\s*)?(\w+)\(([^()]*)\)$/.exec(text) ?? [];
  if (verb === '') throw new InvalidQuery(text);
  const known = aggregations[verb.toLowerCase()];
  if (!known) throw new NotEmulatedQuery(text);
  return { name: name ?? `${known.prefix}_${path.replaceAll('.', '_')}`, path, of: known.of };
}

/** summarize n=count(), dcount(a) by b, c=tolower(d). Without "by", there is always one row. */
export function summarize(text: string): Step {
  const [, what = '', by] = /^([^]*?)(?:\bby\s+([^]+))?$/i.exec(text) ?? [];
  const aggregates = split(what.trim(), /^,$/).map(aggregateOf);
  const keys = by === undefined ? [] : columns(by).map((key) => ({ ...key, name: nameOfKey(key) }));
  return (rows) => {
    const groups = new Map<string, { key: Row; rows: Row[] }>();
    if (keys.length === 0) groups.set('[]', { key: {}, rows: [] });
    for (const row of rows) {
      const values = keys.map(({ path }) =>
        /^tolower\(/i.test(path) ? lower(valueAt(row, path)) : valueAt(row, path),
      );
      const id = JSON.stringify(values);
      const key = Object.fromEntries(keys.map(({ name }, index) => [name, values[index]]));
      const group = groups.get(id) ?? { key, rows: [] };
      group.rows.push(row);
      groups.set(id, group);
    }
    return [...groups.values()].map((group) => ({
      ...group.key,
      ...Object.fromEntries(
        aggregates.map(({ name, path, of }) => [
          name,
          of(group.rows.map((row) => (path === '' ? row : valueAt(row, path)))),
        ]),
      ),
    }));
  };
}

/** A key without its own name, such as tolower(a), has the name of its column. */
const nameOfKey = ({ name }: { readonly name: string }): string => name.replace(/^\w+\(([\w.]+)\)$/, '$1');
