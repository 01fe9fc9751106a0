/** A value that is loaded on first use and kept until it is forgotten. A failed load is not kept. */
export interface Remembered<T> {
  /** Resolves to the newest value, even for callers that started waiting before `forget`. */
  get(): Promise<T>;
  /** Drops the value and aborts a load in progress. */
  forget(): void;
}

/** @param load gets a signal that is aborted when nobody needs the value anymore */
export function remembered<T>(load: (signal: AbortSignal) => Promise<T>): Remembered<T> {
  let current: { readonly value: Promise<T>; readonly forgotten: AbortController } | undefined;
  const start = () => {
    const forgotten = new AbortController();
    return { value: load(forgotten.signal), forgotten };
  };
  const newest = () => current;
  const get = async (): Promise<T> => {
    const loading = (current ??= start());
    const [{ status }] = await Promise.allSettled([loading.value]);
    if (loading.forgotten.signal.aborted) return get();
    if (status === 'rejected' && newest() === loading) current = undefined;
    return loading.value;
  };
  return {
    get,
    forget() {
      const loading = current;
      current = undefined;
      loading?.forgotten.abort();
    },
  };
}
