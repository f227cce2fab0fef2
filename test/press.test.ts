import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { optionValue, pressText, readPressText } from '../src/press.ts';
import { aPress, DAMAGED_PRESSES } from './presses.ts';

const RESERVED = /[%+|]/gu;

describe('a press', () => {
  it('comes back as it was written, whatever its options say', () => {
    fc.assert(
      fc.property(aPress, (press) => {
        const written = pressText(press, RESERVED);
        if (written === undefined) return;
        expect(readPressText(written, commands)).toEqual(press);
        const chooser = pressText({ ...press, options: {} }, RESERVED, Object.keys(press.options)[0]);
        const [choose] = Object.keys(press.options);
        const read = { command: press.command, options: {}, ...(choose === undefined ? {} : { choose }) };
        expect(readPressText(chooser ?? '', commands)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it('is short, and carries nothing that is reserved', () => {
    expect(pressText({ command: 'feed show', options: { feed: 'a b', page: 2 } }, RESERVED)).toBe(
      'feed+show|feed=a b|page=2',
    );
    expect(pressText({ command: 'show', options: {} }, RESERVED, 'paper')).toBe('show|paper?');
    expect(pressText({ command: 'search', options: { query: ' ~<%' } }, /[%+|~<\s]/g)).toBe(
      'search|query=+%7E%3C%25',
    );
  });

  it('is none where a value is no text', () => {
    expect(pressText({ command: 'search', options: { query: '\ud800' } }, RESERVED)).toBeUndefined();
  });

  it.each(DAMAGED_PRESSES)('is not read from %j', (damaged) => {
    expect(readPressText(damaged, commands)).toBeUndefined();
  });

  it('is read, or is none, whatever comes', () => {
    const aPart = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('show', '|', '~', '=', '?', '+', 'paper', '%'),
    );
    fc.assert(
      fc.property(fc.array(aPart), (parts) => {
        readPressText(parts.join(''), commands);
      }),
      { numRuns: 1000 },
    );
  });
});

it('a value is of the type of its option, or none', () => {
  const option = (type: 'integer' | 'flag' | 'text') => ({ type }) as Parameters<typeof optionValue>[1];
  expect(
    ['-3', '1e3', '', '1.5', '9999999999999999'].map((text) => optionValue(text, option('integer'))),
  ).toEqual([-3, undefined, undefined, undefined, undefined]);
  expect(['true', 'false', 'yes'].map((text) => optionValue(text, option('flag')))).toEqual([
    true,
    false,
    undefined,
  ]);
  expect(optionValue('true', option('text'))).toBe('true');
});
