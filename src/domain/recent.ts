/** What was learnt, by a key; what was put or got longest ago goes where there is too much. */
export interface Recent<T> {
  /** Asking this alone keeps nothing. */
  has(key: string): boolean;
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  forget(key: string): void;
}

export function createRecent<T>(most: number): Recent<T> {
  const known = new Map<string, T>();
  function put(key: string, value: T): void {
    known.delete(key);
    if (known.size >= most) known.delete(known.keys().next().value ?? '');
    known.set(key, value);
  }
  return {
    has: (key) => known.has(key),
    get(key) {
      const value = known.get(key);
      if (value !== undefined) put(key, value);
      return value;
    },
    put,
    forget: (key) => void known.delete(key),
  };
}
