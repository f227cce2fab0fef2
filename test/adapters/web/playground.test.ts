import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Board } from '../../../adapters/web/board/board.ts';
import { watchBoard } from '../../../adapters/web/board/watched-board.ts';
import { compare } from '../../../adapters/web/comparison.ts';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { createPlaygroundCore, type Playground } from '../../../adapters/web/playground.ts';
import { offeredEmoji } from '../../../adapters/web/reacting.ts';
import type { Host } from '../../../src/adapter.ts';
import { memberAt } from '../../../src/domain/member.ts';
import { SAVE_EMOJI } from '../../../src/domain/reaction.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { CommandError, StoreError } from '../../../src/errors.ts';
import { openWorld, type World } from '../../world.ts';
import { ADA, aBoard, aText, BOB, NOW, PANEL, PAPER, post } from './boards.ts';

interface Scene {
  world: World;
  board: Board;
  playground: Playground;
  /** As at a start of the bot, of which the signal is the end. */
  compare(signal?: AbortSignal): Promise<void>;
  followed(member: string): Promise<string[]>;
  saved(member: string): Promise<string[]>;
  ending: AbortController;
}

/** A playground with the whole bot behind it. */
async function open(over: Partial<Host> = {}, opened = aBoard()): Promise<Scene> {
  const world = await openWorld(NOW);
  const host: Host = { ...world.host, ...over };
  const watched = watchBoard(opened, world.clock);
  const { board } = watched;
  const ending = new AbortController();
  const playground = createPlaygroundCore({ watched, host, ending: ending.signal, clock: world.clock });
  const { people } = world.store;
  return {
    world,
    board,
    playground,
    ending,
    compare: (signal = ending.signal) => compare({ board, reactions: host.reactions }, signal),
    followed: async (member) =>
      (await people.subscriptions(memberAt(PLAYGROUND, member))).map(({ key }) => key),
    async saved(member) {
      const { papers } = await people.saved(memberAt(PLAYGROUND, member), { offset: 0, limit: 100 });
      return papers.map(({ paperId }) => paperId);
    },
  };
}

const refusedWith = (sentence: RegExp) =>
  expect.objectContaining({ code: 'command', message: expect.stringMatching(sentence) });

describe('commands', () => {
  it('are answered to their caller alone, who is a manager here', async () => {
    const { playground, board } = await open();
    const reply = await playground.run({ command: 'feed add', options: {} }, ADA);
    expect(reply).toMatchObject({ visibility: 'private', outcome: 'done' });
    expect(board.sequence()).toBe(0);
    expect((await playground.run({ command: 'nonsense', options: {} }, ADA)).outcome).toBe('refused');
  });

  it('put on the board what is for the channel; the bot watches a panel from then on', async () => {
    const { playground, board, world } = await open();
    const asked = { command: 'topics panel', options: { topics: 'agents' } };
    const reply = await playground.run(asked, ADA);
    expect(reply.visibility).toBe('channel');
    const [message, ...others] = board.messages('papers', 10);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ card: reply.cards[0], postedAt: NOW });
    expect((await world.host.reactions.watched('web')).panels).toEqual([
      { place: PLAYGROUND, messageId: message?.id },
    ]);
    await playground.run(asked, ADA);
    expect(board.messages('papers', 10)).toHaveLength(2);
  });

  it('end with their signal', async () => {
    const { playground } = await open();
    const reason = new Error('Left.');
    await expect(
      playground.run({ command: 'today', options: {} }, ADA, AbortSignal.abort(reason)),
    ).rejects.toBe(reason);
  });

  it('say so where the board cannot be written to', async () => {
    const opened = aBoard();
    const fail = () => {
      throw new Error('database or disk is full');
    };
    const { playground } = await open({}, { ...opened, post: fail });
    const error = await playground
      .run({ command: 'topics panel', options: {} }, ADA)
      .catch((one: unknown) => one);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toMatch(/the playground failed: database or disk is full/);
  });

  it('go on as they are typed, for this member in this place', async () => {
    const { playground, world } = await open();
    await world.host.run({
      command: 'follow',
      options: { what: 'topic:agents' },
      place: PLAYGROUND,
      member: { id: ADA, isManager: true },
      at: NOW,
    });
    const typed = { command: 'unfollow', option: 'what', typed: 'ag' };
    expect(await playground.complete(typed, ADA)).toMatchObject([{ kind: 'followed', label: 'Agents' }]);
    expect(await playground.complete(typed, BOB)).toEqual([]);
  });
});

describe('emoji', () => {
  it('follow, save and take back, and stand on the board then', async () => {
    const { playground, board, followed, saved } = await open();
    const panel = post(board, 'panel', PANEL);
    const paper = post(board, 'paper', PAPER);
    await playground.react({ messageId: panel, emoji: '🤖', isAdded: true }, ADA);
    await playground.react({ messageId: paper, emoji: SAVE_EMOJI, isAdded: true }, ADA);
    await playground.react({ messageId: paper, emoji: '👁', isAdded: true }, ADA);
    expect([await followed(ADA), await saved(ADA)]).toEqual([['agents', 'vision'], ['2611.00001']]);
    expect(await followed(BOB)).toEqual([]);
    expect([...(board.message(paper)?.reactions ?? [])]).toEqual([
      [SAVE_EMOJI, [ADA]],
      ['👁️', [ADA]],
    ]);
    await playground.react({ messageId: paper, emoji: SAVE_EMOJI, isAdded: false }, ADA);
    await playground.react({ messageId: paper, emoji: '👁', isAdded: false }, ADA);
    expect([await followed(ADA), await saved(ADA)]).toEqual([['agents'], []]);
    expect(board.message(paper)?.reactions.size).toBe(0);
  });

  it('of one member come to what they did last, however fast', async () => {
    const { playground, board, followed } = await open();
    const messageId = post(board, 'panel', PANEL);
    const presses = [true, false, true, false, true, false];
    await Promise.all(presses.map((isAdded) => playground.react({ messageId, emoji: '🤖', isAdded }, ADA)));
    expect(await followed(ADA)).toEqual([]);
    expect(board.message(messageId)?.reactions.size).toBe(0);
  });

  it('are refused where they mean nothing', async () => {
    const { playground, board, followed } = await open();
    const panel = post(board, 'panel', PANEL);
    const paper = post(board, 'paper', PAPER);
    const text = post(board, 'text', aText('An answer'));
    const secret = post(board, 'digest', PAPER, `@${BOB}`);
    for (const [messageId, emoji, sentence] of [
      [paper, '🦄', /Choose one of those/],
      [panel, SAVE_EMOJI, /Choose one of those/],
      [paper, '', /Choose one of those/],
      [text, '🤖', /mean nothing on this message/],
      ['never', '🤖', /not there any more/],
      [secret, '🤖', /not there any more/],
    ] as const) {
      const reacting = playground.react({ messageId, emoji, isAdded: true }, ADA);
      await expect(reacting).rejects.toEqual(refusedWith(sentence));
      await expect(reacting).rejects.toBeInstanceOf(CommandError);
    }
    expect(board.reacted()).toEqual([]);
    expect(await followed(ADA)).toEqual([]);
  });

  it('are not shown where the bot could not do what they ask for', async () => {
    const world = await openWorld(NOW);
    const failure = new StoreError('follow', { message: 'the disk is full.' });
    const reactions = { ...world.host.reactions, react: () => Promise.reject(failure) };
    const { playground, board } = await open({ reactions });
    const messageId = post(board, 'panel', PANEL);
    await expect(playground.react({ messageId, emoji: '🤖', isAdded: true }, ADA)).rejects.toBe(failure);
    expect(board.reacted()).toEqual([]);
  });

  it('stand again where what they asked for could not be taken back', async () => {
    const world = await openWorld(NOW);
    const failure = new StoreError('unfollow', { message: 'the disk is full.' });
    const reactions = { ...world.host.reactions, react: () => Promise.reject(failure) };
    const { playground, board } = await open({ reactions });
    const messageId = post(board, 'panel', PANEL);
    board.react(messageId, '🤖', ADA, true);
    for (const member of [ADA, BOB])
      await expect(playground.react({ messageId, emoji: '🤖', isAdded: false }, member)).rejects.toBe(
        failure,
      );
    expect([...(board.message(messageId)?.reactions ?? [])]).toEqual([['🤖', [ADA]]]);
  });

  it('that mean nothing any more can be taken away', async () => {
    const { playground, board } = await open();
    const messageId = post(board, 'paper', PAPER);
    board.react(messageId, '🦄', ADA, true);
    await playground.react({ messageId, emoji: '🦄', isAdded: false }, ADA);
    expect(board.reacted()).toEqual([]);
  });

  const ALL = [...BUILT_IN_TOPICS.map(({ emoji }) => emoji), SAVE_EMOJI];
  const standing = (...emoji: string[]) => new Map(emoji.map((one) => [one, [ADA]]));

  it('offered by a message are its own, and those that stand there', () => {
    expect(offeredEmoji({ card: PANEL, reactions: standing() }, ALL)).toEqual(['🤖', '👁️']);
    expect(offeredEmoji({ card: PANEL, reactions: standing('🎧', '👁') }, ALL)).toEqual(['🤖', '👁', '🎧']);
    expect(offeredEmoji({ card: PAPER, reactions: standing('🤖') }, ALL)).toEqual([SAVE_EMOJI, '🤖']);
    expect(offeredEmoji({ card: aText('x'), reactions: standing() }, ALL)).toEqual([]);
    expect(offeredEmoji({ card: PANEL, reactions: standing() }, ['🤖'])).toEqual(['🤖']);
  });
});

describe('what a member sees', () => {
  it('is the channel and what is for them', async () => {
    const { playground, board } = await open();
    const open_ = post(board, 'one');
    const own = post(board, 'digest', aText('digest'), `@${ADA}`);
    expect([open_, own].map((id) => playground.message(id, ADA)?.id)).toEqual([open_, own]);
    expect([open_, own].map((id) => playground.message(id, BOB)?.id)).toEqual([open_, undefined]);
    expect(playground.message('never', ADA)).toBeUndefined();
  });

  it('is erased once they say so, and not before', async () => {
    const { playground, board, saved } = await open();
    const paper = post(board, 'paper', PAPER);
    const own = post(board, 'digest', aText('digest'), `@${ADA}`);
    for (const member of [ADA, BOB])
      await playground.react({ messageId: paper, emoji: SAVE_EMOJI, isAdded: true }, member);
    await playground.run({ command: 'forget-me', options: {} }, ADA);
    expect(board.message(own)).toBeDefined();
    const reply = await playground.run({ command: 'forget-me', options: { confirm: true } }, ADA);
    expect(reply).toMatchObject({ outcome: 'done', data: { saved: 1 } });
    expect([await saved(ADA), await saved(BOB)]).toEqual([[], ['2611.00001']]);
    expect(board.message(own)).toBeUndefined();
    expect(board.message(paper)?.reactions.get(SAVE_EMOJI)).toEqual([BOB]);
  });

  it('stays where the bot could not forget them', async () => {
    const { playground, board } = await open({
      run: async () => ({ visibility: 'private', outcome: 'failed', cards: [aText('It did not work')] }),
    });
    const own = post(board, 'digest', aText('digest'), `@${ADA}`);
    await playground.run({ command: 'forget-me', options: { confirm: true } }, ADA);
    expect(board.message(own)).toBeDefined();
  });

  it('changes while they wait, until the bot stops', async () => {
    const { playground, board, ending } = await open();
    const { signal } = new AbortController();
    const waiting = playground.wait(0, signal);
    await playground.run({ command: 'topics panel', options: {} }, BOB);
    await waiting;
    const [again, stopped] = [playground.wait(board.sequence(), signal), new Error('Stopped.')];
    ending.abort(stopped);
    await expect(again).rejects.toBe(stopped);
    await expect(playground.wait(0, signal)).rejects.toBe(stopped);
  });
});

describe('after an absence', () => {
  /** A panel that the bot watches. */
  async function aPanel({ playground, board }: Scene): Promise<string> {
    await playground.run({ command: 'topics panel', options: {} }, ADA);
    return board.messages('papers', 1)[0]?.id ?? '';
  }

  it('what stands on a panel and was not done is done, and what does not stand is taken back', async () => {
    const scene = await open();
    const messageId = await aPanel(scene);
    await scene.playground.react({ messageId, emoji: '🤖', isAdded: true }, ADA);
    await scene.playground.react({ messageId, emoji: '🤖', isAdded: true }, BOB);
    scene.board.react(messageId, '🎧', ADA, true);
    scene.board.react(messageId, '🤖', BOB, false);
    await scene.compare();
    expect([await scene.followed(ADA), await scene.followed(BOB)]).toEqual([['agents', 'audio'], []]);
  });

  it('what was said since by a command stays so', async () => {
    const scene = await open();
    const messageId = await aPanel(scene);
    await scene.playground.react({ messageId, emoji: '🤖', isAdded: true }, ADA);
    await scene.playground.run({ command: 'unfollow', options: { what: 'topic:agents' } }, ADA);
    await scene.compare();
    expect(await scene.followed(ADA)).toEqual([]);
  });

  it('a panel that is gone is watched no more, one that nobody watches is', async () => {
    const scene = await open();
    const { world, board } = scene;
    await world.host.reactions.watch({ place: PLAYGROUND, messageId: 'gone' });
    const messageId = post(board, 'panel', PANEL);
    board.react(messageId, '🤖', ADA, true);
    await scene.compare();
    expect((await world.host.reactions.watched('web')).panels).toEqual([{ place: PLAYGROUND, messageId }]);
    expect(await scene.followed(ADA)).toEqual(['agents']);
  });

  it('papers of an edition are looked at, by the paper that each shows', async () => {
    const world = await openWorld(NOW);
    const opened = aBoard();
    const paper = post(opened, 'slot#1', PAPER);
    const editions = [{ destination: PLAYGROUND, messageIds: [paper, 'gone'] }];
    const reactions = { ...world.host.reactions, watched: async () => ({ panels: [], editions }) };
    const seen: unknown[] = [];
    const reconcile: typeof reactions.reconcile = async (...given) => {
      seen.push(given);
      return false;
    };
    const scene = await open({ reactions: { ...reactions, reconcile } }, opened);
    opened.react(paper, SAVE_EMOJI, ADA, true);
    await scene.compare();
    expect(seen).toEqual([
      [
        { place: PLAYGROUND, messageId: paper, paperId: '2611.00001' },
        [{ emoji: SAVE_EMOJI, members: [ADA] }],
        scene.ending.signal,
      ],
    ]);
  });

  it('the board and what members follow say the same, whatever happened', async () => {
    const press = fc.record({
      member: fc.constantFrom(ADA, BOB),
      emoji: fc.constantFrom('🤖', '👁️', '🎧'),
      isAdded: fc.boolean(),
      /** The process ends before the board has it. */
      isCut: fc.boolean(),
    });
    const slugOf = (emoji: string) => BUILT_IN_TOPICS.find((topic) => topic.emoji === emoji)?.slug;
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 12 }), async (presses) => {
        const scene = await open();
        const messageId = await aPanel(scene);
        const on = { place: PLAYGROUND, messageId };
        for (const { member, emoji, isAdded, isCut } of presses) {
          if (isCut) await scene.world.host.reactions.react({ on, member, emoji, isAdded });
          else await scene.playground.react({ messageId, emoji, isAdded }, member);
        }
        await scene.compare();
        for (const member of [ADA, BOB]) {
          const reactions = [...(scene.board.message(messageId)?.reactions ?? [])];
          const shown = reactions
            .filter(([, members]) => members.includes(member))
            .map(([emoji]) => slugOf(emoji));
          expect((await scene.followed(member)).sort()).toEqual(shown.sort());
        }
        await scene.world.close();
      }),
      { numRuns: 25 },
    );
  });
});
