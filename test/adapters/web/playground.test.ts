import { describe, expect, it } from 'vitest';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { SAVE_EMOJI } from '../../../src/domain/reaction.ts';
import { StoreError } from '../../../src/errors.ts';
import { ADA, aBoard, aText, BOB, NOW, PAPER, post } from './boards.ts';
import { open } from './playground-scene.ts';

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
