// A process with many feeds in its store that does one thing after the other and tells how long each took:
//
//   node feeds-child.ts SETTINGS    (`FeedsSettings` as JSON; forked: asked by `FeedsAsked`, tells `FeedsTold`)
import { assembleBot, type Bot } from '../../../src/bot.ts';
import { addDays, type Instant } from '../../../src/domain/calendar.ts';
import type { Feed } from '../../../src/domain/feed.ts';
import { silentLog } from '../../../src/log.ts';
import type { DueSlot, Line } from '../../../src/pipeline/run.ts';
import type { Queue } from '../../../src/queue.ts';
import { createScheduler } from '../../../src/scheduler/scheduler.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { createMemorySource } from '../../fakes/memory-source.ts';
import { type Memory, memoryOf } from '../memory.ts';
import { answerParent } from './child.ts';
import { createHttpAdapter } from './http-adapter.ts';
import { fillSource } from './papers.ts';
import { benchFeed, doEach, finish, issueOf, planOne } from './planned.ts';

export interface FeedsSettings {
  storeUrl: string;
  feeds: number;
  /** So many come due before the others, and are planned. */
  some: number;
}

/**
 * `add` them all; find what is due of `none`, `some` or `all`, as a tick does, and do nothing about it; `wake` them all;
 * `look` at some of which none is due, as a start does with each; `plan` some by the line; have editions of some feeds out
 * that are `bare`, as they considered no papers, and others that considered a `full` list each; `end`.
 */
export interface FeedsAsked {
  ask: 'add' | 'none' | 'some' | 'all' | 'wake' | 'look' | 'plan' | 'bare' | 'full' | 'end';
}

export interface FeedsTold {
  tookMs: number;
  /** How many things were done, or found. */
  count: number;
  memory: Memory | undefined;
}

/** A Monday with its list open since the evening before. */
const DAY = '2026-11-23';
const CREATED_AT: Instant = `${DAY}T06:00:00.000Z`;
/** When so many are due. */
const AT = {
  none: `${DAY}T08:00:00.000Z`,
  some: `${DAY}T08:30:01.000Z`,
  all: `${DAY}T09:00:01.000Z`,
} satisfies Record<string, Instant>;

/** Editions of each feed, and the dates from which on those are that considered nothing, and those that did. */
const EDITIONS = 10;
const FIRST_OF = { bare: '2026-12-01', full: '2027-01-01' };

/** Whoever posts is another process. */
const elsewhere: Queue = {
  isShared: true,
  async add() {},
  async work() {},
  turn: async () => 0,
  async close() {},
};

const settings = JSON.parse(process.argv[2] ?? '') as FeedsSettings;
const { feeds, some } = settings;
const clock = createFakeClock(AT.none);
const bot = await openBot(settings.storeUrl, clock);
const { store } = bot;
await answerParent(
  async ({ ask }: FeedsAsked): Promise<FeedsTold> => ({
    ...(await answer(ask)),
    memory: memoryOf(process.pid),
  }),
  ({ ask }) => ask === 'end',
);

type Timed = Omit<FeedsTold, 'memory'>;

async function answer(ask: FeedsAsked['ask']): Promise<Timed> {
  switch (ask) {
    case 'add':
      return await timed(feeds, () => doEach(feeds, (index) => store.saveFeed(feedAt(index), wakeOf(index))));
    case 'none':
    case 'some':
    case 'all':
      return await check(AT[ask]);
    case 'wake':
      return await timed(feeds, () => store.ledger.wakeAll(clock.now()));
    case 'look':
      return await look();
    case 'plan':
      return await plan();
    case 'bare':
    case 'full':
      return await post(ask);
    case 'end':
      return await timed(0, () => bot.close());
    default:
      return ask satisfies never;
  }
}

async function timed(count: number, work: () => Promise<unknown>): Promise<Timed> {
  const beganMs = performance.now();
  await work();
  return { count, tookMs: performance.now() - beganMs };
}

async function openBot(storeUrl: string, clock: FakeClock): Promise<Bot> {
  const log = silentLog;
  const source = createMemorySource(clock);
  fillSource(source, clock.now());
  const adapters = [createHttpAdapter({ url: 'http://127.0.0.1', hasRates: false })];
  const store = await openStore(storeUrl, { clock, log });
  return assembleBot({ source, store, adapters, clock, log, queue: elsewhere });
}

function feedAt(index: number): Feed {
  return benchFeed(index, 'feed', { time: index < some ? '08:30' : '09:00', createdAt: CREATED_AT });
}

function wakeOf(index: number): Instant {
  return `${DAY}T${feedAt(index).time}:00.000Z`;
}

async function check(at: Instant): Promise<Timed> {
  const beganMs = performance.now();
  const { length: count } = await dueAt(at);
  return { count, tookMs: performance.now() - beganMs };
}

/** What a tick finds to be due: all that it does before the line runs. */
async function dueAt(at: Instant): Promise<readonly DueSlot[]> {
  clock.set(at);
  const found = Promise.withResolvers<readonly DueSlot[]>();
  const line: Line = {
    ...bot.line,
    async run(due) {
      found.resolve(due);
      throw new Error('It was only to be found.');
    },
  };
  const scheduler = createScheduler({ ...bot, line, clock, log: silentLog });
  scheduler.tick().catch((error: unknown) => found.reject(error));
  return await found.promise;
}

async function look(): Promise<Timed> {
  clock.set(AT.none);
  await doEach(some, (index) => store.ledger.setWake(`feed${index}`, AT.none));
  return await timed(some, () => bot.scheduler.tick());
}

async function plan(): Promise<Timed> {
  const due = await dueAt(AT.some);
  return await timed(due.length, () => bot.line.run(due));
}

/** Editions of some weeks: the first of a feed leaves more behind than those that follow. */
async function post(ask: 'bare' | 'full'): Promise<Timed> {
  const days = Array.from({ length: EDITIONS }, (_, index) => addDays(FIRST_OF[ask], index));
  return await timed(some * EDITIONS, async () => {
    for (const day of days) {
      const issue = issueOf(`${day}T09:00:00.000Z`);
      const considered = ask === 'bare' ? [] : issue.considered;
      await doEach(some, async (index) =>
        finish(store, await planOne(store, feedAt(index), { ...issue, considered })),
      );
    }
  });
}
