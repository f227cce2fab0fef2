import { describe, expect, it } from 'vitest';
import { addDays, addMs, DAY_MS, HOUR_MS } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed.ts';
import type { FetchedListing, Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { dailyHistory } from '../../src/pipeline/recall.ts';
import { settle } from '../../src/pipeline/settle.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { createRandom } from '../fakes/random.ts';
import { readCorpus, sharedFolder } from '../shared.ts';
import { openWorld, type World } from '../world.ts';
import { restart } from './monday.ts';

const corpus = sharedFolder ? readCorpus() : [];
/** Often enough for each slot to be seen on its day, and to look again when its patience ends. */
const LOOK_EVERY_MS = 4 * HOUR_MS;
const reason = sharedFolder ? '' : ' (skipped: the corpus is not beside the project)';

/** The lists of the corpus as the source's own code reads them. */
const lists: { listing: Listing; papers: Paper[] }[] = corpus.map(({ day, items }) => {
  const listing: Listing = { kind: 'daily', key: day };
  return { listing, papers: readEntries(items, listing, { way: 'api' }).papers };
});

/** The papers that arrived in a feed, as often as they did. */
function papersOf({ adapter }: World, { id: feed }: Feed): string[] {
  return adapter.posted
    .filter(({ id }) => id.startsWith(`${feed}@`))
    .flatMap(({ card }) => {
      if (card.kind === 'paper') return [card.entry.paper.id];
      return card.kind === 'list'
        ? card.sections.flatMap(({ entries }) => entries.map(({ paper }) => paper.id))
        : [];
    });
}

/** Lets the time of the corpus pass with the process off every few days; out: how many days each time. */
async function liveWithOutages(first: World, random: () => number): Promise<number[]> {
  const end = `${lists.at(-1)?.listing.key}T00:00:00.000Z`;
  const outages: number[] = [];
  let at = `${lists[0]?.listing.key}T00:00:00.000Z`;
  let world = first;
  const liveFor = async (days: number) => {
    for (const until = addMs(at, days * DAY_MS); at < until; at = addMs(at, LOOK_EVERY_MS)) {
      await world.tickAt(at);
    }
  };
  while (at < end) {
    await liveFor(1 + random() * 9);
    const days = random() * 7;
    outages.push(days);
    at = addMs(at, days * DAY_MS);
    world = await restart(first);
    world.clock.set(at);
    await world.scheduler.catchUp();
  }
  await liveFor(4);
  return outages;
}

describe.skipIf(!sharedFolder)(`445 real lists, replayed day by day${reason}`, () => {
  it('each paper comes once per feed, and none is lost', { timeout: 240_000 }, async () => {
    const world = await openWorld('2024-05-20T12:00:00.000Z');
    const { source, addFeed, tickAt, store } = world;
    const everything = await addFeed({ zone: 'Europe/Berlin', limit: 50 });
    const ten = await addFeed({ zone: 'Europe/Berlin', limit: 10 });
    for (const { listing, papers } of lists) source.set(listing, papers);

    const first = lists[0]?.listing.key ?? '';
    const last = lists.at(-1)?.listing.key ?? '';
    const slots = { waited: new Set<string>(), soFar: new Set<string>() };
    for (let day = first; day <= addDays(last, 3); day = addDays(day, 1)) {
      // The hour of 09:00 in Berlin in summer and winter; a list that is short stays so, so the next look is the last.
      for (const hour of [7, 8, 12]) {
        for (const { state, feedId } of await tickAt(`${day}T${String(hour).padStart(2, '0')}:00:00.000Z`)) {
          if (state === 'waiting' && feedId === ten.id) slots.waited.add(day);
          if (state === 'posted-so-far' && feedId === ten.id) slots.soFar.add(day);
          expect(['posted', 'posted-so-far', 'nothing-new', 'waiting']).toContain(state);
        }
      }
    }

    const known = new Set(lists.flatMap(({ papers }) => papers.map(({ id }) => id)));
    const posted = { [everything.id]: papersOf(world, everything), [ten.id]: papersOf(world, ten) };
    for (const ids of Object.values(posted)) expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(posted[everything.id])).toEqual(known);
    expect(posted[ten.id]?.length).toBeGreaterThan(3000);
    console.log(
      `replay: ${lists.length} lists, ${known.size} papers; posted once each: ${posted[everything.id]?.length} (limit 50), ` +
        `${posted[ten.id]?.length} (limit 10); days that waited ${slots.waited.size}, of which posted “so far” ${slots.soFar.size}`,
    );
    await store.close();
  });

  it.each([1, 2])(
    'the same with the process off again and again, for up to seven days: seed %i',
    { timeout: 240_000 },
    async (seed) => {
      const first = await openWorld('2024-05-20T12:00:00.000Z');
      for (const { listing, papers } of lists) first.source.set(listing, papers);
      const everything = await first.addFeed({ zone: 'Europe/Berlin', limit: 50 });
      const ten = await first.addFeed({ zone: 'America/Los_Angeles', limit: 10, layout: 'cards' });
      const outages = await liveWithOutages(first, createRandom(seed));

      const known = new Set(lists.flatMap(({ papers }) => papers.map(({ id }) => id)));
      const posted = [everything, ten].map((feed) => papersOf(first, feed));
      for (const ids of posted) expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(posted[0])).toEqual(known);
      expect(posted[1]?.every((id) => known.has(id))).toBe(true);
      const messages = first.adapter.posted.map(({ id }) => id);
      expect(new Set(messages).size).toBe(messages.length);
      expect(await first.store.ledger.openDeliveries()).toEqual([]);
      console.log(
        `replay with outages, seed ${seed}: off ${outages.length} times, ${outages.filter((days) => days > 3).length} ` +
          `of them for more than three days; posted once each: ${posted[0]?.length} of ${known.size} (limit 50), ` +
          `${posted[1]?.length} (limit 10)`,
      );
      await first.store.close();
    },
  );

  it('the settle rule waits on few good lists and misses few cut ones', { timeout: 120_000 }, async () => {
    const { source, reader, store, clock } = await openWorld('2024-05-27T08:00:00.000Z');
    const cuts = { 'a tenth': 0.1, 'a quarter': 0.25, 'a third': 1 / 3, 'a half': 0.5 };
    const missed: Record<string, number> = Object.fromEntries(Object.keys(cuts).map((name) => [name, 0]));
    let judged = 0;
    let waited = 0;
    for (const { listing, papers } of lists) {
      const at = `${listing.key}T08:00:00.000Z`;
      const history = await dailyHistory(listing.key, store);
      const judge = (size: number) => {
        const cut: FetchedListing = {
          listing,
          way: 'api',
          fetchedAt: at,
          papers: papers.slice(0, size),
          warnings: [],
          confirmedBy: ['api'],
        };
        return settle(cut, history, at).isSettled;
      };
      if (history.length >= 5) {
        judged += 1;
        if (!judge(papers.length)) waited += 1;
        for (const [name, part] of Object.entries(cuts)) {
          if (judge(Math.floor(papers.length * part))) missed[name] = (missed[name] ?? 0) + 1;
        }
      }
      clock.set(addMs(at, HOUR_MS));
      source.set(listing, papers);
      await reader.read(listing);
    }
    const share = (count: number) => `${((100 * count) / judged).toFixed(1)} %`;
    const told = Object.entries(missed).map(([name, count]) => `cut to ${name} ${share(count)}`);
    console.log(
      `settle rule over ${judged} lists: waited on a good list ${share(waited)}; missed when ${told.join(', ')}`,
    );
    expect(waited / judged).toBeLessThan(0.06);
    expect((missed['a quarter'] ?? judged) / judged).toBeLessThan(0.15);
    expect((missed['a tenth'] ?? judged) / judged).toBeLessThan(0.01);
    await store.close();
  });
});
