import { expect } from 'vitest';
import { type SlotRecord, slotId } from '../../src/domain/edition.ts';
import { START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

function aSlot(feedId: string, day: string, given: Partial<SlotRecord> = {}): SlotRecord {
  const dueAt = `${day}T09:00:00.000Z`;
  return { feedId, day, dueAt, state: 'due', sentence: 'It is time.', changedAt: START, ...given };
}

export const SLOT_CASES: readonly StoreCase[] = [
  {
    title: 'a slot is written as it stands, the last time for good',
    async run({ store: { ledger } }) {
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
    async run({ store: { ledger } }) {
      const days = ['2026-11-20', '2026-12-01', '2026-11-23', '2025-12-31'];
      for (const day of days) await ledger.putSlot(aSlot('feed01', day));
      await ledger.putSlot(aSlot('feed02', '2026-12-02'));
      const newest = async (limit: number) => (await ledger.slots('feed01', limit)).map(({ day }) => day);
      expect(await newest(10)).toEqual(['2026-12-01', '2026-11-23', '2026-11-20', '2025-12-31']);
      expect(await newest(2)).toEqual(['2026-12-01', '2026-11-23']);
      expect(await ledger.slots('feed03', 10)).toEqual([]);
    },
  },
];
