/** JSON that came from outside, looked at with care. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
