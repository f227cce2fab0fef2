import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { offeredEmoji } from '../../../adapters/web/reacting.ts';
import { SAVE_EMOJI } from '../../../src/domain/reaction.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { CommandError, StoreError } from '../../../src/errors.ts';
import { openWorld } from '../../world.ts';
import { ADA, aBoard, aText, BOB, NOW, PANEL, PAPER, post } from './boards.ts';
import { open, type Scene } from './playground-scene.ts';

const refusedWith = (sentence: RegExp) =>
  expect.objectContaining({ code: 'command', message: expect.stringMatching(sentence) });

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
