import { readFileSync } from 'node:fs';
import { parseTemplate, type Template } from './template.ts';

/** A part of a mail: what all its readers get alike, and its end, in which the links are each reader's own. */
export interface Layout {
  letter: Template;
  end: Template;
}

/**
 * `layout.compiled` is what MJML makes of `layout.mjml`: compiled when the layout is changed, not when the bot starts, which would
 * load some hundred modules for it. Its test compares the two, and writes it anew: `npm test -- email/cards/layout -u`.
 */
export const HTML_LAYOUT: Layout = read('layout.compiled');
export const TEXT_LAYOUT: Layout = read('layout.txt');

function read(name: string): Layout {
  const source = readFileSync(new URL(name, import.meta.url), 'utf8');
  const [letter = '', end = ''] = source.split('{end}');
  return { letter: parseTemplate(letter), end: parseTemplate(end) };
}
