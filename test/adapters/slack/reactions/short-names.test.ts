import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emojiOf, shortNameOf } from '../../../../adapters/slack/reactions/short-names.ts';
import { emojiKey } from '../../../../src/domain/emoji.ts';
import { SAVE_EMOJI } from '../../../../src/domain/reaction.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';

/** By the topics' order, as Slack's own picker shows them. */
const TOPIC_NAMES = [
  'brain',
  'abacus',
  'robot_face',
  'jigsaw',
  'eye',
  'art',
  'clapper',
  'ice_cube',
  'headphones',
  'mechanical_arm',
  'video_game',
  'computer',
  'mag_right',
  'zap',
  'weight_lifter',
  'shield',
  'bar_chart',
  'microscope',
  'dna',
  'earth_africa',
];

const OTHERS: readonly [emoji: string, name: string][] = [
  ['👍', '+1'],
  ['👎', '-1'],
  ['❤️', 'heart'],
  ['🚀', 'rocket'],
  ['🎉', 'tada'],
  ['👋', 'wave'],
  ['🧪', 'test_tube'],
  ['🔥', 'fire'],
  ['🙏', 'pray'],
  ['👀', 'eyes'],
  ['✅', 'white_check_mark'],
  ['☑️', 'ballot_box_with_check'],
  ['🏳️‍🌈', 'rainbow-flag'],
  ['🇩🇪', 'de'],
  ['🇫🇷', 'fr'],
  ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', 'flag-scotland'],
  ['#️⃣', 'hash'],
  ['1️⃣', 'one'],
  ['💯', '100'],
  ['👩‍🔬', 'female-scientist'],
  ['🧑‍💻', 'technologist'],
  ['☕', 'coffee'],
  ['🦙', 'llama'],
  ['🐍', 'snake'],
  ['📈', 'chart_with_upwards_trend'],
  ['📄', 'page_facing_up'],
  ['💡', 'bulb'],
  ['🧵', 'thread'],
  ['⚙️', 'gear'],
  ['🛰️', 'satellite'],
  ['🕸️', 'spider_web'],
  ['🫠', 'melting_face'],
  ['🐦‍🔥', 'phoenix'],
  ['😶‍🌫️', 'face_in_clouds'],
  ['↔️', 'left_right_arrow'],
  ['™️', 'tm'],
];

describe('the short names', () => {
  it.each([
    ...BUILT_IN_TOPICS.map(({ emoji }, index): [string, string] => [emoji, TOPIC_NAMES[index] ?? '']),
    [SAVE_EMOJI, 'bookmark'] as [string, string],
    ...OTHERS,
  ])('of %s is %s, and back', (emoji, name) => {
    expect(shortNameOf(emoji)).toBe(name);
    expect(emojiOf(name)).toBe(emoji);
    expect(shortNameOf(emoji.replaceAll('\uFE0F', ''))).toBe(name);
  });

  it.each([
    ['thumbsup', '👍'],
    ['thumbsdown', '👎'],
    ['hocho', '🔪'],
    ['knife', '🔪'],
    ['flag-de', '🇩🇪'],
    ['satisfied', '😆'],
    ['wave::skin-tone-3', '👋'],
    ['thumbsup::skin-tone-6', '👍'],
    ['people_holding_hands::skin-tone-2-3', '🧑‍🤝‍🧑'],
    [':robot_face:', '🤖'],
  ])('that people may see instead mean the same: %s is %s', (name, emoji) => {
    expect(emojiOf(name)).toBe(emoji);
  });

  it('of an emoji with a skin tone is that of the emoji', () => {
    expect(shortNameOf('👋🏽')).toBe('wave');
    expect(shortNameOf('🏋🏿')).toBe('weight_lifter');
  });

  it('of a team’s own emoji stay what they are', () => {
    expect(emojiOf('llamadance')).toBe(':llamadance:');
    expect(emojiOf('partyparrot::skin-tone-2')).toBe(':partyparrot:');
    expect(shortNameOf(':llamadance:')).toBe('llamadance');
    expect(shortNameOf(':llamadance::skin-tone-2:')).toBe('llamadance');
  });

  it.each(['', 'a', '<:llama:123456789012>', ':not one:', '::', '🏽'])('of %j is none', (text) => {
    expect(shortNameOf(text)).toBeUndefined();
  });

  it('lead back to what they came from, whatever Slack tells', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9_+'-]{1,40}$/), (name) => {
        const emoji = emojiOf(name);
        const back = shortNameOf(emoji);
        expect(back === undefined ? emojiKey(emoji) : emojiKey(emojiOf(back))).toBe(emojiKey(emoji));
      }),
    );
  });
});
