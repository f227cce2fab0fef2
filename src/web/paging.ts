import type { Context } from 'hono';
import type { Page } from '../domain/page.ts';
import { type Html, html } from '../html.ts';
import { type Site, showFault } from './answers.ts';

/** Nobody turns more pages; better words lead there faster. */
const MAX_PAGE = 100;

/** The page that was asked for, from 1; undefined for what is none. */
export function askedPage(context: Context, limit: number): (Page & { number: number }) | undefined {
  const given = context.req.query('page') ?? '1';
  const number = /^[1-9]\d{0,2}$/.test(given) ? Number(given) : 0;
  if (number < 1 || number > MAX_PAGE) return undefined;
  return { number, limit, offset: (number - 1) * limit };
}

/** Says how pages are numbered. */
export async function showPageFault(context: Context, site: Site, first: string): Promise<Response> {
  const given = context.req.query('page') ?? '';
  const sentence = `There is no page “${given.slice(0, 20)}” here. Pages are numbered from 1, and end at ${MAX_PAGE} at the latest.`;
  return await showFault(context, site, { sentence, wayOn: firstPage(first) });
}

export function firstPage(path: string): Html {
  return html`<p><a class="button" href="${path}">First page</a></p>`;
}

/** Links to the page before and the page after; nothing where neither is. `pathOf` gives the address of a page. */
export function turnPages(number: number, hasMore: boolean, pathOf: (page: number) => string): Html {
  const isLast = !hasMore || number >= MAX_PAGE;
  if (number === 1 && isLast) return html``;
  const back =
    number > 1 && html`<a class="button" rel="prev" href="${pathOf(number - 1)}">← Page ${number - 1}</a>`;
  const more =
    !isLast && html`<a class="button" rel="next" href="${pathOf(number + 1)}">Page ${number + 1} →</a>`;
  return html`<nav class="turn" aria-label="Pages">${back}<span class="muted">Page ${number}</span>${more}</nav>`;
}

/** The address of a page of something; the first one has no number. */
export function pagePath(path: string, number: number): string {
  if (number === 1) return path;
  return `${path}${path.includes('?') ? '&' : '?'}page=${number}`;
}
