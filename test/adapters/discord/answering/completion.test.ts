import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesOf } from '../../../../adapters/discord/answering/completion.ts';

describe('suggestions', () => {
  it('keep Discord’s limits whatever is suggested', () => {
    const completion = fc.record({
      kind: fc.constant('paper' as const),
      label: fc.string({ maxLength: 250, unit: 'grapheme' }),
      value: fc.string({ maxLength: 130 }),
    });
    fc.assert(
      fc.property(fc.array(completion, { maxLength: 40 }), (completions) => {
        const choices = choicesOf(completions);
        expect(choices.length).toBeLessThanOrEqual(25);
        expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
        for (const { name, value } of choices) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(100);
          expect(value.length).toBeLessThanOrEqual(100);
          expect(completions.map((one) => one.value)).toContain(value);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('stay in order, and a value that would have to be cut off is left out', () => {
    const long = `author:"${'x'.repeat(100)}"`;
    const given = ['agents', long, 'vision'].map((value) => ({
      kind: 'topic' as const,
      label: value,
      value,
    }));
    expect(choicesOf(given).map(({ value }) => value)).toEqual(['agents', 'vision']);
  });

  it('show the value where there is no label', () => {
    expect(choicesOf([{ kind: 'zone', label: ' ', value: 'UTC' }])).toEqual([{ name: 'UTC', value: 'UTC' }]);
  });
});
