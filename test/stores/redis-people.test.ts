import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import type { Connection } from '../../src/stores/redis/connection.ts';
import { createRedisStore } from '../../src/stores/redis/index.ts';
import { connectRedis } from '../../src/stores/redis/open.ts';
import { addressOf } from '../../src/stores/redis/url.ts';
import { ADA, aSubscription, aTopic, HERE, savedPaper } from '../contracts/people-samples.ts';
import { aSeenReaction, CARD, LATER, LONG_AGO } from '../contracts/presence-samples.ts';
import { archived, START } from '../contracts/store-samples.ts';
import { fill, linesOf, written } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { CROWD_CASES, count, expectKept, LONG_PAST, planUncertain } from './crowd.ts';
import { type RedisPlace, redis } from './subjects-redis.ts';

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

  it.each(CROWD_CASES)('%s', async (_, run) => run(stores));

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
  const own = keys.map((key) => key.slice(prefix.length));
  return [...own, ...members.flat()].filter((one) => one.includes(name));
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
    const planned = await planUncertain(store);
    const resend = async () => {
      for (const id of planned.ids)
        await store.ledger.moveDelivery(id, 'uncertain', { state: 'planned', changedAt: START });
    };
    await meanwhile(resend, ({ forget }) => forget(LONG_PAST));
    await expectKept(store, planned);
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
