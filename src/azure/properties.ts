import { asObject, type Json } from './gateway/failures';
import { isValidDate } from './paging';

/** The properties of a resource; empty if it has none. */
export const propertiesOf = (resource: unknown): Json => asObject(asObject(resource)?.properties) ?? {};

/** A text as a list; empty if it is missing. */
export const textOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

/** The date in a response; undefined if it is missing or isn't a date. */
export function dateOf(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  return isValidDate(date) ? date : undefined;
}
