import { describe, expect, it } from 'vitest';
import { fill, parseTemplate } from '../../../../adapters/email/cards/template.ts';

const filled = (source: string, values: Parameters<typeof fill>[1]) => fill(parseTemplate(source), values);

describe('a template', () => {
  it('is filled with texts by the names of its places, nothing for those that are not named', () => {
    expect(filled('<{one}|{two}|{three}>', { one: '1', two: '' })).toBe('<1||>');
  });

  it('shows what belongs to a text only where there is one', () => {
    expect(filled('a{#one}[{one}|{two}]{/one}b', { one: '1', two: '2' })).toBe('a[1|2]b');
    expect(filled('a{#one}[{one}]{/one}b', { one: '' })).toBe('ab');
    expect(filled('a{#one}[{one}]{/one}b', {})).toBe('ab');
  });

  it('repeats what belongs to parts, each with places of its own', () => {
    const source = '{name}:{#parts} {name}{#inner}<{name}>{/inner}{/parts}';
    const parts = [{ name: 'a', inner: [{ name: 'b' }, { name: 'c' }] }, { name: 'd' }];
    expect(filled(source, { name: 'x', parts })).toBe('x: a<b><c> d');
    expect(filled(source, { name: 'x', parts: [] })).toBe('x:');
  });

  it('looks for no place in what fills it', () => {
    expect(filled('{one}{two}', { one: '{two} {#two}', two: '$& {one}' })).toBe('{two} {#two}$& {one}');
  });

  it('loses the line of a tag that has one to itself, and no other', () => {
    expect(filled('a\n  {#one}\n  {one}\n{/one}\nb {#one}x{/one}\n', { one: '1' })).toBe('a\n  1\nb x\n');
  });

  it('leaves what only looks like a place', () => {
    expect(filled('a { color: red } {A} {a-b} {}', { a: 'x' })).toBe('a { color: red } {A} {a-b} {}');
  });

  it.each(['{#one}', '{/one}', '{#one}{#two}{/one}{/two}'])('that is crooked is refused: %s', (source) => {
    expect(() => parseTemplate(source)).toThrow(TypeError);
  });
});
