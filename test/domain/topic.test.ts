import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS, isEmoji, slugOf } from '../../src/domain/topic.ts';

describe('the built-in topics', () => {
  it('are twenty, each with a slug, an emoji and words of its own', () => {
    for (const property of ['slug', 'name', 'emoji', 'meaning'] as const)
      expect(new Set(BUILT_IN_TOPICS.map((topic) => topic[property])).size, property).toBe(20);
  });

  it.each(BUILT_IN_TOPICS)('$slug is named so that its name gives its slug', ({ slug, name, emoji }) => {
    expect(slugOf(name)).toBe(slug);
    expect(isEmoji(emoji)).toBe(true);
  });
});

describe('slugOf', () => {
  it.each([
    ['Protein design', 'protein-design'],
    ['  Åse & Łódź!  ', 'ase-łodz'],
    ['C++', 'c'],
    ['3D', '3d'],
    ['大模型', '大模型'],
    ['a--b__c', 'a-b-c'],
    ['…', ''],
    ['', ''],
  ])('of %j is %j', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('is final', () => {
    for (const name of ['Protein design', 'Åse', '大模型', 'a–b'])
      expect(slugOf(slugOf(name))).toBe(slugOf(name));
  });
});

describe('isEmoji', () => {
  it.each([
    '🧠',
    '👁️',
    '👩‍🔬',
    '🇳🇴',
    '👍🏽',
    '3️⃣',
    ':party_parrot:',
    ':+1:',
    '<:quokka:123456789>',
    '<a:hop:1234567890123>',
  ])('takes %s', (text) => expect(isEmoji(text)).toBe(true));

  it.each(['', 'a', '3', '🧠🧠', '🧠 ', 'party', ':par ty:', '<:quokka:>', '<@123456789>', '::', '!'])(
    'does not take %j',
    (text) => expect(isEmoji(text)).toBe(false),
  );
});
