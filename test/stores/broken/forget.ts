import { addDays } from '../../../src/domain/calendar.ts';
import type { Store } from '../../../src/store.ts';
import { ADA } from '../../contracts/people-samples.ts';
import { type BrokenStore, withLedger, withPeople } from './kit.ts';

type Forget = Store['forget'];

/** The store with another way to forget. */
const forgetting = (store: Store, forget: Forget): Store => ({ ...store, forget });

/** Does something beside, whenever something is forgotten. */
const beside = (store: Store, work: (limits: Parameters<Forget>[0]) => Promise<unknown>): Store =>
  forgetting(store, async (limits) => {
    await work(limits);
    return await store.forget(limits);
  });

/** All feeds with what they planned. */
async function plannedOf({ ledger }: Store): Promise<[string, string[]][]> {
  const ids = await ledger.feedIds();
  return await Promise.all(
    ids.map(async (id) => [id, await ledger.plannedSlots(id, 100)] as [string, string[]]),
  );
}

const nothing = async () => false;

export const FORGET: BrokenStore[] = [
  {
    fault: 'nothing is ever forgotten',
    noticedBy: 'editions from before the limit',
    breaks: (store) => forgetting(store, nothing),
  },
  {
    fault: 'the limit is a day late',
    noticedBy: 'editions from before the limit',
    breaks: (store) =>
      forgetting(store, (limits) =>
        store.forget({
          ...limits,
          outcomesBefore: `${addDays(limits.outcomesBefore.slice(0, 10), 1)}T09:00:00.000Z`,
        }),
      ),
  },
  {
    fault: 'a feed that posts no more loses its last editions',
    noticedBy: 'the newest fourteen editions',
    breaks: (store) =>
      beside(store, async () => {
        for (const [id, slots] of await plannedOf(store)) if (slots.length < 14) await store.removeFeed(id);
      }),
  },
  {
    fault: 'what has failed stays for ever',
    noticedBy: 'slots that came to nothing',
    breaks: (store) =>
      withLedger(store, ({ putSlot }) => ({
        putSlot: (slot) => putSlot(slot.state === 'failed' ? { ...slot, state: 'due' } : slot),
      })),
  },
  {
    fault: 'slots that wait are forgotten too',
    noticedBy: 'slots that came to nothing',
    breaks: (store) =>
      beside(store, async () => {
        for (const slot of await store.ledger.unfinishedSlots('feed02'))
          await store.ledger.putSlot({ ...slot, state: 'failed' });
      }),
  },
  {
    fault: 'notices that are being sent are forgotten too',
    noticedBy: 'notices are forgotten once',
    breaks: (store) =>
      beside(store, async ({ outcomesBefore: changedAt }) => {
        for (const state of ['planned', 'sending'] as const)
          await store.ledger.moveDelivery('open#0', state, { state: 'sent', changedAt: `0${changedAt}` });
      }),
  },
  {
    fault: 'alarms that have ended stay',
    noticedBy: 'alarms that have ended',
    breaks: (store) => forgetting(store, nothing),
  },
  {
    fault: 'alarms that are open are forgotten too',
    noticedBy: 'alarms that have ended',
    breaks: (store) =>
      beside(store, async ({ outcomesBefore }) => {
        for (const { id } of await store.alarms.newest(10)) await store.alarms.clear(id, outcomesBefore);
      }),
  },
  {
    fault: 'an open alarm outlives its slot',
    noticedBy: 'an old alarm that only a forgotten slot',
    breaks: (store) => ({
      ...store,
      async forget(limits) {
        const open = await store.alarms.newest(10);
        const hasMore = await store.forget(limits);
        for (const alarm of open) await store.alarms.raise(alarm);
        return hasMore;
      },
    }),
  },
  {
    fault: 'the archive keeps everything',
    noticedBy: 'papers and lists that nobody has seen',
    breaks: (store) => forgetting(store, ({ outcomesBefore }) => store.forget({ outcomesBefore })),
  },
  {
    fault: 'the archive keeps nothing',
    noticedBy: 'papers and lists that nobody has seen',
    breaks: (store) =>
      forgetting(store, ({ outcomesBefore }) =>
        store.forget({ outcomesBefore, archiveBefore: '2030-01-01T00:00:00.000Z' }),
      ),
  },
  {
    fault: 'saved papers are forgotten like any other',
    noticedBy: 'a paper that somebody saved stays',
    breaks: (store) => withPeople(store, () => ({ save: async () => true })),
  },
  {
    fault: 'what was saved once stays for ever',
    noticedBy: 'until nobody has it saved',
    breaks: (store) =>
      withPeople(store, ({ save }) => ({
        save: async (member, saved) =>
          (await save(member, saved)) && (await save({ ...member, id: 'nobody' }, saved)),
      })),
  },
  {
    fault: 'the first saved papers end it',
    noticedBy: 'saved papers hide nothing',
    breaks: (store) =>
      forgetting(store, async (limits) => {
        const { total } = await store.people.saved(ADA, { offset: 0, limit: 1 });
        return total > 500 ? false : await store.forget(limits);
      }),
  },
  {
    fault: 'a forgotten paper keeps its number',
    noticedBy: 'never meets a forgotten paper',
    breaks(store) {
      let known: Awaited<ReturnType<Store['ledger']['changedPapers']>> = [];
      return withLedger(store, ({ changedPapers }) => ({
        async changedPapers(after, limit) {
          const now = await changedPapers(after, limit);
          known = now.length > 0 ? now : known;
          return known;
        },
      }));
    },
  },
  {
    fault: 'everything is forgotten at once',
    noticedBy: 'much is forgotten some at a time',
    breaks: (store) =>
      forgetting(store, async (limits) => {
        while (await store.forget(limits));
        return false;
      }),
  },
  {
    fault: 'the first rows that must stay end it',
    noticedBy: 'hides nothing of what may go',
    breaks: (store) =>
      forgetting(store, async (limits) => {
        if ((await store.ledger.unfinishedSlots('feed01')).length > 500) return false;
        return await store.forget(limits);
      }),
  },
];
