/** NEL, the two separators, vertical tab and form feed count as newlines. */
const NEWLINES = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
/** White space but the newline; U+FEFF is white space to JavaScript and nothing to a reader. */
const BLANKS = /[^\S\n\uFEFF]+/g;
/** What most text is made of, and in which only blanks in a row are to be mended. */
const SIMPLE = /^[ -~\n]*$/;
const UNSEEN = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]';
/**
 * What nobody sees. A joiner or a variation selector stays where it makes an emoji. Whether it is seen is asked first, as
 * that rules out nearly all, and what stands around it is dear to look at.
 */
const HIDDEN = new RegExp(
  [
    `(?=${UNSEEN})`,
    '(?!\\n)',
    '(?!(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D\\p{Extended_Pictographic})',
    '(?!(?<=\\p{Emoji})[\\uFE0E\\uFE0F])',
    UNSEEN,
  ].join(''),
  'gu',
);

/**
 * The text without control, zero-width, bidirectional and tag characters, soft hyphens and lone surrogates; composed
 * (NFC), every run of white space one space, newlines kept.
 */
export function visible(text: string): string {
  if (SIMPLE.test(text)) return text.includes('  ') ? text.replace(BLANKS, ' ') : text;
  return text
    .replace(NEWLINES, '\n')
    .replace(BLANKS, ' ')
    .replace(HIDDEN, '')
    .replace(BLANKS, ' ')
    .normalize('NFC');
}
