import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import type { Workspace } from '../../../src/people.ts';
import type { Store } from '../../../src/store.ts';
import { aSubscription, HERE } from '../../contracts/store-people.ts';
import { CHANNEL } from '../../contracts/store-presence.ts';
import { START } from '../../contracts/store-samples.ts';
import { type BrokenStore, withLedger, withPeople, withPresence } from './kit.ts';

/** A message as one would know it by its id alone. */
const nameless = (on: ReactedMessage): ReactedMessage => ({ ...on, place: CHANNEL });
const LONG_AGO = '2020-01-01T00:00:00.000Z';

/** The store with workspaces that never rest: whoever leaves is back at once, and known. */
function restless(store: Store): Store {
  return withPresence(store, () => ({ left: async () => true }));
}

/** The workspaces that let us go, kept beside. */
function withGone(store: Store, change: (gone: ReadonlySet<string>) => (store: Store) => Store): Store {
  const gone = new Set<string>();
  const nameOf = ({ platform, workspace }: Workspace) => `${platform}/${workspace}`;
  const watching = withPresence(store, ({ left, joined }) => ({
    async left(workspace, at) {
      gone.add(nameOf(workspace));
      return await left(workspace, at);
    },
    async joined(workspace, at, keptSince) {
      gone.delete(nameOf(workspace));
      return await joined(workspace, at, keptSince);
    },
  }));
  return change(gone)(watching);
}

const WORKSPACES: BrokenStore[] = [
  {
    fault: 'whoever is there is new each time',
    noticedBy: 'a workspace is new once',
    breaks: (store) =>
      withPresence(store, ({ joined }) => ({
        joined: async (...given) => {
          const how = await joined(...given);
          return how === 'known' ? 'new' : how;
        },
      })),
  },
  {
    fault: 'a workspace that never had us can let us go',
    noticedBy: 'a workspace is new once',
    breaks: (store) =>
      withPresence(store, ({ left }) => ({ left: async (...given) => (await left(...given)) || true })),
  },
  {
    fault: 'those that let us go are still there',
    noticedBy: 'the workspaces that have us',
    breaks: restless,
  },
  {
    fault: 'the workspaces of all platforms are there',
    noticedBy: 'the workspaces that have us',
    breaks: (store) =>
      withPresence(store, ({ present }) => ({
        present: async (platform) => [...(await present(platform)), ...(await present('discord'))],
      })),
  },
  {
    fault: 'those that let us go are forgotten at once',
    noticedBy: 'the workspaces that have us',
    breaks: (store) => withPresence(store, () => ({ departed: async () => [] })),
  },
  {
    fault: 'a greeting is forgotten',
    noticedBy: 'whoever let us in is greeted once',
    breaks: (store) => withPresence(store, () => ({ greeted: async () => {} })),
  },
  {
    fault: 'a workspace that let us go waits for a greeting',
    noticedBy: 'whoever let us in is greeted once',
    breaks: restless,
  },
  {
    fault: 'whoever was greeted once is never greeted again',
    noticedBy: 'whoever let us in is greeted once',
    breaks: (store) => {
      const greeted = new Set<string>();
      return withPresence(store, (presence) => ({
        async greeted(workspace) {
          greeted.add(workspace.workspace);
          await presence.greeted(workspace);
        },
        ungreeted: async (platform) =>
          (await presence.ungreeted(platform)).filter((one) => !greeted.has(one)),
      }));
    },
  },
  {
    fault: 'feeds go on in a workspace that let us go',
    noticedBy: 'rest, until it has us again',
    breaks: restless,
  },
  {
    fault: 'the feeds of a workspace that let us go are lost',
    noticedBy: 'rest, until it has us again',
    breaks: (store) =>
      withPresence(store, ({ left }) => ({
        async left(workspace, at) {
          for (const id of await store.ledger.feedIds(workspace)) await store.removeFeed(id);
          return await left(workspace, at);
        },
      })),
  },
  {
    fault: 'what waits goes on waiting when its workspace is back',
    noticedBy: 'what waits is looked at as soon as',
    breaks: (store) =>
      withPresence(store, ({ joined }) => ({
        async joined(workspace, at, keptSince) {
          const ids = await store.ledger.feedIds(workspace);
          const waiting = await Promise.all(ids.map((id) => store.ledger.unfinishedSlots(id)));
          const how = await joined(workspace, at, keptSince);
          for (const slot of waiting.flat()) await store.ledger.putSlot(slot);
          return how;
        },
      })),
  },
  {
    fault: 'everything is woken when one workspace is back',
    noticedBy: 'and nothing elsewhere',
    breaks: (store) =>
      withPresence(store, ({ joined }) => ({
        async joined(workspace, at, keptSince) {
          const how = await joined(workspace, at, keptSince);
          if (how === 'back') await store.ledger.wakeAll(at);
          return how;
        },
      })),
  },
  {
    fault: 'managers are told though their workspace let us go',
    noticedBy: 'notices rest with the workspace',
    breaks: restless,
  },
  {
    fault: 'all notices rest with one workspace',
    noticedBy: 'notices rest with the workspace',
    breaks: (store) =>
      withGone(
        store,
        (gone) => (watching) =>
          withLedger(watching, ({ openNotices }) => ({
            openNotices: async (limit) => (gone.size > 0 ? [] : await openNotices(limit)),
          })),
      ),
  },
  {
    fault: 'one that comes back too late finds what was left of it',
    noticedBy: 'one that comes back too late',
    breaks: (store) =>
      withPresence(store, ({ joined }) => ({
        async joined(workspace, at) {
          const how = await joined(workspace, at, LONG_AGO);
          return how === 'back' ? 'new' : how;
        },
      })),
  },
  {
    fault: 'what people follow outlives their workspace',
    noticedBy: 'erased whole',
    breaks: (store) => ({
      ...store,
      async forget(limits) {
        const hasMore = await store.forget(limits);
        await store.people.follow({ ...HERE, workspace: 'gone', id: 'ada' }, aSubscription(), 9);
        return hasMore;
      },
    }),
  },
  {
    fault: 'a workspace that is back is erased all the same',
    noticedBy: 'those that are back or late stay',
    breaks: (store) => ({
      ...store,
      async forget(limits) {
        await store.people.removeTopic({ ...HERE, workspace: 'back' }, 'proteins');
        return await store.forget(limits);
      },
    }),
  },
  {
    fault: 'a workspace is erased at once',
    noticedBy: 'a workspace of many',
    breaks: (store) => ({
      ...store,
      async forget(limits) {
        while (await store.forget(limits));
        return false;
      },
    }),
  },
];

const PANELS: BrokenStore[] = [
  {
    fault: 'panels come by their names',
    noticedBy: 'panels are kept once',
    breaks: (store) =>
      withPresence(store, ({ panels }) => ({
        panels: async (platform) =>
          (await panels(platform)).sort((one, other) => (one.messageId < other.messageId ? -1 : 1)),
      })),
  },
  {
    fault: 'a panel that is gone is still watched',
    noticedBy: 'until they are gone',
    breaks: (store) => withPresence(store, () => ({ unwatch: async () => {} })),
  },
  {
    fault: 'what was seen on a message outlives it',
    noticedBy: 'a message that is gone takes along',
    breaks: (store) =>
      withPresence(store, ({ unwatch, reactions, see }) => ({
        async unwatch(message) {
          const seen = await reactions(message);
          await unwatch(message);
          await see(message, seen, START);
        },
      })),
  },
  {
    fault: 'panels are looked at in a workspace that let us go',
    noticedBy: 'the panels of a workspace that let us go',
    breaks: restless,
  },
  {
    fault: 'editions of any day come',
    noticedBy: 'the editions from a day on',
    breaks: (store) =>
      withPresence(store, ({ editions }) => ({ editions: (platform) => editions(platform, '2020-01-01') })),
  },
  {
    fault: 'messages come by their order, not by their place in the edition',
    noticedBy: 'the editions from a day on',
    breaks: (store) =>
      withPresence(store, ({ editions }) => ({
        editions: async (...given) =>
          (await editions(...given)).map(({ messageIds, ...edition }) => ({
            ...edition,
            messageIds: new Map([...messageIds].map(([position, id]) => [position + 1, id])),
          })),
      })),
  },
];

const REACTIONS: BrokenStore[] = [
  {
    fault: 'a reaction is known by its emoji alone',
    noticedBy: 'what was seen on a message',
    breaks: (store) =>
      withPresence(store, ({ reactions }) => ({
        hasSeen: async (on, { emoji }) => (await reactions(on)).some((one) => one.emoji === emoji),
      })),
  },
  {
    fault: 'what is seen again is seen anew',
    noticedBy: 'what was seen on a message',
    breaks: (store) =>
      withPresence(store, ({ see, unsee }) => ({
        async see(on, seen, at) {
          await unsee(on, seen);
          await see(on, seen, at);
        },
      })),
  },
  {
    fault: 'a message is known by its id alone',
    noticedBy: 'the same message id elsewhere',
    breaks: (store) =>
      withPresence(store, ({ hasSeen, see }) => ({
        hasSeen: (on, reaction) => hasSeen(nameless(on), reaction),
        see: (on, seen, at) => see(nameless(on), seen, at),
      })),
  },
  {
    fault: 'many are kept one by one',
    noticedBy: 'of many that are seen or gone at once',
    breaks: (store) =>
      withPresence(store, ({ see }) => ({
        async see(on, seen, at) {
          for (const one of seen) await see(on, [one], at);
        },
      })),
  },
  {
    fault: 'many are taken away one by one',
    noticedBy: 'of many that are seen or gone at once',
    breaks: (store) =>
      withPresence(store, ({ unsee }) => ({
        async unsee(on, gone) {
          for (const one of gone) await unsee(on, [one]);
        },
      })),
  },
  {
    fault: 'of many only the first is kept',
    noticedBy: 'what was seen on a message',
    breaks: (store) =>
      withPresence(store, ({ see }) => ({ see: (on, seen, at) => see(on, seen.slice(0, 1), at) })),
  },
  {
    fault: 'one that is gone takes all of its member',
    noticedBy: 'one that is gone was never seen',
    breaks: (store) =>
      withPresence(store, ({ reactions, unsee }) => ({
        async unsee(on, gone) {
          const marks = new Set(gone.map(({ mark }) => mark));
          await unsee(
            on,
            (await reactions(on)).filter(({ mark }) => marks.has(mark)),
          );
        },
      })),
  },
  {
    fault: 'one that is gone was seen',
    noticedBy: 'one that is gone was never seen',
    breaks: (store) => withPresence(store, () => ({ unsee: async () => {} })),
  },
  {
    fault: 'a forgotten member is named by what they chose',
    noticedBy: 'of a forgotten member only the marks stay',
    breaks: (store) =>
      withPeople(store, () => ({ forgetMember: async () => ({ subscriptions: 0, saved: 0, ratings: 0 }) })),
  },
  {
    fault: 'what a forgotten member chose is chosen anew',
    noticedBy: 'of a forgotten member only the marks stay',
    breaks: (store) =>
      withPresence(store, ({ hasSeen, reactions }) => ({
        async hasSeen(on, reaction) {
          const isNamed = (await reactions(on)).some(({ member }) => member === reaction.member);
          return isNamed && (await hasSeen(on, reaction));
        },
      })),
  },
  {
    fault: 'reactions on panels grow old too',
    noticedBy: 'reactions to papers are forgotten',
    breaks: (store) =>
      withPresence(store, ({ see }) => ({
        see: (on, seen, at) => see({ ...on, paperId: 'any' }, seen, at),
      })),
  },
  {
    fault: 'a failed read looks like "nothing was seen"',
    noticedBy: 'of where we are nothing that cannot be asked',
    breaks: (store) =>
      withPresence(store, ({ reactions }) => ({ reactions: (on) => reactions(on).catch(() => []) })),
  },
];

export const PRESENCE: BrokenStore[] = [...WORKSPACES, ...PANELS, ...REACTIONS];
