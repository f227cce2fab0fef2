import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsPhrase, fold } from '../../src/text/words.ts';

const has = (text: string, phrase: string): boolean => containsPhrase(fold(text), fold(phrase));

describe('fold', () => {
  it.each([
    ['Über_state/of-the–Art', 'uber state of the art'],
    ['  R² ℓ₂  Łódź Straße ﬁne ', 'r2 l2 lodz strasse fine'],
    ['GPT-4o, C++ & 3D', 'gpt 4o, c++ & 3d'],
    ['a\\b\n−c', 'a b c'],
    ['---', ''],
  ])('%s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('is final', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('containsPhrase', () => {
  it.each([
    ['LLM agents plan', 'agent'],
    ['Agent-based', 'agent'],
    ["the agent's view", 'Agent'],
    ['a multi-agent system', 'multi agent'],
    ['Many Benches', 'bench'],
    ['Diffusion Models', 'diffusion model'],
    ['written in C++, fast', 'c++'],
    ['on GPT-4o.', 'gpt-4o'],
    ['(3D scenes)', '3d'],
    ['reagent, then agent', 'agent'],
    ['Schrödinger', 'schrodinger'],
    ['大模型 inference', 'inference'],
    ['#agents', '#agent'],
  ])('%s has %s', (text, phrase) => {
    expect(has(text, phrase)).toBe(true);
  });

  it.each([
    ['a reagent', 'agent'],
    ['agentic', 'agent'],
    ['the modes', 'mod'],
    ['as is', 'a'],
    ['C++ and C#', 'c'],
    ['GPT-4o and GPT-4.1', 'gpt-4'],
    ['0.3D', '3d'],
    ['v3d', '3d'],
    ['agent', 'agents'],
    ['agentss', 'agent'],
    ['anything', ''],
    ['', 'agent'],
  ])('%s does not have %s', (text, phrase) => {
    expect(has(text, phrase)).toBe(false);
  });

  it('finds every run of whole words of a text in it', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.nat(7), fc.nat(7), (all, from, count) => {
        const phrase = all.slice(from, from + count + 1).join(' ');
        expect(containsPhrase(all.join(' '), phrase)).toBe(phrase !== '');
      }),
    );
  });
});
