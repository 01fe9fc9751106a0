import { InvalidQuery, lower, NotEmulatedQuery, plainRow, valueAt, type Row, type Step } from './values';

/** The columns to compare: on a, or on $left.a == $right.b */
function keysOf(text: string): { left: string; right: string } {
  const [, left, right] = /^\$left\.([\w.]+)\s*==\s*\$right\.([\w.]+)$/.exec(text) ?? [];
  if (left !== undefined && right !== undefined) return { left, right };
  if (!/^\w+$/.test(text)) throw new InvalidQuery(text);
  return { left: text, right: text };
}

/** Adds the columns of the other row. A name that is taken gets a 1. */
const merged = (row: Row, other: Row, names: readonly string[]): Row => ({
  ...plainRow(row),
  ...Object.fromEntries(names.map((name) => [name in row ? `${name}1` : name, other[name] ?? null])),
});

/** join kind=inner (QUERY) on a. Each row appears once for each equal one; with leftouter also if there is none. */
export function join(text: string, run: (query: string) => Row[]): Step {
  const [, kind = 'innerunique', query, on = ''] =
    /^(?:kind\s*=\s*(\w+)\s*)?\(([^]*)\)\s*on\s+([^()]+)$/i.exec(text) ?? [];
  if (query === undefined) throw new InvalidQuery(text);
  if (!['innerunique', 'inner', 'leftouter'].includes(kind.toLowerCase())) throw new NotEmulatedQuery(text);
  const keys = keysOf(on.trim());
  const others = run(query.trim());
  const names = [...new Set(others.flatMap((other) => Object.keys(other)))];
  const isOuter = kind.toLowerCase() === 'leftouter';
  const [left, right] = [valueAt(keys.left), valueAt(keys.right)];
  const byValue = new Map<string, Row[]>();
  for (const other of others) {
    const value = lower(right(other));
    byValue.set(value, [...(byValue.get(value) ?? []), other]);
  }
  return (rows) =>
    unique(rows, kind, left).flatMap((row) => {
      const equal = byValue.get(lower(left(row))) ?? [];
      return equal.length === 0 && isOuter ? [merged(row, {}, names)] : equal.map((other) => merged(row, other, names));
    });
}

/** innerunique, the default, keeps one row of each value on the left side. */
function unique(rows: Row[], kind: string, left: (row: Row) => unknown): Row[] {
  if (kind.toLowerCase() !== 'innerunique') return rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const value = lower(left(row));
    return !seen.has(value) && seen.add(value);
  });
}
