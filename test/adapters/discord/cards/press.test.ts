import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/discord/cards/limits.ts';
import {
  chosen,
  marksIn,
  readLong,
  readPress,
  stamp,
  withPiece,
  writeLong,
  writePress,
} from '../../../../adapters/discord/cards/press.ts';
import { commands } from '../../../../commands/index.ts';
import { aPress, DAMAGED_PRESSES } from '../../../presses.ts';

const STAMP = { mark: 'AZaz09-_'.repeat(3).concat('x'), home: '18446744073709551615' };

describe('presses', () => {
  it('come back as they were written, stamped or not, whatever the options say', () => {
    fc.assert(
      fc.property(aPress, (press) => {
        const written = writePress(press);
        if (written === undefined) return;
        expect(written.length).toBeLessThanOrEqual(60);
        expect(written).toMatch(/^\S+$/);
        expect(readPress(written, commands)).toEqual(press);
        const [{ custom_id: stamped }] = stamp([{ custom_id: written }] as const, STAMP);
        expect(stamped.length).toBeLessThanOrEqual(LIMITS.customId);
        expect(readPress(stamped, commands)).toEqual({ ...press, ...STAMP });
      }),
      { numRuns: 1000 },
    );
  });

  it('are short for what our messages ask most', () => {
    expect(writePress({ command: 'show', options: {} }, 'paper')).toBe('show|paper?');
    expect(writePress({ command: 'rate', options: { paper: '2608.19880', verdict: 'down' } })).toBe(
      'rate|paper=2608.19880|verdict=down',
    );
    const delivery = 'feed-1234567@2026-11-23#12';
    expect(writePress({ command: 'delivery dismiss', options: { delivery } })).toBe(
      `delivery+dismiss|delivery=${delivery}`,
    );
    expect(readPress('show|paper?', commands)).toEqual({ command: 'show', options: {}, choose: 'paper' });
  });

  it('are undefined where they do not fit or are no text', () => {
    expect(writePress({ command: 'search', options: { query: 'x'.repeat(60) } })).toBeUndefined();
    expect(writePress({ command: 'search', options: { query: '\ud800' } })).toBeUndefined();
  });

  it.each([...DAMAGED_PRESSES, '+', '+|page=2'])('nothing is read from %j', (damaged) => {
    expect(readPress(damaged, commands)).toBeUndefined();
  });

  it('never throw, whatever comes', () => {
    const aPart = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('show', '|', '~', '@', '=', '?', '+', 'paper', '%'),
    );
    fc.assert(
      fc.property(fc.array(aPart), fc.anything(), (parts, anything) => {
        const text = parts.join('');
        readPress(text, commands, text);
        expect(readLong(anything)).toEqual(expect.any(String));
        expect(marksIn(anything)).toEqual(expect.any(Array));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('stamps', () => {
  const components = [
    { type: 17, components: [{ type: 1, components: [{ custom_id: 'help' }, { custom_id: 'today' }] }] },
  ];

  it('stand on every press, leave what they were given alone, and are found again', () => {
    const before = structuredClone(components);
    const stamped = stamp(components, STAMP);
    expect(components).toEqual(before);
    expect(marksIn(stamped)).toEqual([STAMP.mark, STAMP.mark]);
    expect(marksIn(components)).toEqual([]);
    expect(marksIn(stamp(stamped, { mark: 'other' }))).toEqual(['other', 'other']);
  });

  it('name a home only where there is one', () => {
    const [{ custom_id: id }] = stamp([{ custom_id: 'help' }] as const, { mark: 'm', home: 'direct' });
    expect(readPress(id, commands)).toEqual({ command: 'help', options: {}, mark: 'm' });
  });
});

describe('long presses', () => {
  const query = `${'漢字 and "words" -video '.repeat(12)}`.trim();
  const presses = [3, 1].map((page) => ({ command: 'search', options: { query, limit: 5, page } }));

  it('ride in pieces in the values of a select', () => {
    const long = writeLong(presses, 25, 89);
    const values = Array.from({ length: 25 }, (_, index) => withPiece(`2611.${index}`, long?.pieces[index]));
    expect(values.every((value) => value.length <= LIMITS.optionValue)).toBe(true);
    expect(values.map(chosen)).toEqual(values.map((_, index) => `2611.${index}`));
    const message = [
      { components: [{ custom_id: 'show|paper?', options: values.map((value) => ({ value })) }] },
    ];
    const beside = readLong(message);
    expect(long?.customIds.map((id) => readPress(id, commands, beside))).toEqual(presses);
  });

  it('come back whatever they say', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 1, max: 25 }),
        (text, pieces) => {
          const long = writeLong([{ command: 'search', options: { query: text, page: 2 } }], pieces, 80);
          if (!long) return;
          expect(long.pieces.length).toBeLessThanOrEqual(pieces);
          const beside = readLong(
            long.pieces.map((piece) => ({ options: [{ value: withPiece('id', piece) }] })),
          );
          expect(readPress(long.customIds[0] ?? '', commands, beside)).toEqual({
            command: 'search',
            options: { query: text, page: 2 },
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('are undefined where there is no room, or for two commands', () => {
    expect(writeLong(presses, 2, 89)).toBeUndefined();
    expect(writeLong([...presses, { command: 'saved', options: {} }], 25, 89)).toBeUndefined();
    expect(writeLong([], 25, 89)).toBeUndefined();
  });
});
