/** A value that is loaded when first asked for, and kept until it is forgotten. A failed load is not kept. */
export interface Remembered<T> {
  /** Resolves to the newest value: what began to load before it was forgotten does not count any more. */
  get(): Promise<T>;
  forget(): void;
}

export function remembered<T>(load: () => Promise<T>): Remembered<T> {
  let current: Promise<T> | undefined;
  const newest = (): Promise<T> | undefined => current;
  const get = async (): Promise<T> => {
    const loading = (current ??= load());
    const failed = await loading.then(
      () => false,
      () => true,
    );
    if (newest() === loading) {
      current = failed ? undefined : loading;
      return loading;
    }
    return newest() === undefined && failed ? loading : get();
  };
  return {
    get,
    forget() {
      current = undefined;
    },
  };
}
