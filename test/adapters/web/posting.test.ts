import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { createPosting } from '../../../adapters/web/posting.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { type Destination, directTo } from '../../../src/domain/feed.ts';
import { CARDS } from '../../contracts/adapter-cards.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { ADA, aBoard, aPath, aText, NOW, PANEL } from './boards.ts';

function open(board = aBoard()) {
  const posting = createPosting({ board, clock: createFakeClock(NOW) });
  const send = (payload: Json, destination: Destination = PLAYGROUND, id = 'slot#0') =>
    posting.send({ id, destination, payload });
  return { board, posting, send };
}

const CARD: Json = { kind: 'text', title: 'An answer', paragraphs: [] };
const FAILED = { platform: 'web', channel: 'papers' };

describe('what may be posted', () => {
  it('every card comes back as it was', async () => {
    const { board, posting, send } = open();
    for (const [index, card] of [...CARDS, PANEL].entries()) {
      const [payload = null] = posting.render(card);
      const id = await send(payload, PLAYGROUND, `slot#${index}`);
      expect(board.message(id)?.card).toStrictEqual(card);
    }
  });

  it.each<[string, Json]>([
    ['nothing', null],
    ['of no kind', { title: 'An answer', paragraphs: [] }],
    ['of another kind', { kind: 'poem', title: 'An answer' }],
    ['without a title', { kind: 'text', paragraphs: [] }],
    ['with a paragraph that is no text', { kind: 'text', title: 'An answer', paragraphs: [1] }],
    ['with a paper that is none', { kind: 'paper', entry: { number: 1, paper: {} }, notes: [] }],
    [
      'with votes that are no number',
      { ...CARD, kind: 'list', sections: [{ entries: [{ number: 1, paper: { upvotes: 'many' } }] }] },
    ],
    ['with a button that is none', { ...CARD, actions: [{ label: 'Go', command: 'help' }] }],
    [
      'with too many topics',
      {
        kind: 'panel',
        title: 'x',
        paragraphs: [],
        topics: Array(21).fill({ slug: 'a', name: 'a', emoji: '🤖', meaning: 'a' }),
      },
    ],
  ])('a payload %s is rejected, and nothing is posted', async (_, payload) => {
    const { board, posting, send } = open();
    const rejected = {
      ...FAILED,
      code: 'card-rejected',
      limit: expect.stringMatching(/^the payload is a card \(/),
    };
    await expect(send(payload)).rejects.toMatchObject(rejected);
    expect(board.sequence()).toBe(0);
    const messageId = await send(CARD);
    await expect(
      posting.edit({ id: 'slot#0', destination: PLAYGROUND, messageId, payload }),
    ).rejects.toMatchObject(rejected);
    expect(board.message(messageId)?.card).toEqual(CARD);
  });

  it.each<[string, Destination]>([
    ['another channel', { ...PLAYGROUND, channel: 'general' }],
    ['another workspace', { ...PLAYGROUND, workspace: 'elsewhere' }],
    ['nobody', directTo(PLAYGROUND, '')],
    ['somebody who is no member here', directTo(PLAYGROUND, 'U123')],
  ])('what is for %s is refused', async (_, destination) => {
    const { board, posting, send } = open();
    const message = { id: 'slot#0', destination, payload: CARD };
    const refused = {
      code: 'delivery-refused',
      reason: 'gone',
      platform: 'web',
      channel: destination.channel,
    };
    await expect(send(CARD, destination)).rejects.toMatchObject(refused);
    await expect(posting.find(message, NOW)).rejects.toMatchObject(refused);
    await expect(posting.edit({ ...message, messageId: 'any' })).rejects.toMatchObject(refused);
    expect(board.sequence()).toBe(0);
  });

  it('a message that is gone cannot be edited', async () => {
    const { posting } = open();
    const message = { id: 'slot#0', destination: PLAYGROUND, payload: CARD, messageId: 'never' };
    await expect(posting.edit(message)).rejects.toMatchObject({ ...FAILED, code: 'card-rejected' });
  });

  it('what the file did not take has not arrived, and may be sent again', async () => {
    const path = aPath();
    const { board, posting, send } = open(aBoard(path, { busyTimeoutMs: 1 }));
    expect(board.sequence()).toBe(0);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(send(CARD)).rejects.toMatchObject({
      ...FAILED,
      code: 'delivery-unavailable',
      mayHaveArrived: false,
    });
    other.exec('ROLLBACK');
    other.close();
    const message = { id: 'slot#0', destination: PLAYGROUND, payload: CARD };
    expect(await posting.find(message, NOW)).toEqual({ kind: 'absent' });
    expect(await posting.find(message, NOW)).toEqual({ kind: 'absent' });
    const messageId = await send(CARD);
    expect(await posting.find(message, NOW)).toEqual({ kind: 'found', messageId });
  });
});

describe('what keeps a feed from being posted', () => {
  it('is nothing in the channel, or for a member', async () => {
    const { posting } = open();
    for (const destination of [PLAYGROUND, directTo(PLAYGROUND, ADA)])
      expect(await posting.obstacles?.({ destination, layout: 'cards' })).toEqual([]);
  });

  it('is a channel that is not there, or a role to call', async () => {
    const { posting } = open();
    const destination = { ...PLAYGROUND, channel: 'general' };
    expect(await posting.obstacles?.({ destination, layout: 'digest', role: 'team' })).toEqual([
      'The playground has one channel, "papers". Leave out the channel, or name that one.',
      'The playground has no roles to call. Leave out the role.',
    ]);
  });
});

it('frozen cards and the texts in them are taken as they are', async () => {
  const { board, send } = open();
  const card = aText('"quoted" <b>\u0000 \ud800 漢字');
  const id = await send(JSON.parse(JSON.stringify(card)));
  expect(board.message(id)?.card).toStrictEqual(card);
});
