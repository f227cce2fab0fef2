import { expect, it } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed.ts';
import type { Store } from '../../src/store.ts';
import {
  anEdition,
  aPlan,
  archived,
  CONSIDERED_IDS,
  deliveriesOf,
  haveFeeds,
  planEdition,
  START,
} from '../contracts/store-samples.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { ask, botOf, createKit, prefixOf } from './redis-kit.ts';

const AFTER = addMs(START, 1000);
const { open } = createKit();

describeWith('redis', 'several connections to Redis', (url) => {
  /** So many stores on one place. */
  async function openMany(count: number): Promise<[Store, ...Store[]]> {
    const own = botOf(url);
    const many = await Promise.all(Array.from({ length: count }, () => open(own)));
    return many as [Store, ...Store[]];
  }

  it('that want the same hundred claims at the same time: each goes to one', async () => {
    const many = await openMany(4);
    const keys = Array.from({ length: 100 }, (_, index) => `key ${index}`);
    const taken = await Promise.all(
      keys.map((key) =>
        Promise.all(many.map(({ ledger }, index) => ledger.claim(key, `owner ${index}`, HOUR_MS))),
      ),
    );
    for (const answers of taken) expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('that move the same deliveries at the same time: each is moved once, and the figures are right', async () => {
    const many = await openMany(4);
    const edition = anEdition();
    await planEdition(many[0], edition, { deliveries: deliveriesOf(edition, 50) });
    const moved = await Promise.all(
      deliveriesOf(edition, 50).flatMap(({ id }) =>
        many.map(({ ledger }, index) =>
          ledger.moveDelivery(id, 'planned', {
            state: index % 2 === 0 ? 'sending' : 'refused',
            changedAt: AFTER,
          }),
        ),
      ),
    );
    expect(moved.filter(Boolean)).toHaveLength(50);
    const { deliveries } = await many[0].figures();
    expect(deliveries).toMatchObject({ planned: 0, uncertain: 0 });
    expect(deliveries.sending + deliveries.refused).toBe(50);
    expect(await many[0].ledger.openDeliveries('feed01')).toHaveLength(50);
  });

  it('that change one feed at the same time: nobody undoes what another did', async () => {
    const many = await openMany(5);
    await haveFeeds(many[0], 'feed01');
    const words = Array.from({ length: 50 }, (_, index) => `word ${index}`);
    const add = (word: string) => (feed: Feed) => ({
      ...feed,
      filters: { ...feed.filters, include: [...feed.filters.include, word] },
    });
    await Promise.all(
      words.map((word, index) => (many[index % 5] ?? many[0]).changeFeed('feed01', add(word), START)),
    );
    const feed = await many[0].feeds.get('feed01');
    expect([...(feed?.filters.include ?? [])].sort()).toEqual([...words].sort());
  });

  it('that archive at the same time: whoever reads on never misses a smaller number', async () => {
    const [follower, ...writers] = await openMany(5);
    const writing = Promise.all(
      writers.map(async (store, writer) => {
        for (let index = 0; index < 20; index += 1)
          await store.archive(undefined, [archived(aPaper({ id: `26${11 + writer}.${10_000 + index}` }))]);
      }),
    );
    const met: string[] = [];
    let [after, isOver] = [0, false];
    const over = writing.then(() => {
      isOver = true;
    });
    for (;;) {
      const isLast = isOver;
      const papers = await follower.ledger.changedPapers(after, 7);
      met.push(...papers.map(({ paperId }) => paperId));
      after = papers.at(-1)?.sequence ?? after;
      if (isLast && papers.length === 0) break;
    }
    await over;
    expect(new Set(met).size).toBe(80);
    expect(after).toBe(80);
  });

  it('of which one plans and another takes its claim: the edition is planned by who holds it, or not at all', async () => {
    const [one, other] = (await openMany(2)) as [Store, Store];
    for (let day = 10; day < 30; day += 1) {
      const edition = anEdition('feed01', `2026-11-${day}`);
      const plan = aPlan(edition, { deliveries: deliveriesOf(edition, 2) });
      await haveFeeds(one, 'feed01');
      await one.ledger.claim(plan.claim.key, plan.claim.owner, HOUR_MS);
      const [planned, released] = await Promise.allSettled([
        one.plan(plan),
        other.ledger.release(plan.claim.key, plan.claim.owner),
      ]);
      expect(released).toMatchObject({ value: true });
      const isPlanned = planned.status === 'fulfilled';
      expect((await other.editions.get(edition.id)) !== undefined).toBe(isPlanned);
      expect(await other.ledger.deliveries(edition.id)).toHaveLength(isPlanned ? 2 : 0);
      expect((await other.ledger.slot(edition.id)) !== undefined).toBe(isPlanned);
    }
  });

  it('of which one plans and another removes the feed: nothing of it is left', async () => {
    const [one, other] = (await openMany(2)) as [Store, Store];
    for (let round = 0; round < 10; round += 1) {
      const edition = anEdition();
      await haveFeeds(one, 'feed01');
      await one.ledger.claim('feed:feed01', 'run', HOUR_MS);
      const plan = aPlan(edition, { deliveries: deliveriesOf(edition, 2) });
      const [, removed] = await Promise.allSettled([one.plan(plan), other.removeFeed('feed01')]);
      expect(removed).toMatchObject({ value: true });
      expect(await one.ledger.deliveries(edition.id)).toEqual([]);
      expect(await one.editions.get(edition.id)).toBeUndefined();
      expect((await one.figures()).deliveries.planned).toBe(0);
      expect((await one.ledger.considered('feed01', CONSIDERED_IDS)).size).toBe(0);
    }
  });

  it('that move, readdress and remove the same at the same time: no index keeps a trace', async () => {
    const own = botOf(url);
    const [one, other] = [await open(own), await open(own)];
    const edition = anEdition();
    for (let round = 0; round < 5; round += 1) {
      await planEdition(one, edition, { deliveries: deliveriesOf(edition, 20), refreshAt: START });
      const to = { platform: 'slack', workspace: `W${round}`, channel: 'c' } as const;
      const moves = deliveriesOf(edition, 20).map(({ id }, index) =>
        (index % 2 === 0 ? one : other).ledger.moveDelivery(id, 'planned', {
          state: index % 3 === 0 ? 'sent' : 'uncertain',
          changedAt: AFTER,
        }),
      );
      await Promise.all([...moves, other.ledger.readdress('feed01', to)]);
      const [open, { deliveries }] = [await one.ledger.openDeliveries(), await one.figures()];
      expect(open).toHaveLength(deliveries.planned + deliveries.uncertain);
      expect(await one.ledger.openDeliveries('feed01')).toEqual(open);
      const here = [to, { platform: 'terminal', workspace: 'terminal' }];
      const byPlace = await Promise.all(here.map((where) => one.ledger.openDeliveries(where)));
      expect(byPlace.flat()).toHaveLength(open.length);
      const again = deliveriesOf(edition, 20).map(({ id }) =>
        one.ledger.moveDelivery(id, 'uncertain', { state: 'planned', changedAt: AFTER }),
      );
      await Promise.all([...again, other.removeFeed('feed01')]);
      expect(await keysOf(url, own, 'open*')).toEqual([]);
      expect(await keysOf(url, own, 'deliver*')).toEqual([]);
    }
  });
});

/** The keys of a bot whose names fit a pattern. */
async function keysOf(url: string, own: string, pattern: string): Promise<unknown> {
  return await ask(url, 'keys', `${prefixOf(own)}:${pattern}`);
}
