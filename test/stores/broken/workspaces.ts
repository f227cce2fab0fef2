import type { Workspace } from '../../../src/people.ts';
import type { Store } from '../../../src/store.ts';
import { aSubscription, HERE } from '../../contracts/people-samples.ts';
import { type BrokenStore, withLedger, withPresence } from './kit.ts';
import { restless } from './presence-kit.ts';

const LONG_AGO = '2020-01-01T00:00:00.000Z';

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

export const WORKSPACES: BrokenStore[] = [
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
