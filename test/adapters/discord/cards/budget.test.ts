import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cost, fits, fitted, sizeOf } from '../../../../adapters/discord/cards/budget.ts';
import { inert, inertLines } from '../../../../adapters/discord/cards/inert.ts';
import { frame, text } from '../../../../adapters/discord/cards/parts.ts';
import { plain } from '../../../../src/text/line.ts';
import { aText } from './papers.ts';

describe('the size of a message', () => {
  it('counts nested components, what is displayed, and every text with room for its stamp', () => {
    const button = { type: ComponentType.Button as const, style: 2 as const, label: 'é', custom_id: 'help' };
    const row = { type: ComponentType.ActionRow as const, components: [button] };
    expect(sizeOf([frame([...text('ab', 'c'), row])])).toEqual({
      components: 4,
      characters: 4,
      bytes: 4 + 2 + 4 + 40,
    });
  });

  it('is too much at one component, one character or a few bytes more than there may be', () => {
    const texts = (count: number, content: string) => [
      frame(Array.from({ length: count }, () => text(content)).flat()),
    ];
    expect(fits(texts(39, 'x'))).toBe(true);
    expect(fits(texts(40, 'x'))).toBe(false);
    expect(fits(texts(1, 'x'.repeat(4000)))).toBe(true);
    expect(fits(texts(1, 'x'.repeat(4001)))).toBe(false);
    expect(fits(texts(1, '漢'.repeat(3000)))).toBe(true);
    expect(fits(texts(1, '漢'.repeat(3001)))).toBe(false);
  });
});

describe('a text that is to fit', () => {
  it('takes no more room than it may, however it is written, and is whole where it fits', () => {
    fc.assert(
      fc.property(aText, fc.nat(300), fc.constantFrom(inert, inertLines, plain), (given, room, write) => {
        const written = fitted(given, room, write);
        expect(cost(written)).toBeLessThanOrEqual(room);
        if (given.length <= room && cost(write(given)) <= room) expect(written).toBe(write(given));
      }),
      { numRuns: 1000 },
    );
  });

  it('uses most of its room', () => {
    expect(fitted('word '.repeat(100), 100, inert).length).toBeGreaterThan(90);
    expect(fitted('*a* '.repeat(100), 100, inert).length).toBeGreaterThan(60);
  });
});
