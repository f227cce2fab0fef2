import { readFileSync } from 'node:fs';
import { type CheerioAPI, load } from 'cheerio';
import { unless } from './check.ts';
import { parsed } from './parsed.ts';
import type { WholeMail } from './whole.ts';

/** What nobody sees and what turns text round; the two isolating signs are looked at by themselves. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2067\ufeff\u{e0000}-\u{e007f}]/u;
/** What names a host by itself, or an address. */
const NAMES_HOST = /\/\/|\bwww\.|^\s*\S+\.\p{L}{2,}\/?\s*$|[\p{L}\d-]\.\p{L}{2,}\//iu;
/** Attributes whose values are not the layout's own. */
const FILLED = new Set(['href', 'src', 'alt', 'aria-label']);

/** All markup that there may be: that of the layout. */
interface Markup {
  /** An element with the names and values of its attributes. */
  elements: Set<string>;
  comments: Set<string>;
  styles: Set<string>;
}

const OURS = markupOf(
  load(readFileSync(new URL('../../adapters/email/cards/layout.compiled', import.meta.url), 'utf8')),
);

/**
 * What acts in a mail but our own layout: markup, script, style, a forged link, another header, what nobody sees; empty
 * when nothing does.
 */
export function checkInert({ subject, html, text }: WholeMail): string[] {
  const $ = parsed(html);
  return [
    ...lineProblems(subject),
    ...markupProblems(markupOf($)),
    ...linkProblems($),
    ...textsIn($).flatMap(lineProblems),
    ...text.split('\n').flatMap(lineProblems),
  ];
}

function markupOf($: CheerioAPI): Markup {
  const all = $.root().find('*').toArray();
  const nodes = [...$.root().contents().toArray(), ...$('*').contents().toArray()];
  return {
    elements: new Set(all.map(({ name, attribs }) => `<${name}${attributesOf(attribs)}>`)),
    comments: new Set(nodes.flatMap((node) => (node.type === 'comment' ? [node.data] : []))),
    styles: new Set(
      $('style')
        .toArray()
        .map((one) => $(one).text()),
    ),
  };
}

function attributesOf(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${FILLED.has(name) ? '' : value}"`)
    .sort()
    .join('');
}

function markupProblems({ elements, comments, styles }: Markup): string[] {
  return [
    // The code has its link among the figures, which no layout holds.
    ...[...elements]
      .filter((one) => !OURS.elements.has(one) && one !== '<a href="" rel="noreferrer">')
      .map((one) => say('has an element of others', one)),
    ...[...comments].filter((one) => !OURS.comments.has(one)).map((one) => say('has a comment', one)),
    ...[...styles].filter((one) => !OURS.styles.has(one)).map((one) => say('has a style', one)),
  ];
}

function linkProblems($: CheerioAPI): string[] {
  const links = $('a').toArray();
  const images = $('img').toArray();
  return [
    ...links.flatMap((link) => labelProblems($(link).text())),
    ...links.flatMap(({ attribs }) => urlProblems(attribs.href ?? '')),
    ...images.flatMap(({ attribs }) => urlProblems(attribs.src ?? '')),
  ];
}

function labelProblems(text: string): string[] {
  const label = text.replace(/[\u2068\u2069]/g, '');
  return [
    ...unless(label.trim() !== '', say('has a link that nobody sees', text)),
    ...unless(!NAMES_HOST.test(label.normalize('NFKC')), say('has a link that names', label)),
  ];
}

/**
 * What stands in elements and in attributes that are read out, each piece by itself; line breaks are the layout's, and nobody
 * sees them.
 */
function textsIn($: CheerioAPI): string[] {
  const nodes = $('*').not('style').contents().toArray();
  const texts = nodes.flatMap((node) => (node.type === 'text' ? [node.data.replaceAll('\n', ' ')] : []));
  const spoken = $('[alt], [aria-label]').toArray();
  return [...texts, ...spoken.flatMap(({ attribs }) => [attribs.alt ?? '', attribs['aria-label'] ?? ''])];
}

function urlProblems(address: string): string[] {
  const url = URL.parse(address);
  const isSafe = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return unless(
    isSafe && /^[\x21-\x7e]+$/.test(address) && !/[<>"'`]/.test(address),
    say('leads somewhere else', address),
  );
}

function lineProblems(line: string): string[] {
  const isHidden = HIDDEN.test(line.replace(/[\u2068\u2069]/g, ''));
  return [...(isHidden ? [say('hides something', line)] : []), ...isolationProblems(line)];
}

/** What isolates right-to-left text ends where it begins. */
function isolationProblems(line: string): string[] {
  let depth = 0;
  for (const sign of line.match(/[\u2068\u2069]/g) ?? []) {
    depth += sign === '\u2068' ? 1 : -1;
    if (depth < 0 || depth > 1) return [say('is isolated crookedly', line)];
  }
  return depth === 0 ? [] : [say('is isolated crookedly', line)];
}

function say(what: string, where: string): string {
  return `It ${what}: ${JSON.stringify(where).slice(0, 600)}`;
}
