/** Reads JSON of unknown shape. A missing or unexpected value becomes an empty one. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** The `properties` object of an ARM request body. */
export const propertiesOf = (body: unknown): Record<string, unknown> => recordOf(recordOf(body).properties);

export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const recordsOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

export const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(stringOf) : []);

/** The tags in the body of an ARM request; undefined if it has none. */
export function tagsOf(body: unknown): Record<string, string> | undefined {
  const { tags } = recordOf(body);
  return isRecord(tags)
    ? Object.fromEntries(Object.entries(tags).map(([k, value]) => [k, stringOf(value)]))
    : undefined;
}
