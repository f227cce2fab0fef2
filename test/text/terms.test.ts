import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stemOf, termsOf, wordsOf } from '../../src/text/terms.ts';

describe('wordsOf', () => {
  it.each([
    ['Gaussian Splatting!', ['gaussian', 'splatting']],
    ['GPT-4o, v2.5', ['gpt', '4o', 'v2', '5']],
    ['Schrödinger in Łódź', ['schrodinger', 'in', 'lodz']],
    ['C++ and C#, F# but not ABC# or c+', ['cpp', 'and', 'csharp', 'fsharp', 'but', 'not', 'abc', 'or', 'c']],
    ['ℓ₂ R²', ['l2', 'r2']],
    ['大模型 ok', ['大模型', 'ok']],
    ['a\0b\ud800c', ['a', 'b', 'c']],
    ['🧠 … --', []],
    ['', []],
  ])('of %j are %j', (text, words) => expect(wordsOf(text)).toEqual(words));

  it('are letters and digits only, 40 at most, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) =>
        wordsOf(text).every((word) => /^[\p{L}\p{N}]+[\ud800-\udbff]?$/u.test(word) && word.length <= 40),
      ),
    );
    expect(wordsOf('x'.repeat(500))).toEqual(['x'.repeat(40)]);
  });

  it('are themselves once more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(wordsOf(wordsOf(text).join(' '))).toEqual(wordsOf(text));
      }),
    );
  });
});

describe('stemOf', () => {
  it.each([
    ['agents', 'agent'],
    ['splatting', 'splat'],
    ['models', 'modeling'],
    ['retrieval', 'retrieve'],
  ])('is one for %s and %s', (one, other) => expect(stemOf(one)).toBe(stemOf(other)));

  it.each(['gpt4o', 'bias', 'llm', 'was', '大模型', '4o'])('leaves %s what it is, or nearly', (word) => {
    expect(word.startsWith(stemOf(word).slice(0, -1))).toBe(true);
    expect(stemOf(word).length).toBeGreaterThan(0);
  });
});

describe('termsOf', () => {
  it.each([
    ['Fine-tuning', ['fine', 'tune', 'finetun']],
    ['text-to-image', ['text', 'to', 'imag', 'texttoimag']],
    ['GPT-4o', ['gpt', '4o', 'gpt4o']],
    ['Llama 3', ['llama', '3', 'llama3']],
    ['llama3', ['llama3', 'llama', '3']],
    ['R2', ['r2']],
    ['plain words', ['plain', 'word']],
    ['', []],
  ])('of %j have %j', (text, terms) => {
    expect([...new Set(termsOf(text))].toSorted()).toEqual(terms.toSorted());
  });

  it('begin with the stems of the words, in their order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const stems = wordsOf(text).map(stemOf);
        expect(termsOf(text).slice(0, stems.length)).toEqual(stems);
      }),
    );
  });

  it('need no longer than their text is long', () => {
    // Quadratic work on this would take minutes, and the test its time-out.
    const terms = termsOf(`${'a'.repeat(400_000)}! ${'é'.repeat(400_000)}! ${'a-'.repeat(200_000)}`);
    expect(terms.length).toBeGreaterThan(200_000);
  });
});
