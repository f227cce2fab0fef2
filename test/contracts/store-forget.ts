import { expect } from 'vitest';
import { feedSubject, slotSubject } from '../../src/domain/alarm.ts';
import { addDays, addMs, DAY_MS, type Day } from '../../src/domain/calendar.ts';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import { type SlotRecord, slotId } from '../../src/domain/edition.ts';
import type { Store } from '../../src/store.ts';
import { aPaper } from '../fixtures/papers.ts';
import { ADA, savedPaper } from './people-samples.ts';
import { anAlarm } from './store-alarms.ts';
import { aNotice } from './store-notices.ts';
import {
  anArchivedListing,
  anEdition,
  archived,
  deliveriesOf,
  haveFeeds,
  MONDAY_ID,
  planEdition,
  START,
} from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

/** The first day of the outcomes here, and a limit before which all of them are. */
const FIRST = '2026-01-01';
const LIMIT = '2026-08-25T09:00:00.000Z';
const KEPT = 14;

/** Forgets all that is older. Out: how often it had to be said. */
async function forgetAll(store: Store, limits: Parameters<Store['forget']>[0]): Promise<number> {
  for (let calls = 1; ; calls += 1) {
    if (!(await store.forget(limits))) return calls;
    expect(calls).toBeLessThan(100);
  }
}

/** Posts an edition of one message that is (by now) in this state. */
async function post(store: Store, feedId: string, day: Day, state: DeliveryState = 'sent'): Promise<void> {
  const edition = anEdition(feedId, day);
  const [delivery] = deliveriesOf(edition, 1);
  await planEdition(store, edition, { deliveries: delivery ? [delivery] : [] });
  await store.ledger.moveDelivery(delivery?.id ?? '', 'planned', { state, changedAt: START });
  await store.ledger.putSlot({ ...posted(feedId, day), isPlanned: true });
}

function posted(feedId: string, day: Day): SlotRecord {
  const dueAt = `${day}T09:00:00.000Z`;
  return { feedId, day, dueAt, state: 'posted', sentence: 'Posted.', changedAt: dueAt };
}

const daysFrom = (first: Day, count: number) =>
  Array.from({ length: count }, (_, index) => addDays(first, index));

/** How much there is of an edition: everything or nothing. */
async function isKept(store: Store, feedId: string, day: Day): Promise<boolean> {
  const id = slotId({ feedId, day });
  const isThere = (await store.ledger.slot(id)) !== undefined;
  expect((await store.editions.get(id)) !== undefined).toBe(isThere);
  expect((await store.ledger.plannedSlots(feedId, 100)).includes(id)).toBe(isThere);
  expect(await store.ledger.deliveries(id)).toHaveLength(isThere ? 1 : 0);
  return isThere;
}

export const FORGET_CASES: readonly StoreCase[] = [
  {
    title: 'editions from before the limit are forgotten whole, those from after it stay',
    async run({ store }) {
      const days = daysFrom(FIRST, 20);
      for (const day of days) await post(store, 'feed01', day);
      await forgetAll(store, { outcomesBefore: `${days[3]}T09:00:00.000Z` });
      const kept = [];
      for (const day of days) if (await isKept(store, 'feed01', day)) kept.push(day);
      expect(kept).toEqual(days.slice(3));
    },
  },
  {
    title: 'the newest fourteen editions of each feed stay, however old',
    async run({ store }) {
      const days = daysFrom(FIRST, KEPT + 3);
      for (const day of days) await post(store, 'feed01', day);
      for (const day of days.slice(0, KEPT)) await post(store, 'feed02', day);
      for (const day of days.slice(5)) await post(store, 'feed', day);
      await forgetAll(store, { outcomesBefore: LIMIT });
      const counts = ['feed01', 'feed02', 'feed'].map((id) => store.ledger.plannedSlots(id, 100));
      expect((await Promise.all(counts)).map(({ length }) => length)).toEqual([KEPT, KEPT, KEPT - 2]);
      expect(await isKept(store, 'feed01', days[2] ?? '')).toBe(false);
      expect(await isKept(store, 'feed01', days[3] ?? '')).toBe(true);
    },
  },
  {
    title: 'slots that came to nothing are forgotten; what is unfinished stays',
    async run({ store, store: { ledger } }) {
      await haveFeeds(store, 'feed02');
      const days = daysFrom(FIRST, 5) as [Day, Day, Day, Day, Day];
      const states = ['planned', 'sending', 'uncertain', 'refused', 'dismissed'] as const;
      for (const [index, state] of states.entries()) await post(store, 'feed01', days[index] ?? '', state);
      for (const day of daysFrom('2026-02-01', KEPT)) await post(store, 'feed01', day);
      for (const [index, state] of (['due', 'waiting', 'failed', 'nothing-new'] as const).entries())
        await ledger.putSlot({ ...posted('feed02', days[index] ?? ''), state });
      await forgetAll(store, { outcomesBefore: LIMIT });
      const kept = await Promise.all(days.map((day) => isKept(store, 'feed01', day)));
      expect(kept).toEqual([true, true, false, false, false]);
      expect((await ledger.slots('feed02', 10)).map(({ state }) => state)).toEqual(['waiting', 'due']);
    },
  },
  {
    title: 'notices are forgotten once nothing of them has changed for long and nothing is left to send',
    async run({ store, store: { ledger } }) {
      for (const id of ['old', 'open', 'new']) await ledger.planNotice(aNotice(id, 2));
      const move = (id: string, changedAt: string, state: DeliveryState = 'sent') =>
        ledger.moveDelivery(id, 'planned', { state, changedAt });
      await move('old#0', '2026-01-01T00:00:00.000Z');
      await move('old#1', '2026-01-02T00:00:00.000Z', 'refused');
      await move('open#0', '2026-01-01T00:00:00.000Z', 'sending');
      await move('open#1', '2026-01-01T00:00:00.000Z');
      await move('new#0', '2026-01-01T00:00:00.000Z');
      await move('new#1', LIMIT);
      await forgetAll(store, { outcomesBefore: LIMIT });
      const left = await Promise.all(['old', 'open', 'new'].map((id) => ledger.deliveries(id)));
      expect(left.map(({ length }) => length)).toEqual([0, 2, 2]);
    },
  },
  {
    title: 'alarms that have ended are forgotten by the time they were raised, open ones stay',
    async run({ store, store: { alarms } }) {
      await haveFeeds(store, 'feed01');
      const raisedAt = '2026-01-01T00:00:00.000Z';
      const [old, open, young] = [
        anAlarm({ raisedAt }),
        anAlarm({ raisedAt, subject: feedSubject('feed02') }),
        anAlarm({ raisedAt: LIMIT, subject: feedSubject('feed03') }),
      ];
      for (const alarm of [old, open, young]) await alarms.raise(alarm);
      for (const { id } of [old, young]) await alarms.clear(id, START);
      await forgetAll(store, { outcomesBefore: LIMIT });
      expect(await alarms.newest(10)).toEqual([{ ...young, clearedAt: START }, open]);
    },
  },
  {
    title: 'an old alarm that only a forgotten slot could clear goes with it; a young one keeps the slot',
    async run({ store, store: { alarms } }) {
      const days = daysFrom(FIRST, KEPT + 2) as [Day, Day];
      for (const day of days) await post(store, 'feed01', day);
      const subjects = days.map((day) => slotSubject(slotId({ feedId: 'feed01', day })));
      await alarms.raise(anAlarm({ subject: subjects[0] ?? '', raisedAt: '2026-01-01T12:00:00.000Z' }));
      const young = anAlarm({ subject: subjects[1] ?? '', raisedAt: LIMIT });
      await alarms.raise(young);
      await forgetAll(store, { outcomesBefore: LIMIT });
      expect(await isKept(store, 'feed01', days[0])).toBe(false);
      expect(await isKept(store, 'feed01', days[1])).toBe(true);
      expect(await alarms.newest(10)).toEqual([young]);
    },
  },
  {
    title: 'papers and lists that nobody has seen since the limit are forgotten, others stay as they are',
    async run({ store, clock }) {
      const [gone, stays] = ['2611.00001', '2611.00002'].map((id) => archived(aPaper({ id })));
      if (!gone || !stays) throw new Error('There are two.');
      await store.archive(anArchivedListing(), [gone, stays]);
      const list = anArchivedListing({ listing: { kind: 'daily', key: '2026-11-24' } });
      clock.advance(10 * DAY_MS);
      await store.archive(list, [stays]);
      const before = await store.ledger.changedPapers(0, 10);
      const limits = { outcomesBefore: LIMIT, archiveBefore: addMs(START, 5 * DAY_MS) };
      await forgetAll(store, { outcomesBefore: LIMIT });
      expect(await store.papers.get(gone.paper.id)).toEqual(gone);
      await forgetAll(store, limits);
      expect(await store.papers.get(gone.paper.id)).toBeUndefined();
      expect(await store.papers.get(stays.paper.id)).toEqual(stays);
      expect(await store.listings.get(MONDAY_ID)).toBeUndefined();
      expect(await store.listings.get('daily:2026-11-24')).toEqual(list);
      expect(await store.ledger.changedPapers(0, 10)).toEqual(before.slice(1));
    },
  },
  {
    title: 'a paper that somebody saved stays at its place, until nobody has it saved',
    async run({ store, store: { people }, clock }) {
      const papers = ['2611.00001', '2611.00002'].map((id) => archived(aPaper({ id })));
      await store.archive(anArchivedListing(), papers);
      const [, saved] = await store.ledger.changedPapers(0, 10);
      const [one, other] = [ADA, { ...ADA, workspace: 'X' }];
      for (const member of [one, other]) await people.save(member, savedPaper('2611.00002'));
      await people.save(one, savedPaper(MONDAY_ID));
      clock.advance(400 * DAY_MS);
      const limits = { outcomesBefore: LIMIT, archiveBefore: clock.now() };
      await forgetAll(store, limits);
      await people.unsave(one, '2611.00002');
      await forgetAll(store, limits);
      expect(await store.listings.get(MONDAY_ID)).toBeUndefined();
      expect(await store.papers.get('2611.00001')).toBeUndefined();
      expect(await store.papers.get('2611.00002')).toEqual(papers[1]);
      expect(await store.ledger.changedPapers(0, 10)).toEqual([saved]);
      await people.forgetMember(other);
      await forgetAll(store, limits);
      expect(await store.papers.get('2611.00002')).toBeUndefined();
      expect(await store.ledger.changedPapers(0, 10)).toEqual([]);
    },
  },
  {
    title: 'saved papers hide nothing of what may go, however many there are',
    async run({ store, store: { people }, clock }) {
      const ids = Array.from({ length: 1100 }, (_, index) => `2611.${10_000 + index}`);
      const papers = [...ids, '2612.00001'].map((id) => archived(aPaper({ id })));
      await store.archive(undefined, papers);
      for (const id of ids) await people.save(ADA, savedPaper(id));
      clock.advance(10 * DAY_MS);
      const limits = { outcomesBefore: LIMIT, archiveBefore: clock.now() };
      expect(await forgetAll(store, limits)).toBeLessThan(20);
      const left = await store.ledger.changedPapers(0, 2000);
      expect(left.map(({ paperId }) => paperId)).toEqual(ids);
    },
  },
  {
    title: 'whoever follows the sequence never meets a forgotten paper, and its number never comes again',
    async run({ store, clock }) {
      await store.archive(undefined, [archived(aPaper({ id: 'a' }))]);
      const [before] = await store.ledger.changedPapers(0, 10);
      clock.advance(10 * DAY_MS);
      await forgetAll(store, { outcomesBefore: LIMIT, archiveBefore: clock.now() });
      expect(await store.ledger.changedPapers(0, 10)).toEqual([]);
      await store.archive(undefined, [archived(aPaper({ id: 'a' }))]);
      const [after] = await store.ledger.changedPapers(before?.sequence ?? 0, 10);
      expect(after).toMatchObject({ paperId: 'a', sequence: (before?.sequence ?? 0) + 1 });
    },
  },
  {
    title: 'much is forgotten some at a time, and the last call says that there is no more',
    async run({ store, clock }) {
      const ids = Array.from({ length: 1600 }, (_, index) => `2611.${10_000 + index}`);
      const papers = ids.map((id) => archived(aPaper({ id })));
      await store.archive(undefined, papers);
      clock.advance(10 * DAY_MS);
      const limits = { outcomesBefore: LIMIT, archiveBefore: clock.now() };
      const left = async () => (await store.ledger.changedPapers(0, 10_000)).length;
      expect(await store.forget(limits)).toBe(true);
      expect(await left()).toBeGreaterThan(500);
      await forgetAll(store, limits);
      expect(await left()).toBe(0);
      expect(await store.forget(limits)).toBe(false);
    },
  },
  {
    title: 'what must stay hides nothing of what may go, and keeps nobody busy for ever',
    async run({ store, store: { ledger } }) {
      await haveFeeds(store, 'feed01', 'feed02');
      for (const day of daysFrom('2023-01-01', 1100))
        await ledger.putSlot({ ...posted('feed01', day), state: 'waiting' });
      await ledger.putSlot(posted('feed02', '2026-01-10'));
      expect(await forgetAll(store, { outcomesBefore: LIMIT })).toBeLessThan(20);
      expect(await ledger.slots('feed02', 10)).toEqual([]);
      expect(await ledger.unfinishedSlots('feed01')).toHaveLength(1100);
    },
  },
];
