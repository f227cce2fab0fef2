import type { Clock } from '../../clock.ts';
import { type Instant, msBetween } from '../../domain/calendar.ts';

/** Keeps what was made for a while, so that many readers cost as much as one. */
export interface Rack<T> {
  /** What is kept under the key, else what `make` gives; made once for all who ask meanwhile. Rejects as it does. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

export interface RackConfig<T> {
  clock: Clock;
  keptMs: number;
  /** The oldest ones go. */
  most: number;
  mostBytes: number;
  /** How many bytes it takes; undefined for what is not to be kept. */
  bytesOf(made: T): number | undefined;
}

interface Place<T> {
  at: Instant;
  made: Promise<T>;
  bytes: number;
}

export function createRack<T>({ clock, keptMs, most, mostBytes, bytesOf }: RackConfig<T>): Rack<T> {
  const places = new Map<string, Place<T>>();

  function isFresh({ at }: Place<T>): boolean {
    const ageMs = msBetween(at, clock.now());
    // A clock may be set back.
    return ageMs >= 0 && ageMs < keptMs;
  }

  function drop(key: string, place: Place<T>): void {
    if (places.get(key) === place) places.delete(key);
  }

  function makeRoom(): void {
    let bytes = [...places.values()].reduce((sum, place) => sum + place.bytes, 0);
    for (const [key, place] of places) {
      if (places.size <= most && bytes <= mostBytes) return;
      places.delete(key);
      bytes -= place.bytes;
    }
  }

  async function put(key: string, make: () => Promise<T>): Promise<T> {
    const place: Place<T> = { at: clock.now(), made: make(), bytes: 0 };
    // Anew, so that it stands behind the older ones.
    places.delete(key);
    places.set(key, place);
    makeRoom();
    try {
      const made = await place.made;
      const bytes = bytesOf(made);
      if (bytes === undefined) drop(key, place);
      else place.bytes = bytes;
      makeRoom();
      return made;
    } catch (error) {
      drop(key, place);
      throw error;
    }
  }

  return {
    get(key, make) {
      const place = places.get(key);
      return place && isFresh(place) ? place.made : put(key, make);
    },
  };
}
