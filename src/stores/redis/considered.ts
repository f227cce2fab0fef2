import { z } from 'zod';
import type { Day, Instant } from '../../domain/calendar.ts';
import { type Consideration, FATES } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import { LISTING_KINDS } from '../../domain/listing.ts';
import type { PaperId } from '../../domain/paper.ts';
import type { Considered } from '../../store.ts';
import { dayNumber, dayOf } from '../days.ts';
import { missingFeed } from '../plan.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys, type Keys } from './keys.ts';

/** What feeds did with papers; see `Ledger`. */
export interface ConsideredTable {
  /** What an edition decided. Errors: `StoreError` for a feed that is not there. */
  put(tx: Work, feedId: FeedId, at: Instant | Day, considered: readonly Consideration[]): Promise<void>;
  /** In the order of the papers. */
  of(feedId: FeedId, paperIds: readonly PaperId[]): Promise<Map<PaperId, Considered>>;
  removeOf(tx: Work, feedId: FeedId): Promise<void>;
}

/**
 * Where papers lie whose ids do not count up as those of arXiv do since 2015
 * (https://info.arxiv.org/help/arxiv_identifier.html, 2026-11-26).
 */
export const OTHERS = 'others';

/**
 * Millions of entries, some ten bytes each: what a feed meets among a thousand papers of a month, a few dozen, lies in
 * one small hash, as the server packs those tightly (https://redis.io/topics/memory-optimization, 2026-11-26). Their
 * decisions are numbers: feeds of one day decide alike, so that there are few.
 */
export function bucketOf(paperId: PaperId): { bucket: string; rest: string } {
  const [, month, hundreds, rest] = /^([1-9]\d{3})\.(\d\d)(\d{3})$/.exec(paperId) ?? [];
  if (month === undefined || rest === undefined) return { bucket: OTHERS, rest: paperId };
  return { bucket: `${month}${hundreds}`, rest };
}

/** Undoes `bucketOf`. */
export function paperOf(bucket: string, rest: string): PaperId {
  return bucket === OTHERS ? rest : `${bucket.slice(0, 4)}.${bucket.slice(4)}${rest}`;
}

export function createConsidered(connection: Connection): ConsideredTable {
  const keys = createKeys(connection.prefix);
  return { put: createPut(keys), of: createOf(connection, keys), removeOf: createRemoveOf(keys) };
}

function createPut(keys: Keys): ConsideredTable['put'] {
  return async (tx, feedId, at, considered) => {
    const [place] = await Promise.all([
      tx.zscore(keys.feeds, feedId),
      insertConsidered(
        tx,
        keys,
        considered.map((one) => ({ feedId, at, ...one })),
      ),
    ]);
    if (place === undefined) throw missingFeed(feedId);
  };
}

/** What was decided, when, and for which feed. */
export interface Decided extends Consideration {
  feedId: FeedId;
  at: Instant | Day;
}

/** Writes what was decided, also for feeds that are not there. */
export async function insertConsidered(tx: Work, keys: Keys, decided: readonly Decided[]): Promise<void> {
  const entries = decided.map((one) => ({ ...one, ...bucketOf(one.paperId), name: decisionName(one) }));
  const numbers = await numbersOf(tx, keys, [...new Set(entries.map(({ name }) => name))]);
  for (const { feedId, bucket, rest, name } of entries) {
    tx.hset(keys.considered(bucket, feedId), { [rest]: numbers.get(name) ?? 0 });
    if (bucket !== OTHERS) tx.sadd(keys.bucketsOf(feedId), bucket);
  }
}

/** The numbers of decisions; a new one gets the next. */
async function numbersOf(tx: Work, keys: Keys, names: readonly string[]): Promise<Map<string, number>> {
  const found = await tx.hmget(keys.decisionNumbers, names);
  const numbers = new Map(names.map((name, index) => [name, Number(found[index])]));
  const fresh = names.filter((_, index) => found[index] === undefined);
  const first = fresh.length === 0 ? 0 : await tx.reserve('decision', fresh.length);
  for (const [index, name] of fresh.entries()) {
    numbers.set(name, first + index);
    tx.hset(keys.decisionNumbers, { [name]: first + index });
    tx.hset(keys.decisions, { [String(first + index)]: name });
  }
  return numbers;
}

function createOf(connection: Connection, keys: Keys): ConsideredTable['of'] {
  return async (feedId, paperIds) => {
    const asked = [...new Set(paperIds)].map((paperId) => ({ paperId, ...bucketOf(paperId) }));
    const buckets = [...Map.groupBy(asked, ({ bucket }) => bucket)].map(async ([bucket, ones]) => {
      const rests = ones.map(({ rest }) => rest);
      const numbers = await connection.hmget(keys.considered(bucket, feedId), rests);
      return ones.map(({ paperId }, index) => [paperId, numbers[index]] as const);
    });
    const numbers = new Map((await Promise.all(buckets)).flat());
    const decisions = await readDecisions(connection, keys, [...numbers.values()]);
    return new Map(
      asked.flatMap(({ paperId }) => {
        const considered = decisions.get(numbers.get(paperId) ?? '');
        return considered ? [[paperId, considered] as const] : [];
      }),
    );
  };
}

/** Decisions by their numbers. Errors: for a number that was never given. */
async function readDecisions(
  connection: Connection,
  keys: Keys,
  numbers: readonly (string | undefined)[],
): Promise<Map<string, Considered>> {
  const unique = [...new Set(numbers)].filter((number) => number !== undefined);
  const names = await connection.hmget(keys.decisions, unique);
  return new Map(unique.map((number, index) => [number, consideredOf(names[index])]));
}

function createRemoveOf(keys: Keys): ConsideredTable['removeOf'] {
  return async (tx, feedId) => {
    const buckets = await tx.smembers(keys.bucketsOf(feedId));
    tx.del(...[...buckets, OTHERS].map((bucket) => keys.considered(bucket, feedId)));
    tx.del(keys.bucketsOf(feedId));
  };
}

const decision = z.tuple([z.number(), z.enum(LISTING_KINDS), z.string(), z.string()]);

/** The text of a decision. */
function decisionName({ at, listing, fate }: Omit<Decided, 'feedId' | 'paperId'>): string {
  const name: z.infer<typeof decision> = [dayNumber(at), listing.kind, listing.key, fate];
  return JSON.stringify(name);
}

/** A fate that this version does not know counts as posted: never twice. */
export function consideredOf(name: string | undefined): Considered {
  if (name === undefined) throw new Error('what was decided is lost. Restore the data from a copy.');
  const [day, kind, key, text] = decision.parse(JSON.parse(name));
  const fate = FATES.find((one) => one === text) ?? 'posted';
  return { fate, listing: { kind, key }, consideredOn: dayOf(day) };
}
