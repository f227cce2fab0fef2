/** Variation selectors, which some platforms send and others do not, and skin tones. */
const SHADES = /[\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}]|::skin-tone-\d/gu;

/**
 * What emoji that mean the same have in common: neither the variation selector nor the skin tone counts, nor, of one
 * that a platform has made, its name, which may change.
 */
export function emojiKey(emoji: string): string {
  const [, id] = /^<a?:\w+:(\d+)>$/.exec(emoji) ?? [];
  return id ?? emoji.replaceAll(SHADES, '');
}
