import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { CHANNEL } from '../../contracts/presence-samples.ts';
import { type BrokenStore, withPeople, withPresence } from './kit.ts';

/** A message as one would know it by its id alone. */
const nameless = (on: ReactedMessage): ReactedMessage => ({ ...on, place: CHANNEL });

export const REACTIONS: BrokenStore[] = [
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
