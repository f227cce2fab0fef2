import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Pen } from './paper-lines.ts';
import { linkAddress } from './text/address.ts';
import { isolated, lineByLine, plain } from './text/line.ts';
import { shorten } from './text/shorten.ts';

export { type HtmlEscapedString, html, raw };

/** HTML that was escaped where it had to be. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as an element or a quoted attribute shows it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** What others have said, as one line of HTML that turns nothing round. */
export function inert(text: string): string {
  const line = plain(text);
  return isolated(line, escaped(line));
}

/** The same, line by line. */
export function inertLines(text: string): string {
  return lineByLine(text, inert);
}

/** `'` and `"` would end an attribute, `<` and `>` a tag; all else is escaped. */
const UNFIT_FOR_TARGET = /["'<>`\\{}^|]/g;

/** The address as a link may carry it (`linkAddress`). */
export function safeUrl(address: string | undefined, max = 2000): string | undefined {
  return linkAddress(address, { max, unfit: UNFIT_FOR_TARGET });
}

/** A link out of our pages; `label` is HTML, `url` one that `safeUrl` gave. */
export function link(label: string, url: string): string {
  return `<a href="${escaped(url)}" rel="noreferrer">${label}</a>`;
}

/** What others have said, in HTML (`paper-lines.ts`). */
export const PEN: Pen = { text: (said, room) => inert(shorten(plain(said), room)), link, url: safeUrl };
