import { START } from '../../contracts/store-samples.ts';
import { type BrokenStore, withPresence } from './kit.ts';
import { restless } from './presence-kit.ts';

export const PANELS: BrokenStore[] = [
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
