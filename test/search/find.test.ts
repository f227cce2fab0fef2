import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/domain/query.ts';
import { FIRST_TEN, found, indexWith, paperNo } from './kit.ts';

/** Some that nothing asks for, so that no word stands in all papers. */
const OTHERS = Array.from({ length: 20 }, (_, index) =>
  paperNo(900 + index, { title: `Weather of the ${index}th valley`, abstract: 'Clouds pass over hills.' }),
);

describe('a word', () => {
  it.each([
    ['splatting', 'Gaussian Splatting in gardens'],
    ['splattings', 'Gaussian Splatting in gardens'],
    ['SPLATTING', 'Gaussian Splatting in gardens'],
    ['spalting', 'Gaussian Splatting in gardens'],
    ['splattign', 'Gaussian Splatting in gardens'],
    ['splat', 'Gaussian Splatting in gardens'],
    ['garden gaussian spla', 'Gaussian Splatting in gardens'],
    ['schrodinger', 'The Schrödinger bridge'],
    ['Schrödinger', 'The Schrodinger bridge'],
    ['lodz', 'Maps of Łódź'],
    ['gpt4o', 'What GPT-4o sees'],
    ['GPT-4o', 'What gpt4o sees'],
    ['gpt 4o', 'What GPT-4o sees'],
    ['finetuning', 'Fine-tuning the small'],
    ['fine tuning', 'Finetuning the small'],
    ['fine-tuning', 'Fine tuning the small'],
    ['finetuning', 'Fine tuning the small'],
    ['roleplay', 'Role-playing at length'],
    ['role-play', 'Roleplay at length'],
    ['role playing', 'Roleplaying at length'],
    ['llama3', 'Llama 3 grows'],
    ['llama 3', 'Llama3 grows'],
    ['c++', 'Proofs for C++ programs'],
    ['agent-based', 'Agents of the sea'],
  ])('%s finds "%s"', (query, title) => {
    const index = indexWith([...OTHERS, paperNo(1, { title }), paperNo(2, { title: 'Nothing of it' })]);
    expect(found(index, query)[0]).toBe(1);
    index.close();
  });

  it.each([
    ['c#', 'Proofs for C++ programs'],
    ['cat', 'A car on the road'],
    ['zzzzzzzz', 'Gaussian Splatting in gardens'],
    ['🧠', 'Gaussian Splatting in gardens'],
  ])('%s does not find "%s"', (query, title) => {
    const index = indexWith([...OTHERS, paperNo(1, { title })]);
    expect(found(index, query)).toEqual([]);
    index.close();
  });

  it.each(['title', 'summary', 'abstract'] as const)('stands in the %s', (field) => {
    const index = indexWith([...OTHERS, paperNo(1, { [field]: 'A quokka.' })]);
    expect(found(index, 'quokka')).toEqual([1]);
    index.close();
  });

  it('stands in a keyword or a name, but no name runs into the next', () => {
    const authors = [{ name: 'Ada Quokka' }, { name: 'Bea Numbat' }];
    const index = indexWith([...OTHERS, paperNo(1, { authors }), paperNo(2, { keywords: ['wombat'] })]);
    expect(found(index, 'quokka')).toEqual([1]);
    expect(found(index, 'wombat')).toEqual([2]);
    expect(found(index, 'author:"quokka bea"')).toEqual([]);
    expect(found(index, 'author:"bea numbat"')).toEqual([1]);
    index.close();
  });
});

describe('an acronym', () => {
  const papers = [
    paperNo(1, { abstract: 'We widen a mixture of experts (MoE) by half.' }),
    paperNo(2, { abstract: 'Each mixture of experts (MoE) has a gate.' }),
    paperNo(3, { title: 'MoE at sea' }),
    paperNo(4, { title: 'A mixture of experts on land' }),
  ];

  it('finds what it stands for, and what it stands for finds it', () => {
    const index = indexWith([...OTHERS, ...papers]);
    expect(found(index, 'MoE')).toContain(4);
    expect(found(index, 'mixture of experts')).toContain(3);
    expect(found(index, 'mixtures of experts')).toContain(3);
    index.close();
  });

  it('that one paper alone explains is its own affair', () => {
    const index = indexWith([...OTHERS, ...papers.slice(1)]);
    expect(found(index, 'MoE')).not.toContain(4);
    index.close();
  });
});

describe('a correction', () => {
  const index = indexWith([...OTHERS, paperNo(1, { title: 'Gaussian Splatting in gardens' })]);
  const corrections = (query: string) => index.find(parseQuery(query), FIRST_TEN).corrections;

  it('is told, with the word that was taken', () => {
    expect(corrections('guassian gardens')).toEqual([{ given: 'guassian', taken: 'gaussian' }]);
  });

  it('is told of a word that was only begun', () => {
    expect(corrections('gaussian splatt')).toEqual([{ given: 'splatt', taken: 'splatting' }]);
  });

  it('is not told of what stands there, of other forms of it, or where nothing is near', () => {
    expect(corrections('gaussian splattings garden')).toEqual([]);
    expect(corrections('quokka')).toEqual([]);
  });
});

describe('a phrase', () => {
  const index = indexWith([
    ...OTHERS,
    paperNo(1, { title: 'Deep research with small models' }),
    paperNo(2, { title: 'Research of the deep' }),
    paperNo(3, { title: 'Fine-tuning' }),
    paperNo(4, { title: 'Deep', abstract: 'Research.' }),
  ]);

  it.each([
    ['"deep research"', [1]],
    ['"deep research', [1]],
    ['“deep research”', [1]],
    ['"research models"', []],
    ['"finetuning"', [3]],
    ['"fine tuning"', [3]],
    ['"deep research" small', [1]],
    ['"deep research" hills', [1]],
    ['"deep research" topic:audio', []],
    ['deep -"deep research"', [2, 4]],
  ])('%s finds %j', (query, ids) => {
    expect(found(index, query).sort()).toEqual(ids);
  });

  it('lets the last word before it be half typed', () => {
    expect(found(index, '"deep research" mode')).toEqual([1]);
  });
});

describe('what is no word', () => {
  const index = indexWith([...OTHERS, paperNo(1, { title: 'Quokka' })]);

  it.each(['', ' ', '""', '"', '-', '- -', '!!!', '"!!!"', '-"!!!"', '🧠', 'ͺ', '"ͺ"', 'ﾞ'])(
    '%j finds nothing',
    (query) => {
      expect(index.find(parseQuery(query), FIRST_TEN)).toEqual({ hits: [], hasMore: false, corrections: [] });
    },
  );

  it('does not hide what the words find', () => {
    expect(found(index, 'quokka - "…" 🦘')).toEqual([1]);
  });

  it('is a word all the same when there are no others', () => {
    expect(found(index, 'of the').length).toBeGreaterThan(0);
  });
});
