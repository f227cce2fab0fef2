import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Board } from '../../../adapters/web/board/board.ts';
import { watchBoard } from '../../../adapters/web/board/watched-board.ts';
import { compare } from '../../../adapters/web/comparison.ts';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { createPlaygroundCore, type Playground } from '../../../adapters/web/playground.ts';
import type { Reactions } from '../../../src/adapter.ts';
import { memberAt } from '../../../src/domain/member.ts';
import { SAVE_EMOJI } from '../../../src/domain/reaction.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { silentLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { openWorld } from '../../world.ts';
import { ADA, aBoard, BOB, NOW, PANEL, PAPER, post } from './boards.ts';
import { createProcess, type Process } from './mortal.ts';

/** What outlives a process. */
interface Lasting {
  store: Store;
  board: Board;
  panel: string;
  /** Shown by an edition of the last days. */
  paper: string;
  /** So old that no start looks at it. */
  oldPaper: string;
}

interface Running {
  process: Process;
  playground: Playground;
  compare(): Promise<void>;
}

async function openLasting(): Promise<Lasting> {
  const store = await openStore('memory:', { clock: createFakeClock(NOW), log: silentLog });
  onTestFinished(() => store.close());
  const board = aBoard();
  const panel = post(board, 'panel', PANEL);
  await store.presence.watch({ place: PLAYGROUND, messageId: panel });
  return { store, board, panel, paper: post(board, 'paper', PAPER), oldPaper: post(board, 'old', PAPER) };
}

async function run({ store, board, paper }: Lasting): Promise<Running> {
  const process = createProcess();
  const world = await openWorld(NOW, { store: process.own(store, 'async') });
  const own = process.own(board, 'sync');
  const watched: Reactions['watched'] = async (platform) => ({
    ...(await world.host.reactions.watched(platform)),
    editions: [{ destination: PLAYGROUND, messageIds: [paper] }],
  });
  const reactions: Reactions = { ...world.host.reactions, watched };
  const playground = createPlaygroundCore({
    watched: watchBoard(own, world.clock),
    host: { ...world.host, reactions },
    ending: new AbortController().signal,
    clock: world.clock,
  });
  return { process, playground, compare: () => compare({ board: own, reactions }, AbortSignal.any([])) };
}

const slugOf = (emoji: string) => BUILT_IN_TOPICS.find((topic) => topic.emoji === emoji)?.slug;

/** Of one member: what their emoji say, and what is so. */
async function standing({ store, board }: Lasting, member: string, messageIds: readonly string[]) {
  const emoji = messageIds.flatMap((id) =>
    [...(board.message(id)?.reactions ?? [])].filter(([, members]) => members.includes(member)),
  );
  const who = memberAt(PLAYGROUND, member);
  const subscriptions = await store.people.subscriptions(who);
  const { total } = await store.people.saved(who, { offset: 0, limit: 1 });
  const wished = new Set(emoji.map(([one]) => (one === SAVE_EMOJI ? 'saved' : (slugOf(one) ?? one))));
  const isSo = [...subscriptions.map(({ key }) => key), ...(total > 0 ? ['saved'] : [])];
  return { shown: [...wished].sort(), isSo: isSo.sort() };
}

const WISHES = [
  { name: 'a topic on a panel', on: 'panel', emoji: '🤖' },
  { name: 'a topic on a paper', on: 'paper', emoji: '👁️' },
  { name: 'a paper', on: 'paper', emoji: SAVE_EMOJI },
  { name: 'a topic on an old paper', on: 'oldPaper', emoji: '👁️' },
  { name: 'an old paper', on: 'oldPaper', emoji: SAVE_EMOJI },
] as const;
type Wish = (typeof WISHES)[number] & { isAdded: boolean };

/** A press at which the process ends, and the next start. Out: what came of the press. */
async function pressAndDie(wish: Wish, calls: number, moment: 'before' | 'after'): Promise<string> {
  const lasting = await openLasting();
  const messageId = lasting[wish.on];
  const { emoji, isAdded } = wish;
  const first = await run(lasting);
  if (!isAdded) await first.playground.react({ messageId, emoji, isAdded: true }, ADA);
  first.process.endAfter(calls, moment);
  const outcome = await first.process.outcome(first.playground.react({ messageId, emoji, isAdded }, ADA));
  await (await run(lasting)).compare();
  const { shown, isSo } = await standing(lasting, ADA, [messageId]);
  // What nobody compares may be so without its emoji, as by a command; never is an emoji shown for what is not so.
  expect(isSo).toEqual(wish.on === 'oldPaper' ? expect.arrayContaining(shown) : shown);
  if (outcome === 'done') expect(shown).toHaveLength(isAdded ? 1 : 0);
  // Whoever presses again gets what they want in any case.
  await (await run(lasting)).playground.react({ messageId, emoji, isAdded }, ADA);
  const after = await standing(lasting, ADA, [messageId]);
  expect(after.shown).toEqual(after.isSo);
  expect(after.shown).toHaveLength(isAdded ? 1 : 0);
  return outcome;
}

describe('a process that ends at any call of a press', () => {
  const all = WISHES.flatMap((wish) => [true, false].map((isAdded) => ({ ...wish, isAdded })));
  it.each(all)('leaves what is shown of $name true (set: $isAdded)', async (wish) => {
    let calls = 0;
    for (const moment of ['before', 'after'] as const) {
      calls = 0;
      while ((await pressAndDie(wish, calls, moment)) === 'ended') calls += 1;
    }
    // The board is read, changed, and the wish done in between.
    expect(calls).toBeGreaterThan(3);
  });
});

it('whatever was confirmed is so after any kills, and emoji and follows say the same', async () => {
  const press = fc.record({
    member: fc.constantFrom(ADA, BOB),
    emoji: fc.constantFrom('🤖', '👁️', '🎧'),
    isAdded: fc.boolean(),
    endAfter: fc.option(fc.nat(14), { nil: undefined }),
    moment: fc.constantFrom('before' as const, 'after' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(press, { maxLength: 10 }), async (presses) => {
      const lasting = await openLasting();
      let running = await run(lasting);
      const confirmed = new Map<string, boolean>();
      for (const { member, emoji, isAdded, endAfter, moment } of presses) {
        const name = `${member} ${slugOf(emoji)}`;
        if (endAfter !== undefined) running.process.endAfter(endAfter, moment);
        const work = running.playground.react({ messageId: lasting.panel, emoji, isAdded }, member);
        const outcome = await running.process.outcome(work);
        if (outcome === 'done') confirmed.set(name, isAdded);
        else confirmed.delete(name);
        if (outcome === 'done') continue;
        running = await run(lasting);
        await running.compare();
        await expectConfirmed(lasting, confirmed);
      }
      await (await run(lasting)).compare();
      await expectConfirmed(lasting, confirmed);
    }),
    { numRuns: 25 },
  );
});

async function expectConfirmed(lasting: Lasting, confirmed: ReadonlyMap<string, boolean>): Promise<void> {
  for (const member of [ADA, BOB]) {
    const { shown, isSo } = await standing(lasting, member, [lasting.panel]);
    expect(shown).toEqual(isSo);
    for (const [name, isAdded] of confirmed) {
      const [who, slug = ''] = name.split(' ');
      if (who === member) expect(isSo.includes(slug)).toBe(isAdded);
    }
  }
}
