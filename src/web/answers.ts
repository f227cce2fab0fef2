import { etag } from 'etag';
import fresh from 'fresh';
import type { Context } from 'hono';
import { type Html, html } from '../html.ts';
import { type PageParts, page } from '../page.ts';
import { said } from '../paper-html.ts';

/** What every page needs to know of where it stands. */
export interface Site {
  /** The playground is at `/`; else the newest list is. */
  hasPlayground: boolean;
  /** The form for papers by e-mail is at `/email`. */
  hasMail?: boolean;
  /** The address that links begin with, without a slash at the end. */
  baseUrl(request: Request): string;
}

/** A page as it is shown at one address. */
export interface Shown extends Omit<PageParts, 'hasPlayground' | 'hasMail' | 'canonical'> {
  /** Where it is found, with what of the query belongs to it; absent where it is nothing to share. */
  path?: string;
  /** `public` may be kept by anybody for a minute; default for nobody. */
  caching?: 'public';
  /** Default 200. */
  status?: 200 | 400 | 404 | 500 | 503;
}

/** Sends a page, or that it has not changed. */
export async function show(context: Context, site: Site, shown: Shown): Promise<Response> {
  const { path, caching, status = 200, ...parts } = shown;
  const canonical = path === undefined ? {} : { canonical: site.baseUrl(context.req.raw) + path };
  const body = String(await page({ ...site, ...parts, ...canonical }));
  context.header('Cache-Control', caching === 'public' ? 'public, max-age=60' : 'no-store');
  if (caching !== 'public') return context.html(body, status);
  // Weak: whoever stands between may pack it otherwise.
  const tag = etag(body, { weak: true });
  context.header('ETag', tag);
  return fresh(context.req.header(), { etag: tag }) ? context.body(null, 304) : context.html(body, status);
}

/** Says in a sentence what was wrong with an address, and which way leads on. */
export async function showFault(
  context: Context,
  site: Site,
  fault: { sentence: string; title?: string; wayOn?: Html; status?: Shown['status'] },
): Promise<Response> {
  const { sentence, title = 'Not found', wayOn = html``, status = 404 } = fault;
  const body = html`<h1>${title}</h1>\n<p class="notice">${said(sentence)}</p>\n${wayOn}`;
  return await show(context, site, { title, isUnlisted: true, status, body });
}

/** What there is to see also while nothing is archived. */
export function waysWithoutPapers({ hasPlayground }: Site): Html {
  return html`<ul class="links">${hasPlayground && html`<li><a class="button" href="/">Playground</a></li>`}<li><a class="button" href="/topics">Topics</a></li></ul>`;
}

/** The newest papers and the search: what whoever is lost may want. */
export const WAYS_ON = html`<ul class="links"><li><a class="button" href="/days/newest">Newest papers</a></li><li><a class="button" href="/days">All days</a></li><li><a class="button" href="/search">Search</a></li></ul>`;
