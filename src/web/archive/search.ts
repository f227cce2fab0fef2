import type { Context } from 'hono';
import { type PaperId, parsePaperId } from '../../domain/paper.ts';
import { type Html, html } from '../../html.ts';
import { paperPath, said } from '../../paper-html.ts';
import { plain } from '../../text/line.ts';
import { textsFor } from '../../texts/index.ts';
import type { PapersView } from '../../view.ts';
import { type Site, show, showFault } from '../answers.ts';
import { askedPage, firstPage, pagePath, showPageFault, turnPages } from '../paging.ts';
import { alternatesOf, DAILY, type Syndicated, subscribeLine } from '../syndicated.ts';
import { MAX_QUERY } from '../syndication/select.ts';
import { paperList, type Topical } from './papers.ts';
import type { ArchiveParts } from './parts.ts';
import { searchForm } from './search-form.ts';
import { searchPath } from './search-path.ts';

const { search: SAY, listing: LISTING } = textsFor(undefined);
const PAPERS_SHOWN = 20;
/** As a command takes it. */
const MAX_LENGTH = 500;
const NO_SUBSCRIPTION = html`<p class="subscribe muted">Only a search of at most ${MAX_QUERY} characters can be subscribed to: leave words out.</p>`;

/** The form, and a page of what a query finds. Who types an id goes to that paper. */
export async function showSearch(context: Context, parts: ArchiveParts): Promise<Response> {
  const { site, archive } = parts;
  const query = plain(context.req.query('q') ?? '');
  if (query === '') return await showForm(context, site);
  if (query.length > MAX_LENGTH) {
    const sentence = SAY.tooLong(MAX_LENGTH, query.length);
    return await showFault(context, site, {
      title: 'Search',
      sentence,
      status: 400,
      wayOn: searchForm(query.slice(0, MAX_LENGTH)),
    });
  }
  const id = parsePaperId(query);
  if (id !== undefined) return goToPaper(context, id);
  const asked = askedPage(context, PAPERS_SHOWN);
  if (!asked) return await showPageFault(context, site, searchPath(query));
  const { number, ...page } = asked;
  const view = await archive.search(query, page);
  if (view.papers.length === 0 && number > 1) return await showEnd(context, site, query, number);
  return await showFound(context, { query, number, view }, parts);
}

function goToPaper(context: Context, id: PaperId): Response {
  context.header('Cache-Control', 'no-store');
  return context.redirect(paperPath(id));
}

async function showForm(context: Context, site: Site): Promise<Response> {
  return await show(context, site, {
    title: 'Search',
    here: 'search',
    path: '/search',
    description: 'Search every AI paper that was ever on the daily lists.',
    alternates: alternatesOf(DAILY),
    caching: 'public',
    body: html`<h1>Search</h1>\n<p class="lead">Every paper that was ever on a list that was read here.</p>\n${searchForm('')}`,
  });
}

async function showEnd(context: Context, site: Site, query: string, number: number): Promise<Response> {
  const sentence = `${LISTING.noMore} What was found for “${query}” ends before page ${number}.`;
  return await showFault(context, site, { sentence, wayOn: firstPage(searchPath(query)) });
}

interface Found {
  query: string;
  /** Of the page. */
  number: number;
  view: PapersView;
}

async function showFound(context: Context, found: Found, { site, archive }: ArchiveParts): Promise<Response> {
  const { query, number } = found;
  const syndicated = syndicatedOf(query);
  return await show(context, site, {
    title: number === 1 ? SAY.title(query) : `${SAY.title(query)}, page ${number}`,
    here: 'search',
    path: pagePath(searchPath(query), number),
    description: `AI papers found for “${query}” in the archive of the daily lists.`,
    isUnlisted: true,
    alternates: syndicated ? alternatesOf(syndicated) : [],
    caching: 'public',
    body: foundBody(found, syndicated, archive),
  });
}

/** Undefined for a query that is too long to subscribe to. */
function syndicatedOf(query: string): Syndicated | undefined {
  if (query.length > MAX_QUERY) return undefined;
  return { title: `Papers for “${query}”`, path: '/feeds/search', query: `?q=${encodeURIComponent(query)}` };
}

function foundBody(
  { query, number, view }: Found,
  syndicated: Syndicated | undefined,
  archive: Topical,
): Html {
  const papers = view.papers.map(({ paper }) => paper);
  const counted = LISTING.papers(papers.length);
  const shown = view.hasMore ? SAY.andMore(counted) : counted;
  const start = (number - 1) * PAPERS_SHOWN + 1;
  return html`<h1>Search</h1>
${searchForm(query)}
${notesOf(view).map((note) => html`<p class="notice">${said(note)}</p>\n`)}
${papers.length === 0 && html`<p class="notice">${SAY.none}</p>`}
${papers.length > 0 && html`<p class="lead">${number === 1 ? shown : SAY.page(number, shown)}.</p>\n${syndicated ? subscribeLine(syndicated) : NO_SUBSCRIPTION}\n${paperList(papers, { archive, level: 2, start, hasDays: true })}`}
${turnPages(number, view.hasMore, (page) => pagePath(searchPath(query), page))}`;
}

/** What the reader should know of the answer. */
function notesOf({ corrections, unread, isComplete }: PapersView): string[] {
  return [
    ...corrections.map(({ given, taken }) => SAY.readAs(given, taken)),
    ...unread.map(unreadText),
    ...(isComplete ? [] : [SAY.notes.indexing()]),
  ];
}

function unreadText(part: string): string {
  const [, topic] = /^topic:(.*)$/.exec(part) ?? [];
  return topic === undefined ? SAY.notes['unread-filter'](part) : `There is no topic "${topic}" here.`;
}
