import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import type { TransferLine } from '../../src/transfer.ts';
import { ADA, aSubscription, HERE } from '../contracts/people-samples.ts';
import { CARD, PANEL } from '../contracts/presence-samples.ts';
import { aNotice } from '../contracts/store-notices.ts';
import { anEdition, archived, planEdition, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { fill, linesOf, writeInParts, written } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith, describeWithOwn } from '../servers/index.ts';
import { startRedis } from '../servers/redis.ts';
import { makeRedisPlace, type RedisPlace, redis } from './subjects-redis.ts';

const LATER = addMs(START, DAY_MS);
const ENOUGH = 100;
const BOB = { ...ADA, id: 'bob' };

let place: RedisPlace;
const dependencies = { clock: createFakeClock(START), log: silentLog };
const open = () => place.open(dependencies);

describeWith('redis', 'everything as of one moment, on one Redis,', () => {
  let store: Store;
  beforeEach(async () => {
    place = await redis.makePlace();
    store = await open();
    await fill(store, place);
  });
  afterEach(() => place.remove());

  const keptAside = () => place.raw.keys(`${place.prefix}:moment*`);

  it('is read while everything is written to, and leaves nothing behind', async () => {
    const before = written(await linesOf(store));
    const writer = await open();
    const other = await redis.makePlace();
    const lines: TransferLine[] = [];
    try {
      for await (const line of store.transfer.read()) {
        lines.push(line);
        if (lines.length % 5 === 0) await disturb(writer, lines.length);
      }
      expect(written(lines)).toEqual(before);
      expect(await keptAside()).toEqual([]);
      const copy = await other.open(dependencies);
      await writeInParts(copy, lines, 10);
      await copy.transfer.end();
      expect(written(await linesOf(copy))).toEqual(before);
    } finally {
      await other.remove();
    }
  });

  it('ends with its reader, also one that goes away in the middle', async () => {
    for await (const _ of store.transfer.read()) {
      await disturb(store, 1);
      expect(await keptAside()).not.toEqual([]);
      break;
    }
    expect(await keptAside()).toEqual([]);
    const before = written(await linesOf(store));
    expect(written(await linesOf(store))).toEqual(before);
  });

  it('goes by itself where its reader died', async () => {
    const reading = store.transfer.read()[Symbol.asyncIterator]();
    await reading.next();
    await disturb(store, 1);
    const lasts = await Promise.all((await keptAside()).map((key) => place.raw.pttl(key)));
    expect(lasts.length).toBeGreaterThan(3);
    for (const one of lasts) expect(one).toBeGreaterThan(3_500_000);
    await reading.return?.();
  });

  it('is over, and says so, once another is read', async () => {
    const reading = store.transfer.read()[Symbol.asyncIterator]();
    await reading.next();
    const all = written(await linesOf(store));
    const error = await expectStoreError(drain(reading));
    expect(error).toMatchObject({ operation: 'read', key: 'transfer' });
    expect(error.message).toMatch(/another export has begun.*Export again/);
    expect(written(await linesOf(store))).toEqual(all);
  });
});

describeWithOwn('redis', 'everything as of one moment, on a Redis that freezes,', () => {
  it('is no more to be had, and says so in time', { timeout: 60_000 }, async () => {
    const server = await startRedis();
    const raw = new Redis(server.url);
    raw.on('error', () => {});
    const frozen = await makeRedisPlace(raw, server.url);
    const store = await frozen.open(dependencies);
    try {
      await fill(store, frozen);
      const reading = store.transfer.read()[Symbol.asyncIterator]();
      await reading.next();
      server.freeze();
      const begun = performance.now();
      await expectStoreError(drain(reading));
      expect(performance.now() - begun).toBeLessThan(15_000);
    } finally {
      raw.disconnect();
      await server.remove();
      await store.close();
    }
  });
});

/** Changes something of each kind. */
async function disturb(store: Store, turn: number): Promise<void> {
  const { ledger, people, presence, alarms } = store;
  const paper = aPaper({ id: `2612.${10_000 + turn}`, upvotes: turn });
  await store.archive(undefined, [archived(paper), archived(aPaper({ id: '2611.00003', upvotes: turn }))]);
  await store.saveFeed(aFeed({ id: `feed${turn}` }), START);
  await store.saveFeed(aFeed({ id: 'zeta', time: '17:00' }), START);
  await ledger.setWake('alpha', addMs(START, turn));
  await planEdition(store, anEdition('alpha', `2027-01-${10 + (turn % 20)}`)).catch(() => {});
  await ledger.moveDelivery('alpha@2026-11-23#1', 'planned', { state: 'refused', changedAt: LATER });
  await ledger.planNotice(aNotice(`notice/${turn}`, 1, 'zeta'));
  for (const { id } of await alarms.newest(9)) await alarms.clear(id, LATER);
  await people.follow(BOB, aSubscription({ key: `topic ${turn}` }), ENOUGH);
  await people.removeTopic(HERE, 'proteins');
  await people.forgetMember(ADA);
  await presence.watch({ ...PANEL, messageId: `m${turn}` });
  await presence.unwatch(CARD);
  await presence.left(HERE, LATER);
  await presence.joined(HERE, LATER, LATER);
}

async function drain(reading: AsyncIterator<TransferLine>): Promise<void> {
  while (!(await reading.next()).done);
}
