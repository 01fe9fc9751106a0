/** A value that is loaded on first use and kept until it is forgotten. A failed load is not kept. */
export interface Remembered<T> {
  /** Resolves to the newest value, even for callers that started waiting before `forget`. */
  get(): Promise<T>;
  /** The value that was loaded last, even if it is forgotten. Loads nothing. */
  last(): T | undefined;
  /** Drops the value and aborts a load in progress. */
  forget(): void;
  /** Forgets the value, and also what was loaded last. */
  reset(): void;
}

/** @param load gets a signal that is aborted when nobody needs the value anymore */
export function remembered<T>(load: (signal: AbortSignal) => Promise<T>): Remembered<T> {
  let current: { readonly value: Promise<T>; readonly forgotten: AbortController } | undefined;
  let last: T | undefined;
  const start = () => {
    const forgotten = new AbortController();
    const value = load(forgotten.signal).then((loaded) => {
      if (!forgotten.signal.aborted) last = loaded;
      return loaded;
    });
    return { value, forgotten };
  };
  const newest = () => current;
  const get = async (): Promise<T> => {
    const loading = (current ??= start());
    const [{ status }] = await Promise.allSettled([loading.value]);
    if (loading.forgotten.signal.aborted) return get();
    if (status === 'rejected' && newest() === loading) current = undefined;
    return loading.value;
  };
  const forget = (): void => {
    const loading = current;
    current = undefined;
    loading?.forgotten.abort();
  };
  return {
    get,
    last: () => last,
    forget,
    reset() {
      forget();
      last = undefined;
    },
  };
}
