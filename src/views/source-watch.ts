import type { Instant } from '../domain/calendar.ts';
import { blindObserver, type Observer, type WayReading } from '../observer.ts';
import type { Source } from '../source.ts';
import type { WayStatus } from '../view.ts';

/** How a source did in this process. */
export interface SourceRecord {
  /** When it last gave something, by whichever way. */
  readAt?: Instant;
  /** What came of the last way that was tried; absent before the first. */
  last?: WayReading['outcome'];
}

/** Remembers how the sources did: what outlives the process stands in the archive. */
export interface SourceWatch extends Observer {
  /** The ways into a source, in the order they are tried. */
  ways(source: Pick<Source, 'id' | 'ways'>): WayStatus[];
  record(source: Pick<Source, 'id'>): SourceRecord;
}

export function createSourceWatch(): SourceWatch {
  const ways = new Map<string, WayStatus>();
  const records = new Map<string, SourceRecord>();
  const keyOf = (source: string, way: string) => `${source}/${way}`;
  return {
    ...blindObserver,
    wayRead(reading) {
      const { source, way, outcome, at } = reading;
      const key = keyOf(source, way);
      ways.set(key, statusAfter(ways.get(key) ?? { way }, reading));
      const isRead = outcome === 'read';
      records.set(source, { ...records.get(source), last: outcome, ...(isRead ? { readAt: at } : {}) });
    },
    ways: ({ id, ways: names }) => names.map((way) => ways.get(keyOf(id, way)) ?? { way }),
    record: ({ id }) => records.get(id) ?? {},
  };
}

/** An empty answer is no failure, and mends none: nobody can tell whether there was anything to read. */
function statusAfter(before: WayStatus, { way, outcome, at, sentence }: WayReading): WayStatus {
  switch (outcome) {
    case 'read':
      return { way, readAt: at };
    case 'empty':
      return before;
    case 'unavailable':
    case 'changed-shape': {
      const isChangedShape = outcome === 'changed-shape';
      return { ...before, failure: { at, isChangedShape, sentence: sentence ?? 'It gave nothing.' } };
    }
    default:
      return outcome satisfies never;
  }
}
