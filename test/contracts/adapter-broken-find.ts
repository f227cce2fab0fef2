import type { Adapter, Message, Sighting } from '../../src/adapter.ts';
import type { MemoryAdapter, PostedMessage } from '../fakes/memory-adapter.ts';
import type { BrokenAdapter } from './adapter-broken.ts';

const NO_GUESS = 'looking: says of no message what it cannot know';
const BY_ID = 'looking: tells each message by its id, and no other';
const REQUEST_LOST = 'looking: a message whose request was lost is absent';
const ANSWER_LOST = 'looking: a message whose answer was lost is found';
const CROWD = 'looking: finds a message among more of them than the platform tells at once';
const CHANGES_NOTHING = 'looking: changes nothing and posts nothing';
const LITTLE_SKEW = 'looking: finds a message also where the platform’s clock is a little behind or ahead';
const LARGE_SKEW = 'looking: calls nothing absent where the platform’s clock is far from ours';
const ABORTED = 'looking: aborted before: gives the reason and does not call the platform';
const CUT_OFF = 'looking: aborted while the platform hangs: ends at once';
const FOR_MS = 'sending again: tells for how long its platform takes a message for the same';
const REPEATED = 'sending again: posts a message once and gives its id again, also after a restart';
const REPEATED_LOST = 'sending again: posts a message once whose answer was lost';
const TWO = 'sending again: takes messages that only look the same for two';
const silent = (fault: string) =>
  `looking: says nothing of a message when the platform fails with "${fault}"`;

/** A way of looking that sees what was posted and makes of it what it likes. */
function sees(pick: (posted: PostedMessage[], message: Message) => PostedMessage | undefined) {
  return (memory: MemoryAdapter): Partial<Adapter> => ({
    async find(message, sinceAt, signal) {
      await memory.find(message, sinceAt, signal);
      return sightingOf(pick(memory.posted, message));
    },
  });
}

function sightingOf(message: PostedMessage | undefined): Sighting {
  return message ? { kind: 'found', messageId: message.messageId } : { kind: 'absent' };
}

/** Ways of breaking what is promised of looking and of sending again. */
export const BROKEN_FINDS: readonly BrokenAdapter[] = [
  {
    how: 'takes what it cannot see for absent',
    kind: 'blind',
    spoil: () => ({ find: async () => ({ kind: 'absent' }) }),
    fails: [NO_GUESS],
  },
  {
    how: 'takes what it cannot see for arrived',
    kind: 'blind',
    spoil: () => ({ find: async () => ({ kind: 'found', messageId: 'any' }) }),
    fails: [NO_GUESS],
  },
  {
    how: 'gives no reason for not knowing',
    kind: 'blind',
    spoil: () => ({ find: async () => ({ kind: 'unknown', reason: '' }) }),
    fails: [NO_GUESS],
  },
  {
    how: 'does not look where it could',
    spoil: () => ({ find: async () => ({ kind: 'unknown', reason: 'It is not known.' }) }),
    fails: [NO_GUESS, BY_ID, REQUEST_LOST, ANSWER_LOST],
  },
  {
    how: 'knows only what it sent itself',
    spoil(memory) {
      const sent = new Map<string, string>();
      return {
        async send(message, signal) {
          const messageId = await memory.send(message, signal);
          sent.set(message.id, messageId);
          return messageId;
        },
        async find({ id }) {
          const messageId = sent.get(id);
          return messageId === undefined ? { kind: 'absent' } : { kind: 'found', messageId };
        },
      };
    },
    fails: [NO_GUESS, BY_ID, ANSWER_LOST],
  },
  {
    how: 'takes every message for found',
    spoil: sees((posted) => posted[0] ?? ({ messageId: 'any' } as PostedMessage)),
    fails: [BY_ID, REQUEST_LOST],
  },
  {
    how: 'takes a message for one whose id begins alike',
    spoil: sees((posted, { id }) => posted.find((one) => one.id.startsWith(id))),
    fails: [BY_ID],
  },
  {
    how: 'knows a message by its position only',
    spoil: sees((posted, { id }) => posted.find((one) => one.id.split('#')[1] === id.split('#')[1])),
    fails: [BY_ID],
  },
  {
    how: 'gives the delivery’s id for the message’s',
    spoil: (memory) => ({
      async find(message, sinceAt, signal) {
        const sighting = await memory.find(message, sinceAt, signal);
        return sighting.kind === 'found' ? { ...sighting, messageId: message.id } : sighting;
      },
    }),
    fails: [NO_GUESS, BY_ID],
  },
  {
    how: 'reads the newest messages only',
    spoil: sees((posted, { id }) => posted.slice(-20).find((one) => one.id === id)),
    fails: [CROWD],
  },
  {
    how: 'reads the oldest messages only',
    spoil: sees((posted, { id }) => posted.slice(0, 20).find((one) => one.id === id)),
    fails: [CROWD],
  },
  {
    how: 'sends again in order to look',
    spoil: (memory) => ({
      async find(message, sinceAt, signal) {
        await memory.find(message, sinceAt, signal);
        return { kind: 'found', messageId: await memory.send(message, signal) };
      },
    }),
    fails: [CHANGES_NOTHING, REQUEST_LOST],
  },
  {
    how: 'marks what it has found',
    spoil: (memory) => ({
      async find(message, sinceAt, signal) {
        const sighting = await memory.find(message, sinceAt, signal);
        if (sighting.kind === 'found') await memory.edit({ ...message, messageId: sighting.messageId });
        return sighting;
      },
    }),
    fails: [CHANGES_NOTHING],
  },
  {
    how: 'takes a platform’s stamps for ours',
    spoil(memory) {
      return {
        async find(message, sinceAt, signal) {
          await memory.find(message, sinceAt, signal);
          return sightingOf(memory.posted.find((one) => one.id === message.id && one.arrivedAt >= sinceAt));
        },
      };
    },
    fails: [LITTLE_SKEW, LARGE_SKEW],
  },
  {
    how: 'trusts a clock that is hours off',
    spoil: sees((posted, { id }) => posted.find((one) => one.id === id)),
    fails: [LARGE_SKEW],
  },
  {
    how: 'takes a look that failed for an absence',
    spoil: (memory) => ({
      find: (message, sinceAt, signal) =>
        memory.find(message, sinceAt, signal).catch(() => ({ kind: 'absent' })),
    }),
    fails: [silent('throttled'), silent('not-arrived'), silent('forbidden'), silent('gone'), ABORTED],
  },
  {
    how: 'throws the platform’s own errors from a look',
    spoil: (memory) => ({
      find: (message, sinceAt, signal) =>
        memory.find(message, sinceAt, signal).catch((error: Error) => {
          throw new Error(error.message);
        }),
    }),
    fails: [silent('throttled'), silent('answer-lost'), silent('forbidden'), CUT_OFF],
  },
  {
    how: 'does not hear the signal while it looks',
    spoil: (memory) => ({ find: (message, sinceAt) => memory.find(message, sinceAt) }),
    fails: [ABORTED, CUT_OFF],
  },
  {
    how: 'promises what its platform does not do',
    kind: 'history',
    spoil: () => ({ repeatableForMs: () => 60_000 }),
    fails: [FOR_MS],
  },
  {
    how: 'promises it for ever',
    spoil: () => ({ repeatableForMs: () => Number.POSITIVE_INFINITY }),
    fails: [FOR_MS],
  },
  {
    how: 'gives each try a nonce of its own',
    spoil(memory) {
      let tries = 0;
      return {
        send: (message, signal) => memory.send({ ...message, id: `${message.id}!${++tries}` }, signal),
      };
    },
    fails: [REPEATED, NO_GUESS],
  },
  {
    how: 'sends no nonce',
    spoil: (memory) => ({
      async send(message, signal) {
        const messageId = await memory.send({ ...message, id: crypto.randomUUID() }, signal);
        const posted = memory.posted.find((one) => one.messageId === messageId);
        if (posted) posted.id = message.id;
        return messageId;
      },
    }),
    fails: [REPEATED, REPEATED_LOST],
  },
  {
    how: 'makes its nonce of the content',
    spoil: (memory) => ({
      send: (message, signal) =>
        memory.send({ ...message, id: JSON.stringify(message.payload).slice(0, 25) }, signal),
    }),
    fails: [TWO],
  },
];
