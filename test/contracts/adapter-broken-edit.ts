import type { Card } from '../../src/domain/card.ts';
import type { BrokenAdapter } from './adapter-broken.ts';

const IS_THERE = 'editing: is there where the platform can, and only there';
const IN_PLACE = 'editing: changes what one message shows, in its place, and posts nothing';
const TWICE = 'editing: done twice is the same as done once';
const SAME_ID = 'editing: a message keeps its id and is found as before';
const ABORTED = 'editing: aborted before: gives the reason and does not call the platform';
const CUT_OFF = 'editing: aborted while the platform hangs: ends at once';
const told = (fault: string) => `editing: tells the fault "${fault}" by its error, after one call`;

/** Ways of breaking what is promised of editing. */
export const BROKEN_EDITS: readonly BrokenAdapter[] = [
  {
    how: 'edits by posting anew',
    spoil: (memory) => ({
      async edit(message, signal) {
        await memory.send({ ...message, id: `${message.id}!` }, signal);
      },
    }),
    fails: [IN_PLACE],
  },
  {
    how: 'edits by taking the message away and posting it anew',
    spoil: (memory) => ({
      async edit(message, signal) {
        await memory.edit(message, signal);
        const index = memory.posted.findIndex(({ messageId }) => messageId === message.messageId);
        const [posted] = memory.posted.splice(index, 1);
        if (posted) memory.posted.push({ ...posted, messageId: `${posted.messageId}!` });
      },
    }),
    fails: [IN_PLACE, SAME_ID],
  },
  {
    how: 'adds to the message instead of replacing it',
    spoil: (memory) => ({
      async edit(message, signal) {
        const before = memory.posted.find(({ messageId }) => messageId === message.messageId)?.card;
        await memory.edit(message, signal);
        const after = memory.posted.find(({ messageId }) => messageId === message.messageId);
        if (after) after.card = { old: before, new: after.card } as unknown as Card;
      },
    }),
    fails: [IN_PLACE, TWICE],
  },
  {
    how: 'edits the newest message',
    spoil: (memory) => ({
      edit: (message, signal) =>
        memory.edit({ ...message, messageId: memory.posted.at(-1)?.messageId ?? '' }, signal),
    }),
    fails: [IN_PLACE],
  },
  { how: 'says that it edits and does not', spoil: () => ({ edit: async () => {} }), fails: [IN_PLACE] },
  {
    how: 'cannot edit where it could',
    spoil: () => ({ edit: undefined }) as object,
    fails: [IS_THERE],
  },
  {
    how: 'knows only the messages of its own life',
    spoil(memory) {
      const own = new Set<string>();
      return {
        async send(message, signal) {
          const messageId = await memory.send(message, signal);
          own.add(messageId);
          return messageId;
        },
        async edit(message, signal) {
          if (own.has(message.messageId)) await memory.edit(message, signal);
        },
      };
    },
    fails: [IN_PLACE],
  },
  {
    how: 'throws the platform’s own errors from an edit',
    spoil: (memory) => ({
      edit: (message, signal) =>
        memory.edit(message, signal).catch((error: Error) => {
          throw new Error(error.message);
        }),
    }),
    fails: [
      ...['throttled', 'not-arrived', 'request-lost', 'forbidden', 'gone', 'rejected'].map(told),
      CUT_OFF,
    ],
  },
  {
    how: 'edits again by itself',
    spoil: (memory) => ({
      edit: (message, signal) => memory.edit(message, signal).catch(() => memory.edit(message, signal)),
    }),
    fails: [told('throttled'), told('answer-lost')],
  },
  {
    how: 'does not hear the signal while it edits',
    spoil: (memory) => ({ edit: (message) => memory.edit(message) }),
    fails: [ABORTED, CUT_OFF],
  },
];
