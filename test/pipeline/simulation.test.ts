import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMs,
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  WEEKDAYS,
} from '../../src/domain/calendar.ts';
import { isDone, papersOf, slotId } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { hasDailyList, openedAt } from '../../src/domain/listing.ts';
import { memberAt } from '../../src/domain/member.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { createRandom } from '../fakes/random.ts';
import { mayHaveArrived, notArrived, rejected, throttled } from '../fixtures/failures.ts';
import { aPaper } from '../fixtures/papers.ts';
import { minutes, openWorld, PLACE, type World } from '../world.ts';
import { restart } from './monday.ts';

const START = '2026-09-06T12:00:00.000Z';
const END = '2026-09-20T12:00:00.000Z';
const STEP_MS = 10 * MINUTE_MS;
const AUTHORS = ['Ada Lovelace', 'Bo Li', 'Cy Wu'];
const MEMBERS = ['ada', 'bob'];
const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Times at which something is broken. */
type Spells = (at: Instant) => boolean;

function spells(random: () => number, chanceADay: number, longestMs: number): Spells {
  const found: [Instant, Instant][] = [];
  for (let at = START; at < END; at = addMs(at, DAY_MS)) {
    if (random() >= chanceADay) continue;
    const from = addMs(at, random() * DAY_MS);
    found.push([from, addMs(from, random() * longestMs)]);
  }
  return (at) => found.some(([from, to]) => from <= at && at < to);
}

/** Lists that grow all day and whose papers gather votes at a speed of their own. */
function inventLists(random: () => number) {
  const lists = new Map<string, { id: string; joinsAt: Instant; votesAnHour: number }[]>();
  let made = 0;
  for (let day = '2026-08-31'; day < END.slice(0, 10); day = addDays(day, 1)) {
    if (!hasDailyList(day)) continue;
    const papers = Array.from({ length: 12 + Math.floor(random() * 20) }, () => {
      made += 1;
      const joinsAt = addMs(openedAt(day), random() ** 2 * 20 * HOUR_MS);
      return { id: `2609.${String(made).padStart(5, '0')}`, joinsAt, votesAnHour: random() ** 3 * 6 };
    });
    lists.set(day, papers);
  }
  return (day: string, at: Instant): Paper[] => {
    const there = (lists.get(day) ?? []).filter(({ joinsAt }) => joinsAt <= at);
    const votes = (since: Instant, speed: number) =>
      Math.floor((speed * (Date.parse(at) - Date.parse(since))) / HOUR_MS);
    return there
      .map(({ id, joinsAt, votesAnHour }) => ({ id, upvotes: votes(joinsAt, votesAnHour) }))
      .map((paper) =>
        aPaper({ ...paper, authors: [{ name: AUTHORS[Number(paper.id.slice(-1)) % 3] ?? '' }] }),
      )
      .sort((one, other) => other.upvotes - one.upvotes);
  };
}

/** Lets two weeks pass: the source breaks and is cut short, the platform fails, processes die and start anew. */
async function live(seed: number): Promise<{ world: World; feeds: Feed[] }> {
  const random = createRandom(seed);
  const world = await openWorld(START);
  const { source, adapter, clock } = world;
  const listAt = inventLists(random);
  const isDown = spells(random, 0.2, 10 * HOUR_MS);
  const isCut = spells(random, 0.25, 12 * HOUR_MS);
  const isOff = spells(random, 0.15, 30 * HOUR_MS);
  const read = source.read;
  source.read = async (listing, options) => {
    if (isDown(clock.now())) throw unreachable();
    const papers = listAt(listing.key, clock.now());
    source.set(
      listing,
      isCut(clock.now()) ? papers.slice(0, 3) : papers,
      papers.length > 0 ? {} : { confirmedBy: ['api', 'hydration'] },
    );
    return await read(listing, options);
  };
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const feeds: Feed[] = [];
  for (const limit of [50, 50, 10, 3]) {
    const time = `${String(Math.floor(random() * 24)).padStart(2, '0')}:${pick(['00', '30', '45'])}`;
    const zone = pick(['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles', 'America/Nuuk']);
    feeds.push(
      await world.addFeed({
        time,
        zone,
        limit,
        layout: pick(['digest', 'cards']),
        days: pick([WEEKDAYS.slice(0, 5), [...WEEKDAYS]]),
      }),
    );
  }
  for (const id of MEMBERS) feeds.push(await follow(world, id, 'Ada Lovelace'));
  const start = () => Promise.all([restart(world, { random }), restart(world, { random })]);
  let processes = await start();
  let wasOff = false;
  for (const at of minutes(START, END, STEP_MS)) {
    if (isOff(at)) {
      wasOff = true;
      continue;
    }
    clock.set(at);
    breakSomething(random(), adapter);
    if (random() < 0.01) await changeMind(world, pick(MEMBERS), pick(AUTHORS.slice(1)), pick);
    if (wasOff) processes = await start();
    await Promise.all(processes.map(({ scheduler }) => (wasOff ? scheduler.catchUp() : scheduler.tick())));
    wasOff = false;
  }
  return { world, feeds };
}

/** Makes a member's digest, or has it bring more. */
async function follow({ services, store }: World, id: string, author: string): Promise<Feed> {
  const what = { kind: 'author', key: author.toLowerCase(), label: author } as const;
  await services.people.follow(PLACE, id, what);
  return (await store.feeds.get(digestId(memberAt(PLACE, id)))) as Feed;
}

/** A member follows somebody or no longer does, takes no messages for a time, or wants their digest less often. */
async function changeMind(
  world: World,
  id: string,
  author: string,
  pick: <T>(from: readonly T[]) => T,
): Promise<void> {
  const { people } = world.services;
  const key = author.toLowerCase();
  const wasFollowed = await people.unfollow(memberAt(PLACE, id), { kind: 'author', key });
  if (!wasFollowed) await follow(world, id, author);
  world.adapter.closeMember(id, pick(['forbidden', undefined, undefined]));
  await people.setDigest(PLACE, id, { every: pick(['daily', 'daily', 'daily', 'weekly', 'never']) });
}

function breakSomething(chance: number, adapter: World['adapter']): void {
  if (chance < 0.01) adapter.failNext(throttled(40 * MINUTE_MS));
  else if (chance < 0.02) adapter.failNext(notArrived());
  else if (chance < 0.03) adapter.failNext(mayHaveArrived(), { hasArrived: chance < 0.025 });
  else if (chance < 0.035) adapter.failNext(rejected());
  else if (chance < 0.038) adapter.failNext(new TypeError('a fault of the adapter'));
}

/** The papers that arrived in a feed, as often as they did. */
function arrived({ adapter }: World, feed: Feed): string[] {
  const own = adapter.posted.filter(({ id }) => id.startsWith(`${feed.id}@`));
  return own.flatMap(({ card }) => {
    if (card.kind === 'paper') return [card.entry.paper.id];
    return card.kind === 'list'
      ? card.sections.flatMap(({ entries }) => entries.map(({ paper }) => paper.id))
      : [];
  });
}

describe('two weeks in which everything breaks', () => {
  it.each(SEEDS)(
    'seed %i: every paper once per feed, and none lost without a word',
    { timeout: 60_000 },
    async (seed) => {
      const { world, feeds } = await live(seed);
      const { store, adapter } = world;
      const messages = adapter.posted.map(({ id }) => id);
      expect(new Set(messages).size).toBe(messages.length);
      for (const feed of feeds) {
        const came = arrived(world, feed);
        if (feed.isDigest) expect(came.length).toBeGreaterThan(0);
        expect(new Set(came).size).toBe(came.length);
        for (const slot of await store.ledger.slots(feed.id, 100)) {
          const states = (await store.ledger.deliveries(slotId(slot))).map(({ state }) => state);
          if (!isDone(slot.state)) continue;
          expect(states).not.toContain('planned');
          expect(states).not.toContain('sending');
          const edition = await store.editions.get(slotId(slot));
          const isWhole = states.every((state) => state === 'sent');
          expect(slot.state === 'incomplete').toBe(!isWhole);
          if (edition && isWhole) expect(came).toEqual(expect.arrayContaining(papersOf(edition)));
        }
      }
      expect(messages.length).toBeGreaterThan(20);
      await store.close();
    },
  );
});
