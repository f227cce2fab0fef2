import { describe, expect, it } from 'vitest';
import { emojiKey } from '../../src/domain/emoji.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';

describe('emoji that mean the same', () => {
  it.each([
    ['👁️', '👁'],
    ['🏋️', '🏋🏽'],
    ['🏋️‍♀️', '🏋🏿‍♀'],
    ['👍', '👍🏻'],
    ['🛡︎', '🛡️'],
    ['<:llama:123>', '<a:renamed:123>'],
    [':wave:', ':wave::skin-tone-3:'.replace(/:$/, ':')],
  ])('%s and %s', (one, other) => {
    expect(emojiKey(other)).toBe(emojiKey(one));
  });

  it.each([
    ['🤖', '🧠'],
    ['🏋️', '🏋️‍♀️'],
    ['<:llama:123>', '<:llama:124>'],
    [':wave:', ':wave2:'],
  ])('are not %s and %s', (one, other) => {
    expect(emojiKey(other)).not.toBe(emojiKey(one));
  });

  it('are each of one topic', () => {
    expect(new Set(BUILT_IN_TOPICS.map(({ emoji }) => emojiKey(emoji))).size).toBe(BUILT_IN_TOPICS.length);
  });
});
