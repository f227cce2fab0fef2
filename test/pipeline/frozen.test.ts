import { describe, expect, it } from 'vitest';
import type { FeedSettings } from '../../src/abilities.ts';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { papersOf } from '../../src/domain/edition.ts';
import type { World } from '../world.ts';
import { dying, MONDAY, messages, OF_MONDAY, openMonday, restart, SLOT, TWENTY } from './monday.ts';

const LATER = addMs(MONDAY, 4 * MINUTE_MS);

/** A process that was killed after so many moves of deliveries, and what it had planned. */
async function killedAfter(moves: number, settings: FeedSettings = {}): Promise<[World, Delivery[]]> {
  const first = await openMonday(settings);
  const doomed = await restart(first, { store: dying(first.store, moves) });
  await expect(doomed.tickAt(MONDAY)).rejects.toThrow('killed');
  const planned = await first.store.ledger.deliveries(SLOT);
  await first.store.ledger.wakeAll(MONDAY);
  return [await restart(first), planned];
}

/** Each message with its card, as JSON. */
function arrived({ adapter }: World): string[][] {
  return messages(adapter).map(({ id, card }) => [id, JSON.stringify(card)]);
}

function asPlanned(planned: readonly Delivery[]): string[][] {
  return planned.map(({ id, payload }) => [id, JSON.stringify(payload)]);
}

/** What may change between a plan and its sending. */
const CHANGES: Record<string, (world: World) => Promise<unknown>> = {
  'the votes': async ({ source }) => {
    const votes = [...TWENTY].reverse().map((paper, index) => ({ ...paper, upvotes: 100 - index }));
    source.set(OF_MONDAY, votes);
  },
  'the titles': async ({ source }) => {
    source.set(
      OF_MONDAY,
      TWENTY.map((paper) => ({ ...paper, title: 'Withdrawn' })),
    );
  },
  'the layout and the limit': ({ give }) => give('feed edit', { id: 'feed01', layout: 'digest', limit: 9 }),
  'the filters': ({ give }) => give('feed edit', { id: 'feed01', exclude: 'paper', 'min-votes': 99 }),
  'the listing, the time and the zone': ({ give }) =>
    give('feed edit', { id: 'feed01', listing: 'trending', time: '17:00', zone: 'Asia/Tokyo' }),
  'a source that is gone': async ({ source }) => source.fail(new TypeError('nobody reads it again')),
};

describe('an edition that is planned is posted as it was planned', () => {
  it.each(Object.entries(CHANGES))(
    'after a crash before its first message, whatever becomes of %s',
    async (_, change) => {
      const [world, planned] = await killedAfter(0, { layout: 'cards', limit: 3 });
      expect(await world.states(SLOT)).toEqual(['planned', 'planned', 'planned', 'planned']);
      await change(world);
      await world.tickAt(LATER);
      expect(arrived(world)).toEqual(asPlanned(planned));
      expect(await world.states(SLOT)).toEqual(['sent', 'sent', 'sent', 'sent']);
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7])('after a crash at move %i of its deliveries, in order', async (moves) => {
    const [world, planned] = await killedAfter(moves, { layout: 'cards', limit: 3 });
    for (const change of Object.values(CHANGES)) await change(world);
    await world.tickAt(LATER);
    expect(arrived(world)).toEqual(asPlanned(planned));
    expect(await world.states(SLOT)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('also where its record has been damaged', async () => {
    const [world, planned] = await killedAfter(0);
    const editions = { ...world.store.editions, get: async () => undefined };
    const { tickAt } = await restart(world, { store: { ...world.store, editions } });
    const [slot] = await tickAt(LATER);
    expect(slot).toMatchObject({ state: 'posted' });
    expect(slot?.sentence).toBe('As planned; the record of what it showed was damaged.');
    expect(arrived(world)).toEqual(asPlanned(planned));
  });
});

describe('what is frozen', () => {
  it('is the choice with its order, the layout and each message', async () => {
    const { store, tickAt } = await openMonday({ limit: 3 });
    await tickAt(MONDAY);
    const edition = await store.editions.get(SLOT);
    expect(edition).toMatchObject({ id: SLOT, layout: 'digest', listings: [OF_MONDAY], plannedAt: MONDAY });
    expect(papersOf(edition ?? { sections: [] })).toEqual(['2611.00001', '2611.00002', '2611.00003']);
    expect(await store.ledger.slot(SLOT)).toMatchObject({ isPlanned: true, state: 'posted' });
  });

  it('is nothing where the feed was lost before the plan: the other run makes its own', async () => {
    const { store, source, clock, adapter, tickAt } = await openMonday();
    const read = source.read;
    source.read = async (...given) => {
      source.read = read;
      clock.advance(4 * MINUTE_MS);
      expect(await store.ledger.claim('feed:feed01', 'another', MINUTE_MS)).toBe(true);
      return await read(...given);
    };
    await expect(tickAt(MONDAY)).rejects.toThrow('another run has taken over');
    expect(await store.editions.get(SLOT)).toBeUndefined();
    expect(await store.ledger.deliveries(SLOT)).toEqual([]);
    expect(adapter.calls).toBe(0);
  });
});
