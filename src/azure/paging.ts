/** All items of all pages. */
export async function toArray<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}

/** The options object that passes an abort signal to an Azure client. */
export function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

/** Dates in responses may be anything, even null. An invalid one throws when it is formatted. */
export const isValidDate = (date: unknown): date is Date => date instanceof Date && !Number.isNaN(date.getTime());

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}
