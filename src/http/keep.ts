/** A body with what the server calls it. */
export interface Kept {
  etag: string;
  body: string;
  bytes: number;
}

/** Bodies by address, those used last kept longest, `maxBytes` in all; one may take a quarter of it. */
export function createKeep(maxBytes: number) {
  const bodies = new Map<string, Kept>();
  let total = 0;
  const drop = (url: string) => {
    total -= bodies.get(url)?.bytes ?? 0;
    bodies.delete(url);
  };
  const set = (url: string, kept: Kept) => {
    drop(url);
    if (kept.bytes > maxBytes / 4) return;
    bodies.set(url, kept);
    total += kept.bytes;
    for (const oldest of bodies.keys()) if (total > maxBytes) drop(oldest);
  };
  return {
    set,
    get(url: string): Kept | undefined {
      const found = bodies.get(url);
      if (found) set(url, found);
      return found;
    },
  };
}
