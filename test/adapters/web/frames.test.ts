import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { createFrames } from '../../../adapters/web/app/frames.ts';
import { drawMessage } from '../../../adapters/web/app/message.ts';
import type { BoardMessage } from '../../../adapters/web/board/board.ts';
import { ADA, aText, BOB, NOW, PAPER } from './boards.ts';

const EMOJI = ['🔖', '🤖'];

function aMessage(given: Partial<BoardMessage> = {}): BoardMessage {
  const { sequence = 7 } = given;
  return { id: '1', channel: 'papers', card: PAPER, postedAt: NOW, sequence, reactions: new Map(), ...given };
}

function seenBy(member: string, emoji: readonly string[] = EMOJI) {
  return { member, emoji };
}

async function isPressed(frame: Uint8Array): Promise<string | undefined> {
  const lines = new TextDecoder().decode(frame).matchAll(/^data: (.*)$/gm);
  const html = [...lines].map(([, line]) => line).join('\n');
  return load(html)('[data-emoji="🤖"]').attr('aria-pressed');
}

describe('a message for many', () => {
  it('is drawn once for all to whom it looks the same, also at the same time', async () => {
    const frames = createFrames();
    const members = Array.from({ length: 20 }, (_, index) => `member${index}`);
    const all = await Promise.all(members.map((one) => frames.of('board', aMessage(), seenBy(one))));
    const later = await frames.of('board', aMessage(), seenBy(BOB));
    expect(new Set([...all, later]).size).toBe(1);
  });

  it('is an event of a stream, line by line', async () => {
    const card = { ...aText('one'), paragraphs: ['a\nb', 'c'] };
    const message = aMessage({ card });
    const frame = await createFrames().of('board', message, seenBy(ADA));
    const [event, ...rest] = new TextDecoder().decode(frame).split('\n');
    const data = rest.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
    expect(event).toBe('event: message');
    expect(data.join('\n')).toBe(`${await drawMessage(message, seenBy(ADA))}`);
    expect(rest.slice(data.length)).toEqual(['id: board.7', '', '']);
  });

  it('shows to each whether they have set an emoji', async () => {
    const frames = createFrames();
    const message = aMessage({ reactions: new Map([['🤖', [ADA]]]) });
    const [hers, his, hersAgain] = [
      await frames.of('board', message, seenBy(ADA)),
      await frames.of('board', message, seenBy(BOB)),
      await frames.of('board', message, seenBy(ADA)),
    ];
    expect([await isPressed(hers), await isPressed(his)]).toEqual(['true', 'false']);
    expect(hersAgain).toBe(hers);
  });

  it('is drawn anew once it has changed, other emoji are offered, or the board is another one', async () => {
    const frames = createFrames();
    const first = await frames.of('board', aMessage(), seenBy(ADA));
    const others = [
      await frames.of('board', aMessage({ sequence: 8, card: aText('other') }), seenBy(ADA)),
      await frames.of('board', aMessage(), seenBy(ADA, ['🔖'])),
      await frames.of('other', aMessage(), seenBy(ADA)),
    ];
    expect(new Set([first, ...others].map((one) => new TextDecoder().decode(one))).size).toBe(4);
  });

  it('is tried again where it could not be drawn', async () => {
    const frames = createFrames();
    const broken: BoardMessage = {
      ...aMessage(),
      get card(): never {
        throw new Error('It cannot be drawn.');
      },
    };
    await expect(frames.of('board', broken, seenBy(ADA))).rejects.toThrow('It cannot be drawn.');
    expect((await frames.of('board', aMessage(), seenBy(ADA))).length).toBeGreaterThan(0);
  });
});

describe('what is kept', () => {
  it('is not what is for one member alone', async () => {
    const frames = createFrames();
    const direct = aMessage({ channel: `@${ADA}` });
    const [one, two] = [
      await frames.of('board', direct, seenBy(ADA)),
      await frames.of('board', direct, seenBy(ADA)),
    ];
    expect(one).not.toBe(two);
  });

  it.each([
    ['64 messages', 64, aText('short')],
    ['two megabytes', 3, { ...aText('long'), paragraphs: ['x'.repeat(900_000)] }],
  ])('is at most %s, the newest', async (_, count, card) => {
    const frames = createFrames();
    const of = (sequence: number) => frames.of('board', aMessage({ sequence, card }), seenBy(ADA));
    const first = await of(1);
    let last = first;
    for (let sequence = 2; sequence <= count + 1; sequence += 1) last = await of(sequence);
    expect(await of(count + 1)).toBe(last);
    expect(await of(1)).not.toBe(first);
  });
});
