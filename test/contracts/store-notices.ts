import { expect } from 'vitest';
import type { Notice } from '../../src/store.ts';
import { anEdition, deliveriesOf, planEdition, START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

export function aNotice(id: string, count = 1, feedId = 'feed01'): Notice {
  return { id, feedId, deliveries: deliveriesOf({ id }, count) };
}

export const NOTICE_CASES: readonly StoreCase[] = [
  {
    title: 'a notice is planned once, and its deliveries are kept like any others',
    async run({ store: { ledger }, openAnother }) {
      const notice = aNotice('notice/1', 2);
      expect(await ledger.planNotice(notice)).toBe(true);
      expect(await ledger.planNotice(aNotice('notice/1', 3))).toBe(false);
      expect(await (await openAnother()).ledger.planNotice(notice)).toBe(false);
      expect(await ledger.deliveries('notice/1')).toEqual(notice.deliveries);
      const change = { state: 'sending', changedAt: START } as const;
      expect(await ledger.moveDelivery('notice/1#0', 'planned', change)).toBe(true);
      expect(await ledger.delivery('notice/1#0')).toMatchObject(change);
    },
  },
  {
    title: 'a notice that cannot be kept whole is not kept',
    async run({ store: { ledger }, place }) {
      const strangers = { ...aNotice('notice/1'), deliveries: deliveriesOf({ id: 'notice/2' }, 1) };
      await expectStoreError(ledger.planNotice(strangers));
      await place.breakPlans();
      await expectStoreError(ledger.planNotice(aNotice('notice/1', 3)));
      expect(await ledger.deliveries('notice/1')).toEqual([]);
      expect(await ledger.planNotice(aNotice('notice/1', 2))).toBe(true);
    },
  },
  {
    title: 'a notice stands beside the editions of its feed',
    async run({ store, store: { ledger } }) {
      const edition = anEdition();
      await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
      await ledger.planNotice(aNotice('feed01@notice'));
      expect(await ledger.plannedSlots('feed01', 10)).toEqual([edition.id]);
      expect((await ledger.openDeliveries('feed01')).map(({ slotId }) => slotId)).toEqual([edition.id]);
      expect(await ledger.openDeliveries()).toHaveLength(1);
    },
  },
  {
    title: 'open notices are those with something left to send, oldest first, as many as asked for',
    async run({ store, store: { ledger } }) {
      const edition = anEdition();
      await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
      for (const id of ['z', 'm', 'a']) await ledger.planNotice(aNotice(id, 2, `feed of ${id}`));
      const open = async (limit: number) => (await ledger.openNotices(limit)).map(({ id }) => id);
      expect(await open(10)).toEqual(['z', 'm', 'a']);
      expect(await open(2)).toEqual(['z', 'm']);
      expect((await ledger.openNotices(1))[0]).toEqual({ id: 'z', feedId: 'feed of z' });
      const move = (id: string, state: 'sending' | 'sent' | 'uncertain' | 'refused') =>
        ledger.moveDelivery(id, 'planned', { state, changedAt: START });
      await move('z#0', 'sent');
      await move('z#1', 'uncertain');
      await move('m#0', 'refused');
      await move('m#1', 'sending');
      expect(await open(10)).toEqual(['m', 'a']);
    },
  },
];
