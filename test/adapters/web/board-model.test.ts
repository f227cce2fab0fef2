import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Board, BoardMessage } from '../../../adapters/web/board/board.ts';
import { openBoard } from '../../../adapters/web/board/sqlite-board.ts';
import type { Card } from '../../../src/domain/card.ts';
import { silentLog } from '../../../src/log.ts';
import { ADA, aPath, aText, BOB, NOW } from './boards.ts';

/** A board as one would write it down on paper; messages in the order they were posted. */
interface Model {
  sequence: number;
  messages: (Omit<BoardMessage, 'id' | 'reactions'> & {
    deliveryId: string;
    reactions: Map<string, string[]>;
  })[];
}

/** Two processes on one file. */
interface Real {
  boards: [Board, Board];
}

type BoardCommand = fc.Command<Model, Real>;

const DELIVERIES: readonly string[] = ['slot#1', 'slot#10', 'slot#2', 'other#1', 'own#0'];
const CHANNELS = ['papers', `@${ADA}`, `@${BOB}`] as const;
/** What is posted under one id always goes to one place. */
const channelOf = (deliveryId: string) =>
  CHANNELS[DELIVERIES.indexOf(deliveryId) % CHANNELS.length] ?? 'papers';

const known = (model: Model, deliveryId: string) =>
  model.messages.find((message) => message.deliveryId === deliveryId);

/** The message's id, or one that nobody gave. */
const idOf = (board: Board, deliveryId: string) => board.find(deliveryId) ?? `${board.id}-999`;

const named = (name: string, given: unknown, run: BoardCommand['run']): BoardCommand => ({
  check: () => true,
  run,
  toString: () => `${name} ${JSON.stringify(given)}`,
});

const post = (by: 0 | 1, deliveryId: string, card: Card) =>
  named('post', [by, deliveryId, card], (model, { boards }) => {
    const channel = channelOf(deliveryId);
    const id = boards[by].post({ deliveryId, channel, card }, NOW);
    if (!known(model, deliveryId)) {
      model.sequence += 1;
      const { sequence } = model;
      model.messages.push({ deliveryId, channel, card, postedAt: NOW, sequence, reactions: new Map() });
    }
    expect(boards[1 - by]?.find(deliveryId)).toBe(id);
  });

const edit = (by: 0 | 1, deliveryId: string, card: Card) =>
  named('edit', [by, deliveryId, card], (model, { boards }) => {
    const message = known(model, deliveryId);
    if (message) Object.assign(message, { card, sequence: ++model.sequence });
    expect(boards[by].edit(idOf(boards[by], deliveryId), card)).toBe(message !== undefined);
  });

const react = (by: 0 | 1, deliveryId: string, emoji: string, member: string, isAdded: boolean) =>
  named('react', [by, deliveryId, emoji, member, isAdded], (model, { boards }) => {
    const message = known(model, deliveryId);
    const members = message?.reactions.get(emoji) ?? [];
    const isChange = message !== undefined && members.includes(member) !== isAdded;
    if (isChange) {
      const left = isAdded ? [...members, member] : members.filter((one) => one !== member);
      if (left.length > 0) message.reactions.set(emoji, left);
      else message.reactions.delete(emoji);
      message.sequence = ++model.sequence;
    }
    expect(boards[by].react(idOf(boards[by], deliveryId), emoji, member, isAdded)).toBe(isChange);
  });

const forget = (by: 0 | 1, member: string) =>
  named('forget', [by, member], (model, { boards }) => {
    model.messages = model.messages.filter(({ channel }) => channel !== `@${member}`);
    for (const message of model.messages) {
      const before = message.reactions.size + [...message.reactions.values()].flat().length;
      for (const [emoji, members] of message.reactions) {
        const left = members.filter((one) => one !== member);
        if (left.length > 0) message.reactions.set(emoji, left);
        else message.reactions.delete(emoji);
      }
      const after = message.reactions.size + [...message.reactions.values()].flat().length;
      if (after !== before) message.sequence = ++model.sequence;
    }
    boards[by].forget(member);
  });

const restart = (by: 0 | 1) => named('restart', by, (_model, { boards }) => boards[by].close());

const process = fc.constantFrom(0 as const, 1 as const);
const delivery = fc.constantFrom(...DELIVERIES);
const member = fc.constantFrom(ADA, BOB);
const card = fc.string({ unit: 'binary', maxLength: 8 }).map(aText);
const emoji = fc.constantFrom('🤖', '👁️', '🔖');

const aCommand = [
  fc.tuple(process, delivery, card).map((given) => post(...given)),
  fc.tuple(process, delivery, card).map((given) => edit(...given)),
  fc.tuple(process, delivery, emoji, member, fc.boolean()).map((given) => react(...given)),
  fc.tuple(process, member).map((given) => forget(...given)),
  process.map(restart),
];

/** What both processes see is what the paper says. */
function expectSame({ messages, sequence }: Model, { boards }: Real): void {
  for (const board of boards) {
    const expected = messages.map(({ deliveryId, ...message }) => ({
      ...message,
      id: board.find(deliveryId),
    }));
    const shown = CHANNELS.flatMap((channel) => board.messages(channel, 100));
    const byId = (one: { id?: string | undefined }, other: { id?: string | undefined }) =>
      String(one.id).localeCompare(String(other.id));
    expect(shown.map(written).sort(byId)).toEqual(expected.map(written).sort(byId));
    expect(board.sequence()).toBe(sequence);
    const places = board.changes([...CHANNELS], 0, 100).map((message) => message.sequence);
    expect(places).toEqual(messages.map((message) => message.sequence).sort((one, other) => one - other));
    expect(board.reacted().length).toBe(messages.filter(({ reactions }) => reactions.size > 0).length);
  }
}

/** The order of emoji counts, which a map does not compare. */
function written<T extends { reactions: ReadonlyMap<string, readonly string[]>; card: Card }>(message: T) {
  // What is written is well-formed; half a character is no text.
  const kept = JSON.parse(JSON.stringify(message.card)) as Card;
  return { ...message, card: kept, reactions: [...message.reactions] };
}

it('holds what was done to it, whichever process does it and however often they restart', () => {
  fc.assert(
    fc.property(fc.commands(aCommand, { maxCommands: 40 }), (commands) => {
      const path = aPath();
      const open = () => openBoard(path, { log: silentLog });
      const real: Real = { boards: [open(), open()] };
      const model: Model = { sequence: 0, messages: [] };
      try {
        fc.modelRun(() => ({ model, real }), commands);
        expectSame(model, real);
      } finally {
        for (const board of real.boards) board.close();
      }
    }),
    { numRuns: 60 },
  );
});
