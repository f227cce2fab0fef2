import { expect } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { DELIVERY_STATES, type Delivery, type DeliveryState } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/store.ts';
import { aNotice } from './store-notices.ts';
import { anEdition, deliveriesOf, planEdition, START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

const EDITION = anEdition();
const AFTER = addMs(START, 1000);

/** Plans an edition with so many deliveries. */
async function planned(store: Store, count: number, edition = EDITION): Promise<Delivery[]> {
  const deliveries = deliveriesOf(edition, count);
  await planEdition(store, edition, { deliveries });
  return deliveries;
}

/** Deliveries of an edition, one in each state. */
export async function oneInEach(store: Store, edition = EDITION): Promise<void> {
  const deliveries = await planned(store, DELIVERY_STATES.length, edition);
  for (const [index, state] of DELIVERY_STATES.entries())
    await store.ledger.moveDelivery(deliveries[index]?.id ?? '', 'planned', { state, changedAt: AFTER });
}

const OPEN: readonly DeliveryState[] = ['planned', 'sending', 'refused', 'uncertain'];

export const DELIVERY_CASES: readonly StoreCase[] = [
  {
    title: 'a delivery moves through its states, and what is not said of it is gone',
    async run({ store: { ledger }, store }) {
      const [first, second] = (await planned(store, 2)) as [Delivery, Delivery];
      const move = (from: DeliveryState, change: Partial<Delivery> & { state: DeliveryState }) =>
        ledger.moveDelivery(first.id, from, { changedAt: AFTER, ...change });
      expect(await move('planned', { state: 'sending' })).toBe(true);
      expect(await ledger.delivery(first.id)).toEqual({ ...first, state: 'sending', changedAt: AFTER });
      expect(await move('sending', { state: 'uncertain', reason: 'Nobody can look.' })).toBe(true);
      expect(await ledger.delivery(first.id)).toMatchObject({ reason: 'Nobody can look.' });
      expect(await move('uncertain', { state: 'sent', messageId: 'm1' })).toBe(true);
      const sent = { ...first, state: 'sent', changedAt: AFTER, messageId: 'm1' };
      expect(await ledger.delivery(first.id)).toEqual(sent);
      expect(await ledger.deliveries(EDITION.id)).toEqual([sent, second]);
      expect(await move('sent', { state: 'sent' })).toBe(true);
      expect(await ledger.delivery(first.id)).not.toHaveProperty('messageId');
    },
  },
  {
    title: 'a delivery that has moved on, or was never planned, is not moved',
    async run({ store: { ledger }, store }) {
      const [first] = (await planned(store, 1)) as [Delivery];
      const change = { state: 'sent', changedAt: AFTER, messageId: 'm1' } as const;
      expect(await ledger.moveDelivery(first.id, 'sending', change)).toBe(false);
      expect(await ledger.delivery(first.id)).toEqual(first);
      expect(await ledger.moveDelivery('feed01@2026-11-23#7', 'planned', change)).toBe(false);
      expect(await ledger.delivery('feed01@2026-11-23#7')).toBeUndefined();
    },
  },
  {
    title: 'of many who move a delivery at once one does',
    async run({ store, openAnother }) {
      const [first] = (await planned(store, 1)) as [Delivery];
      const stores = [store, await openAnother(), await openAnother()];
      const moved = await Promise.all(
        stores.flatMap(({ ledger }, index) =>
          [1, 2].map((run) =>
            ledger.moveDelivery(first.id, 'planned', {
              state: 'sending',
              changedAt: AFTER,
              reason: `${index} ${run}`,
            }),
          ),
        ),
      );
      expect(moved.filter(Boolean)).toHaveLength(1);
    },
  },
  {
    title:
      'open deliveries are those with which something is still to happen, oldest first, of a feed, a workspace or all',
    async run({ store, store: { ledger } }) {
      await oneInEach(store, anEdition('feed02', '2026-11-24'));
      await oneInEach(store);
      await planned(store, 1, anEdition('feed01', '2026-11-20'));
      const ofFeed = await ledger.openDeliveries('feed01');
      expect(ofFeed.map(({ state }) => state)).toEqual([...OPEN, 'planned']);
      const { payload: _, ...first } = (await ledger.deliveries(EDITION.id))[0] as Delivery;
      expect(ofFeed[0]).toEqual(first);
      expect(ofFeed.at(-1)?.slotId).toBe('feed01@2026-11-20');
      const all = (await ledger.openDeliveries()).map(({ slotId }) => slotId);
      expect(all).toEqual([
        ...Array(4).fill('feed02@2026-11-24'),
        ...Array(4).fill(EDITION.id),
        'feed01@2026-11-20',
      ]);
      expect(await ledger.openDeliveries('feed03')).toEqual([]);
      const here = { platform: 'terminal', workspace: 'terminal' };
      expect(await ledger.openDeliveries(here)).toEqual(await ledger.openDeliveries());
      expect(await ledger.openDeliveries({ ...here, workspace: 'other' })).toEqual([]);
    },
  },
  {
    title: 'of the open deliveries the oldest come where not all are asked for',
    async run({ store, store: { ledger } }) {
      await oneInEach(store, anEdition('feed02'));
      await planned(store, 3);
      const all = (await ledger.openDeliveries()).map(({ id }) => id);
      const firstOf = async (limit: number, of?: Parameters<typeof ledger.openDeliveries>[0]) =>
        (await ledger.openDeliveries(of, limit)).map(({ id }) => id);
      expect(await firstOf(5)).toEqual(all.slice(0, 5));
      expect(await firstOf(0)).toEqual([]);
      expect(await firstOf(100)).toEqual(all);
      expect(await firstOf(5, { platform: 'terminal', workspace: 'terminal' })).toEqual(all.slice(0, 5));
      expect(await firstOf(2, 'feed01')).toEqual(all.slice(4, 6));
    },
  },
  {
    title: 'a delivery whose payload is damaged is named by the error, and hides none from a person',
    async run({ store, store: { ledger }, place }) {
      const [bad, good] = (await planned(store, 2)) as [Delivery, Delivery];
      await place.spoilPayload(bad.id);
      const named = { key: `deliveries:${bad.id}` };
      expect(await expectStoreError(ledger.delivery(bad.id))).toMatchObject(named);
      expect(await expectStoreError(ledger.deliveries(EDITION.id))).toMatchObject(named);
      expect(await ledger.delivery(good.id)).toEqual(good);
      const { payload: _, ...status } = bad;
      expect((await ledger.openDeliveries('feed01'))[0]).toEqual(status);
      const change = { state: 'dismissed', changedAt: AFTER } as const;
      expect(await ledger.moveDelivery(bad.id, 'planned', change)).toBe(true);
      expect((await ledger.openDeliveries()).map(({ id }) => id)).toEqual([good.id]);
    },
  },
  {
    title: 'slots to refresh are those whose time has come, longest overdue first, until it is taken away',
    async run({ store, store: { ledger } }) {
      const [one, two, three] = ['2026-11-20', '2026-11-23', '2026-11-24'].map((day) =>
        anEdition('feed01', day),
      );
      if (!one || !two || !three) throw new Error('There are three.');
      await planEdition(store, one, { refreshAt: addMs(START, HOUR_MS) });
      await planEdition(store, two, { refreshAt: START });
      await planEdition(store, three);
      expect(await ledger.slotsToRefresh(addMs(START, -1), 10)).toEqual([]);
      expect(await ledger.slotsToRefresh(START, 10)).toEqual([two.id]);
      expect(await ledger.slotsToRefresh(addMs(START, HOUR_MS), 10)).toEqual([two.id, one.id]);
      expect(await ledger.slotsToRefresh(addMs(START, HOUR_MS), 1)).toEqual([two.id]);
      await ledger.setRefresh(two.id, undefined);
      await ledger.setRefresh(three.id, addMs(START, 1));
      expect(await ledger.slotsToRefresh(addMs(START, HOUR_MS), 10)).toEqual([three.id, one.id]);
    },
  },
  {
    title: 'what is planned of a feed goes to another place, and what has left stays where it is',
    async run({ store, store: { ledger } }) {
      for (const id of ['feed01', 'feed02']) {
        const edition = anEdition(id);
        await planEdition(store, edition, { deliveries: deliveriesOf(edition, 4) });
        for (const [position, state] of (['sent', 'sending', 'refused'] as const).entries())
          await ledger.moveDelivery(`${edition.id}#${position}`, 'planned', { state, changedAt: START });
      }
      await ledger.planNotice(aNotice('notice/1'));
      const to = { platform: 'slack', workspace: 'W', channel: 'thread' } as const;
      await ledger.readdress('feed01', to);
      const places = async (id: string) =>
        (await ledger.deliveries(id)).map(({ destination }) => destination.channel);
      const before = ['terminal', 'terminal', 'terminal'];
      expect(await places(anEdition('feed01').id)).toEqual([...before, 'thread']);
      expect((await ledger.delivery('feed01@2026-11-23#3'))?.destination).toEqual(to);
      expect(await places(anEdition('feed02').id)).toEqual([...before, 'terminal']);
      expect(await places('notice/1')).toEqual(['terminal']);
    },
  },
];
