import { expect } from 'vitest';
import { OUTCOMES, type SlotRecord, slotId } from '../../src/domain/edition.ts';
import { haveFeeds, START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

function aSlot(feedId: string, day: string, given: Partial<SlotRecord> = {}): SlotRecord {
  const dueAt = `${day}T09:00:00.000Z`;
  return { feedId, day, dueAt, state: 'due', sentence: 'It is time.', changedAt: START, ...given };
}

export const SLOT_CASES: readonly StoreCase[] = [
  {
    title: 'a slot that was planned stays so, whatever is written of it later',
    async run({ store, store: { ledger } }) {
      await haveFeeds(store, 'feed01');
      const planned = aSlot('feed01', '2026-11-23', { state: 'waiting', isPlanned: true });
      await ledger.putSlot(planned);
      const { isPlanned: _, ...stale } = planned;
      await ledger.putSlot({ ...stale, state: 'failed' });
      expect(await ledger.slot(slotId(planned))).toEqual({ ...planned, state: 'failed' });
    },
  },
  {
    title: 'a slot of a feed that is not there is not written',
    async run({ store, store: { ledger } }) {
      await ledger.putSlot(aSlot('feed01', '2026-11-23'));
      expect(await ledger.slots('feed01', 1)).toEqual([]);
      await haveFeeds(store, 'feed01');
      await ledger.putSlot(aSlot('feed01', '2026-11-23'));
      await store.removeFeed('feed01');
      await ledger.putSlot(aSlot('feed01', '2026-11-24'));
      expect(await ledger.slots('feed01', 1)).toEqual([]);
    },
  },
  {
    title: 'a slot is written as it stands, the last time for good',
    async run({ store, store: { ledger } }) {
      await haveFeeds(store, 'feed01', 'feed02');
      const waiting = aSlot('feed01', '2026-11-23', {
        state: 'waiting',
        sentence: 'The list is short.',
        waitingSinceAt: START,
        lookAgainAt: '2026-11-23T09:10:00.000Z',
      });
      expect(await ledger.slot(slotId(waiting))).toBeUndefined();
      await ledger.putSlot(waiting);
      expect(await ledger.slot(slotId(waiting))).toEqual(waiting);
      const posted = aSlot('feed01', '2026-11-23', { state: 'posted', sentence: 'Posted 3 papers.' });
      await ledger.putSlot(posted);
      expect(await ledger.slot(slotId(posted))).toEqual(posted);
      expect(await ledger.slots('feed01', 10)).toEqual([posted]);
    },
  },
  {
    title: 'slots of a feed come newest first by day, as many as asked for',
    async run({ store, store: { ledger } }) {
      await haveFeeds(store, 'feed01', 'feed02');
      const days = ['2026-11-20', '2026-12-01', '2026-11-23', '2025-12-31'];
      for (const day of days) await ledger.putSlot(aSlot('feed01', day));
      await ledger.putSlot(aSlot('feed02', '2026-12-02'));
      const newest = async (limit: number) => (await ledger.slots('feed01', limit)).map(({ day }) => day);
      expect(await newest(10)).toEqual(['2026-12-01', '2026-11-23', '2026-11-20', '2025-12-31']);
      expect(await newest(2)).toEqual(['2026-12-01', '2026-11-23']);
      expect(await ledger.slots('feed03', 10)).toEqual([]);
    },
  },
  {
    title: 'unfinished slots of a feed come oldest first by day',
    async run({ store, store: { ledger } }) {
      await haveFeeds(store, 'feed01', 'feed02');
      const { unfinishedSlots } = ledger;
      const late = aSlot('feed01', '2026-11-23');
      const early = aSlot('feed01', '2026-11-20', { state: 'waiting', waitingSinceAt: START });
      for (const slot of [late, early, aSlot('feed02', '2026-11-19')]) await ledger.putSlot(slot);
      for (const [index, state] of OUTCOMES.entries())
        await ledger.putSlot(aSlot('feed01', `2026-11-0${index + 1}`, { state }));
      expect(await unfinishedSlots('feed01')).toEqual([early, late]);
      await ledger.putSlot({ ...early, state: 'posted' });
      expect(await unfinishedSlots('feed01')).toEqual([late]);
      expect(await unfinishedSlots('feed03')).toEqual([]);
    },
  },
];
