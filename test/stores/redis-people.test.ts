import { afterEach, beforeEach, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import type { Connection } from '../../src/stores/redis/connection.ts';
import { createRedisStore } from '../../src/stores/redis/index.ts';
import { connectRedis } from '../../src/stores/redis/open.ts';
import { addressOf } from '../../src/stores/redis/url.ts';
import { aNotice } from '../contracts/store-notices.ts';
import { ADA, aSubscription, aTopic, HERE, savedPaper } from '../contracts/store-people.ts';
import { aSeenReaction, CARD, PANEL } from '../contracts/store-presence.ts';
import { anEdition, archived, deliveriesOf, planEdition, START } from '../contracts/store-samples.ts';
import { fill, linesOf, written } from '../contracts/store-transfer.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { type RedisPlace, redis } from './subjects-redis.ts';

const LATER = addMs(START, DAY_MS);
const LONG_AGO = addMs(START, -90 * DAY_MS);
const TRIES = 20;
const ENOUGH = 100;
const BOB = { ...ADA, id: 'bob' };

let place: RedisPlace;
const clock = createFakeClock(START);
const dependencies = { clock, log: silentLog };

const open = () => place.open(dependencies);

describeWith('redis', 'people and presence of several processes on one Redis', () => {
  let stores: Store[];
  beforeEach(async () => {
    place = await redis.makePlace();
    stores = [await open(), await open(), await open()];
  });
  afterEach(() => place.remove());

  const first = () => stores[0] as Store;
  /** Asks all of them the same at once, many times over. */
  const atOnce = <T>(ask: (store: Store, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(
      Array.from({ length: TRIES }, (_, index) => ask(stores[index % stores.length] as Store, index)),
    );
  const count = <T>(all: readonly T[], one: T) => all.filter((each) => each === one).length;

  it('let nobody follow, and no workspace make, more than the most', async () => {
    const followed = await atOnce(({ people }, index) =>
      people.follow(ADA, aSubscription({ key: `topic ${index}` }), 7),
    );
    expect([count(followed, 'followed'), count(followed, 'full')]).toEqual([7, TRIES - 7]);
    expect(await first().people.subscriptions(ADA)).toHaveLength(7);
    const made = await atOnce(({ people }, index) => people.addTopic(HERE, aTopic(`topic ${index % 8}`), 5));
    expect(count(made, 'added')).toBe(5);
    expect(await first().people.topics(HERE)).toHaveLength(5);
  });

  it('let one follow, save and see a thing once, and count it once', async () => {
    const followed = await atOnce(({ people }) => people.follow(ADA, aSubscription(), 7));
    expect([count(followed, 'followed'), count(followed, 'already')]).toEqual([1, TRIES - 1]);
    expect(await first().people.followers(HERE)).toEqual(new Map([['agents', 1]]));
    const saved = await atOnce(({ people }) => people.save(ADA, savedPaper('a')));
    expect(count(saved, true)).toBe(1);
    const unsaved = await atOnce(({ people }) => people.unsave(ADA, 'a'));
    expect(count(unsaved, true)).toBe(1);
    const reactions = ['a', 'b', 'c', 'd'].map((mark) => aSeenReaction({ mark }));
    await atOnce(({ presence }, index) =>
      index % 3 === 0
        ? presence.unsee(PANEL, reactions)
        : presence.see(PANEL, index % 2 === 0 ? reactions : [...reactions].reverse(), START),
    );
    await first().presence.see(PANEL, reactions, START);
    expect(await first().presence.reactions(PANEL)).toEqual(reactions);
  });

  it('find a workspace new once, back once, and gone once', async () => {
    const join = (at: string, keptSince: string) =>
      atOnce(({ presence }) => presence.joined(HERE, at, keptSince));
    expect(count(await join(START, LONG_AGO), 'new')).toBe(1);
    const gone = await atOnce(({ presence }) => presence.left(HERE, START));
    expect(count(gone, true)).toBe(1);
    const back = await join(LATER, LONG_AGO);
    expect([count(back, 'back'), count(back, 'known')]).toEqual([1, TRIES - 1]);
    for (let index = 0; index < 12; index += 1)
      await first().saveFeed(aFeed({ id: `feed${index}`, destination: PANEL.place }), START);
    await first().presence.left(HERE, START);
    const late = await join(LATER, LATER);
    expect([count(late, 'new'), count(late, 'known')]).toEqual([1, TRIES - 1]);
    expect(await first().ledger.feedIds(HERE)).toEqual([]);
  });

  it('tell of nobody of whom nothing is left', async () => {
    const { people, presence } = first();
    await people.follow(ADA, aSubscription(), ENOUGH);
    await people.save(ADA, savedPaper('a'));
    await presence.see(CARD, [aSeenReaction(), aSeenReaction({ emoji: '🎬' })], START);
    const ends = [
      () => people.unfollow(ADA, aSubscription()),
      () => people.unsave(ADA, 'a'),
      () => presence.unsee(CARD, [aSeenReaction(), aSeenReaction()]),
      () => first().forget({ outcomesBefore: LATER }),
    ];
    for (const end of ends) {
      expect(await people.workspacesOf(ADA)).toEqual(['W']);
      await end();
    }
    expect(await people.workspacesOf(ADA)).toEqual([]);
    expect(await thatName(ADA.id)).toEqual([]);
  });

  it('begin one transfer, and take its lines in together', async () => {
    await fill(first(), place);
    const lines = await linesOf(first());
    const other = await redis.makePlace();
    try {
      const others = [await other.open(dependencies), await other.open(dependencies)] as const;
      const begun = await Promise.all(others.map(({ transfer }, index) => transfer.begin(`export ${index}`)));
      expect(count(begun, true)).toBe(1);
      await Promise.all(others.map(({ transfer }) => transfer.write(lines)));
      await others[0].transfer.end();
      await expect(others[1].transfer.write(lines)).rejects.toThrow('no import was begun');
      expect(written(await linesOf(others[1]))).toEqual(written(lines));
    } finally {
      await other.remove();
    }
  });
});

/** Keys, and members of sorted sets, in which a name stands. */
async function thatName(name: string): Promise<string[]> {
  const { raw, prefix } = place;
  const keys = await raw.keys(`${prefix}:*`);
  const types = await Promise.all(keys.map((key) => raw.type(key)));
  const sorted = keys.filter((_, index) => types[index] === 'zset');
  const members = await Promise.all(sorted.map((key) => raw.zrange(key, '0', '-1')));
  return [...keys, ...members.flat()].filter((one) => one.includes(name));
}

const REMOVALS: ReadonlySet<string | symbol> = new Set(['del', 'hdel', 'srem', 'zrem']);

/** A store; between what a unit of work reads and what it then removes somebody else does `meddle`, once. */
async function openMeddledWith(meddle: () => Promise<unknown>): Promise<Store> {
  const connection = await connectRedis(addressOf(place.url), silentLog);
  let isDone = false;
  const transaction: Connection['transaction'] = (work) =>
    connection.transaction(async (tx) => {
      let isRemoving = false;
      const watched = new Proxy(tx, {
        get(target, name) {
          isRemoving ||= REMOVALS.has(name);
          return Reflect.get(target, name);
        },
      });
      const result = await work(watched);
      if (isRemoving && !isDone) {
        isDone = true;
        await meddle();
      }
      return result;
    });
  return createRedisStore({ ...connection, transaction }, dependencies);
}

describeWith('redis', 'somebody in between, on one Redis,', () => {
  let store: Store;
  beforeEach(async () => {
    place = await redis.makePlace();
    store = await open();
  });
  afterEach(() => place.remove());

  async function meanwhile(meddle: () => Promise<unknown>, work: (store: Store) => Promise<unknown>) {
    const meddled = await openMeddledWith(meddle);
    try {
      return await work(meddled);
    } finally {
      await meddled.close();
    }
  }

  it('who sends a delivery again keeps its edition and its notice', async () => {
    const edition = anEdition('feed01', '2026-01-01');
    await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
    const days = Array.from({ length: 14 }, (_, index) => `2026-02-${String(index + 10)}`);
    for (const day of days) await planEdition(store, anEdition('feed01', day));
    await store.ledger.planNotice(aNotice('notice', 1, 'feed01'));
    const uncertain = { state: 'uncertain', changedAt: '2026-01-01T09:00:00.000Z' } as const;
    const ids = [`${edition.id}#0`, 'notice#0'];
    for (const id of ids) await store.ledger.moveDelivery(id, 'planned', uncertain);
    await store.ledger.putSlot({ ...edition.slot, state: 'posted', sentence: 'Posted.', changedAt: START });
    const resend = async () => {
      for (const id of ids)
        await store.ledger.moveDelivery(id, 'uncertain', { state: 'planned', changedAt: START });
    };
    await meanwhile(resend, ({ forget }) => forget({ outcomesBefore: '2026-08-25T09:00:00.000Z' }));
    for (const id of ids) expect(await store.ledger.delivery(id)).toMatchObject({ state: 'planned' });
    expect(await store.ledger.slot(edition.id)).toBeDefined();
    expect(await store.editions.get(edition.id)).toBeDefined();
  });

  it('who saves a paper, or brings it again, keeps it', async () => {
    for (const meddle of [
      () => store.people.save(ADA, savedPaper('a')),
      () => store.archive(undefined, [archived(aPaper({ id: 'a' }))]),
    ]) {
      await store.archive(undefined, [archived(aPaper({ id: 'a' }))]);
      await place.raw.zadd(`${place.prefix}:seen`, 1, 'papers:a');
      const limits = { outcomesBefore: LONG_AGO, archiveBefore: START };
      await meanwhile(meddle, ({ forget }) => forget(limits));
      expect(await store.papers.get('a')).toBeDefined();
      await store.people.unsave(ADA, 'a');
    }
  });

  it('who has us again loses nothing more', async () => {
    await store.presence.joined(HERE, START, LONG_AGO);
    await store.people.follow(ADA, aSubscription(), ENOUGH);
    await store.presence.left(HERE, START);
    const back = () => store.presence.joined(HERE, LATER, LONG_AGO);
    await meanwhile(back, ({ presence }) => presence.joined(HERE, LATER, LATER));
    await store.presence.left(HERE, START);
    await meanwhile(back, ({ forget }) => forget({ outcomesBefore: LATER }));
    expect(await store.people.subscriptions(ADA)).toHaveLength(1);
    expect(await store.presence.present('slack')).toEqual(['W']);
  });

  it('who follows a topic that is just being removed follows it no more', async () => {
    await store.people.addTopic(HERE, aTopic('proteins'), ENOUGH);
    const follow = () => store.people.follow(BOB, aSubscription({ key: 'proteins' }), ENOUGH);
    expect(await meanwhile(follow, ({ people }) => people.removeTopic(HERE, 'proteins'))).toBe(true);
    expect(await store.people.subscriptions(BOB)).toEqual([]);
    expect(await store.people.followers(HERE)).toEqual(new Map());
  });

  it('who does more while they are forgotten is forgotten with that too', async () => {
    await store.people.save(ADA, savedPaper('a'));
    const more = () => store.people.save(ADA, savedPaper('b'));
    const forgotten = await meanwhile(more, ({ people }) => people.forgetMember(ADA));
    expect(forgotten).toMatchObject({ saved: 2 });
    expect(await thatName(ADA.id)).toEqual([]);
  });
});
