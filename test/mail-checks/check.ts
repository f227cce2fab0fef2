import { parsed } from './parsed.ts';
import type { WholeMail } from './whole.ts';

/** Gmail hides what is beyond (https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html, 2026-11). */
const MOST_BYTES = 102_400;
/** Of all style that Gmail obeys (https://github.com/hteumeuleu/email-bugs/issues/90, 2026-11). */
const MOST_STYLE = 16_384;
/** Of one line as it is sent (RFC 5322, 2.1.1), which a subject keeps also where it is not folded. */
const MOST_SUBJECT = 200;

/** What mail programs would refuse, hide or not show well in a mail; empty for a good one. */
export function checkMail({ subject, html, text }: WholeMail): string[] {
  return [...subjectProblems(subject), ...htmlProblems(html), ...textProblems(text)];
}

function subjectProblems(subject: string): string[] {
  return [
    ...unless(subject.trim() !== '', 'no subject'),
    ...unless(
      !/\p{Cc}|\u2028|\u2029/u.test(subject),
      `a subject of several lines: ${JSON.stringify(subject)}`,
    ),
    ...unless(subject.length <= MOST_SUBJECT, `a subject of ${subject.length} characters`),
    ...unless(subject.isWellFormed(), 'a subject with half a surrogate pair'),
  ];
}

function htmlProblems(html: string): string[] {
  const $ = parsed(html);
  const has = (selector: string) => $(selector).length > 0;
  const style = $('style').text();
  const bytes = Buffer.byteLength(html);
  return [
    ...unless(bytes <= MOST_BYTES, `${bytes} bytes of HTML`),
    ...unless(html.isWellFormed(), 'HTML with half a surrogate pair'),
    ...unless(/^\s*<!doctype html>/i.test(html), 'no doctype'),
    ...unless(html.trimEnd().endsWith('</html>'), 'an end that is missing'),
    ...unless(has('html[lang="en"]'), 'no language'),
    ...unless($('title').text().trim() !== '', 'no title'),
    ...unless(has('meta[name="viewport"][content*="width=device-width"]'), 'no viewport'),
    ...unless(has('meta[name="color-scheme"][content="light dark"]'), 'no color-scheme'),
    ...unless(
      has('meta[name="supported-color-schemes"][content="light dark"]'),
      'no supported-color-schemes',
    ),
    ...unless(style.includes('prefers-color-scheme: dark'), 'no dark colours'),
    ...unless(style.length <= MOST_STYLE, `${style.length} characters of style`),
    ...unless($('table:not([role="presentation"])').length === 0, 'a table that is read as one'),
    ...$('img')
      .toArray()
      .flatMap((image) => imageProblems(image.attribs)),
  ];
}

/** One with a size of its own moves nothing when it comes, and one that nobody sees counts who reads. */
function imageProblems({ src = '', alt = '', width = '', height = '' }: Record<string, string>): string[] {
  return [
    ...unless(alt.trim() !== '', `an image without words: ${src}`),
    ...unless(src.startsWith('https://'), `an image at "${src}"`),
    ...unless(Number(width) >= 32 && Number(height) >= 32, `an image of ${width} by ${height}`),
  ];
}

function textProblems(text: string): string[] {
  return [
    ...unless(text.trim() !== '', 'no text'),
    ...unless(!/[^\P{Cc}\n]/u.test(text), 'text with control characters'),
    ...unless(text.isWellFormed(), 'text with half a surrogate pair'),
  ];
}

export function unless(isWell: boolean, problem: string): string[] {
  return isWell ? [] : [problem];
}
