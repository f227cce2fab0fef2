import type { Considered } from '../../store.ts';
import type { LineValue } from '../lines.ts';
import { type Alarms, alarmRowOf } from './alarms.ts';
import { bucketOf, consideredOf, insertConsidered, OTHERS, paperOf } from './considered.ts';
import { type FeedIndex, indexedFeedOf } from './feeds.ts';
import { type Keys, wakeMember } from './keys.ts';
import { createMover, type Line, type Mover, pagesOf, writeMissing } from './mover.ts';
import { byBytes } from './parts.ts';
import { partsOf, type Reads } from './reads.ts';
import { type Slots, slotOf } from './slots.ts';

/** Rows that are read at once. */
const AT_ONCE = 500;
/** Feeds of which all that was considered is read at once: of each it may be thousands of papers. */
const FEEDS_AT_ONCE = 20;

export function createWakeMover(keys: Keys, feeds: Pick<FeedIndex, 'put'>): Mover {
  return createMover('wakes', {
    async *read(then) {
      for await (const page of pagesOf(then, keys.feeds)) {
        const members = page.map(([id, place]) => wakeMember(place, id));
        const [texts, waking, resting] = await Promise.all([
          then.hmget(
            keys.feedIndex,
            page.map(([id]) => id),
          ),
          then.zmscore(keys.wake, members),
          then.zmscore(keys.resting, members),
        ]);
        for (const [index, [key]] of page.entries()) {
          const { platform, workspace, ...own } = indexedFeedOf(texts[index] ?? '');
          const wakeAt = new Date(waking[index] ?? resting[index] ?? 0).toISOString();
          yield { key, value: { platform, workspace, wakeAt, ...own } };
        }
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        async ({ key }) => (await tx.zscore(keys.feeds, key)) !== undefined,
        async (missing) => {
          const first = await tx.reserve('feed', missing.length);
          const puts = missing.map(({ key: id, value }, index) => {
            const { platform, workspace, wakeAt, ...own } = value;
            // In the order of the lines, whichever asks for its place first.
            const placed = { ...tx, reserve: async () => first + index };
            return feeds.put(placed, { id, destination: { platform, workspace }, ...own }, wakeAt);
          });
          await Promise.all(puts);
        },
      ),
  });
}

/** By feed in their order, then by paper. */
export function createConsideredMover(keys: Keys): Mover {
  return createMover('considered', {
    async *read(then) {
      const decisions = new Map<string, Considered>();
      for await (const page of pagesOf(then, keys.feeds)) {
        for (const part of partsOf(page, FEEDS_AT_ONCE)) {
          const lines = part.map(([feedId]) => consideredBy(then, keys, feedId, decisions));
          yield* (await Promise.all(lines)).flat();
        }
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        async ({ value: { feedId, paperId } }) => {
          const { bucket, rest } = bucketOf(paperId);
          return (await tx.hget(keys.considered(bucket, feedId), rest)) !== undefined;
        },
        (missing) =>
          insertConsidered(
            tx,
            keys,
            missing.map(({ value: { consideredOn, ...decided } }) => ({ at: consideredOn, ...decided })),
          ),
      ),
  });
}

async function consideredBy(
  then: Reads,
  keys: Keys,
  feedId: string,
  decisions: Map<string, Considered>,
): Promise<Line<LineValue<'considered'>>[]> {
  const buckets = [...(await then.smembers(keys.bucketsOf(feedId))), OTHERS];
  const decided = await Promise.all(
    buckets.map(async (bucket) => {
      const rows = [...(await then.hgetall(keys.considered(bucket, feedId)))];
      return rows.map(([rest, number]) => [paperOf(bucket, rest), number] as const);
    }),
  );
  const rows = decided.flat().sort(([one], [other]) => byBytes(one, other));
  await learn(
    then,
    keys,
    rows.map(([, number]) => number),
    decisions,
  );
  return rows.map(([paperId, number]) => {
    const { fate, listing, consideredOn } = decisions.get(number) ?? consideredOf(undefined);
    const { kind, key } = listing;
    const value = { feedId, paperId, fate, listing: { kind, key }, consideredOn };
    return { key: `${feedId}/${paperId}`, value };
  });
}

/** Reads the decisions of numbers that are not known yet. */
async function learn(
  then: Reads,
  keys: Keys,
  numbers: readonly string[],
  decisions: Map<string, Considered>,
): Promise<void> {
  const unknown = [...new Set(numbers)].filter((number) => !decisions.has(number));
  const names = await then.hmget(keys.decisions, unknown);
  for (const [index, number] of unknown.entries()) decisions.set(number, consideredOf(names[index]));
}

export function createSlotMover(keys: Keys, slots: Pick<Slots, 'insert'>): Mover {
  return createMover('slots', {
    async *read(then) {
      const ids = (await then.zrange(keys.slots)).sort(byBytes);
      for (const part of partsOf(ids, AT_ONCE)) {
        const texts = await then.getMany(part.map(keys.slot));
        for (const [index, key] of part.entries()) yield { key, value: slotOf(texts[index] ?? '') };
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        ({ key }) => tx.exists(keys.slot(key)),
        (missing) => {
          // Those of feeds that are gone move too.
          for (const { value } of missing) slots.insert(tx, value);
        },
      ),
  });
}

export function createAlarmMover(keys: Keys, alarms: Pick<Alarms, 'insert'>): Mover {
  return createMover('alarms', {
    async *read(then) {
      for await (const page of pagesOf(then, keys.alarms)) {
        const texts = await then.getMany(page.map(([id]) => keys.alarm(id)));
        for (const [index, [key]] of page.entries()) yield { key, value: alarmRowOf(texts[index] ?? '') };
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        ({ key }) => tx.exists(keys.alarm(key)),
        async (missing) => {
          const first = await tx.reserve('alarm', missing.length);
          for (const [index, { value }] of missing.entries()) alarms.insert(tx, value, first + index);
        },
      ),
  });
}
