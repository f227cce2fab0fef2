import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, fitted, fittedPlain, sizeOf } from '../../../../adapters/slack/cards/budget.ts';
import { escaped, inert, inertLines } from '../../../../adapters/slack/cards/inert.ts';
import { LIMITS } from '../../../../adapters/slack/cards/limits.ts';
import { divider, section } from '../../../../adapters/slack/cards/parts.ts';
import { plain } from '../../../../src/text/line.ts';
import { blockCharacters } from '../../../slack-checks/check.ts';
import { aSlackText } from './papers.ts';

describe('the size of a message', () => {
  it('is no less than all that is said in it', () => {
    fc.assert(
      fc.property(fc.array(aSlackText), (texts) => {
        const blocks = texts.flatMap((text) => section([inert(text).slice(0, 3000)]));
        expect(sizeOf(blocks)).toBeGreaterThanOrEqual(blockCharacters(blocks));
      }),
    );
  });

  it('is too much at one block or one character more than there may be, with room for a call', () => {
    const dividers = (count: number) => Array.from({ length: count }, divider);
    expect(fits(dividers(LIMITS.blocks - 1))).toBe(true);
    expect(fits(dividers(LIMITS.blocks))).toBe(false);
    const saying = (length: number): types.KnownBlock[] => section(['x'.repeat(length)]);
    const bare = sizeOf(saying(1)) - 1;
    const call = sizeOf(section(['<!subteam^S0123456789012345678>']));
    expect(fits(saying(LIMITS.total - bare - 120))).toBe(true);
    expect(fits(saying(LIMITS.total - bare - 119))).toBe(false);
    expect(call).toBeLessThanOrEqual(120);
  });
});

describe('a text that is to fit', () => {
  it('takes no more room than it may, however it is written, and is whole where it fits', () => {
    fc.assert(
      fc.property(
        aSlackText,
        fc.nat(300),
        fc.constantFrom(inert, inertLines, plain),
        (given, room, write) => {
          const written = fitted(given, room, write);
          expect(written.length).toBeLessThanOrEqual(room);
          if (given.length <= room && write(given).length <= room) expect(written).toBe(write(given));
          expect(escaped(fittedPlain(given, room)).length).toBeLessThanOrEqual(room);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('uses most of its room', () => {
    expect(fitted('word '.repeat(100), 100, inert).length).toBeGreaterThan(90);
    expect(fitted('a & b '.repeat(100), 100, inert).length).toBeGreaterThan(80);
  });
});
