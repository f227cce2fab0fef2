import { addDays, type Day, isDay, mondayOf } from '../../src/domain/calendar.ts';
import type { ServedItem } from './source-server-papers.ts';

/** How pages of a year look: the markup is our own, its peculiarities are those observed (`huggingface-papers.md` §3). */
export const PAGE_STYLES = ['2024', '2025', '2026'] as const;
export type PageStyle = (typeof PAGE_STYLES)[number];

/** What may be unlike anything known. */
export interface Strangeness {
  hydration?: boolean;
  markup?: boolean;
  /** Every third entry of the data is none. */
  nulls?: boolean;
}

/** What a list page shows. */
export interface ListPage {
  kind: 'daily' | 'weekly' | 'monthly' | 'trending' | 'search';
  key: string;
  items: readonly ServedItem[];
}

/** A list page of a year, its data and its cards made of the same papers. */
export function listPage(page: ListPage, style: PageStyle, strange: Strangeness = {}): string {
  const props = listProps(page, style, strange.nulls === true);
  const data = strange.hydration ? { entries: props.dailyPapers, view: 'papers' } : props;
  const cards = page.items.map((item) => card(item, page.kind, style, strange.markup === true)).join('\n');
  const title = page.kind === 'trending' ? 'Trending Papers' : 'Daily Papers';
  const main = `<h1 class="text-2xl"><a href="/papers">${title}</a></h1>${dateLine(page, style)}<div class="grid">${cards}</div>`;
  return document(
    `${title} - Hugging Face`,
    hydrater('DailyPapers', data, style, main),
    style,
    addressOf(page),
  );
}

/** A paper's own page. */
export function paperPage(item: ServedItem, style: PageStyle, strange: Strangeness = {}): string {
  const { paper } = item;
  const props = { comments: [], paper, upvoters: [], upvoted: false, dailyPaperRank: 0, canSubmit: false };
  const data = strange.hydration ? { work: paper } : props;
  const heading = strange.markup
    ? `<p>${escaped(paper.title)}</p>`
    : `<h1>\n  ${escaped(paper.title)}\n</h1>`;
  const main = `<div class="pb-10">${heading}${vote(paper.id, paper.upvotes, style, 'Upvote')}</div>`;
  return document(
    `Paper page - ${paper.title}`,
    hydrater('PaperContent', data, style, main),
    style,
    `/papers/${paper.id}`,
  );
}

function listProps({ kind, key, items }: ListPage, style: PageStyle, hasNulls: boolean) {
  const dailyPapers = items.map((item, index) =>
    hasNulls && index % 3 === 0 ? null : { ...item, upvoted: false },
  );
  const publisher = { fullname: 'Example Curator', user: 'example-curator', type: 'user' };
  if (kind === 'trending') return { canSubmit: false, dailyPapers, publisher, query: {}, isTrending: true };
  if (kind === 'search') return { canSubmit: false, dailyPapers, publisher, query: { q: key } };
  const day = dayOf(kind, key);
  const around = { prevDate: addDays(day, -1), nextDate: addDays(day, 1) };
  if (style === '2024')
    return { canSubmit: false, date: `${day}T00:00:00.000Z`, dailyPapers, ...around, publisher };
  const periodType = { daily: 'day', weekly: 'week', monthly: 'month' }[kind];
  return {
    canSubmit: false,
    dateString: day,
    dailyPapers,
    ...around,
    publisher,
    periodType,
    isTrending: false,
  };
}

function dayOf(kind: 'daily' | 'weekly' | 'monthly', key: string): Day {
  if (kind === 'weekly') return mondayOf(key);
  return kind === 'monthly' ? `${key}-01` : key;
}

function addressOf({ kind, key }: ListPage): string {
  const paths = {
    daily: `date/${key}`,
    weekly: `week/${key}`,
    monthly: `month/${key}`,
    trending: 'trending',
  };
  return kind === 'search' ? `/papers?q=${encodeURIComponent(key)}` : `/papers/${paths[kind]}`;
}

function dateLine({ kind, key }: ListPage, style: PageStyle): string {
  if (style !== '2024' || !isDay(key)) return '';
  return `<a href="/papers?date=${addDays(key, -1)}">Previous</a> <time datetime="${key}T00:00:00.000Z"><span>${kind}</span></time>`;
}

/** The element that carries data for scripts: order, quotes and neighbours of its attributes differ by year. */
function hydrater(name: string, props: unknown, style: PageStyle, inner: string): string {
  const json = JSON.stringify(props);
  const main = 'SVELTE_HYDRATER contents';
  if (style === '2025') {
    const quoted = json.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('<', '&lt;');
    return `<div class="${main}" data-props='${quoted}' data-target="${name}">${inner}</div>`;
  }
  const comment = style === '2026' ? ['<!--[-->', '<!---->'] : ['', ''];
  const element = `<div class="${main}" data-target="${name}" data-props="${escaped(json)}">${comment[0]}${inner}${comment[1]}</div>`;
  return style === '2026' ? `<main><section>${element}</section></main>` : `<main>${element}</main>`;
}

function card(item: ServedItem, kind: ListPage['kind'], style: PageStyle, isStrange: boolean): string {
  const { paper } = item;
  const heading = isStrange ? 'p' : 'h3';
  const title = `<${heading} class="mb-1"><a href="/papers/${paper.id}" class="cursor-pointer">${escaped(paper.title)}</a></${heading}>`;
  const image = `<a href="/papers/${paper.id}"><img src="/thumbnail.png" alt=""></a>`;
  const comments = Number(item.numComments);
  const discussion =
    comments > 0
      ? `<a href="/papers/${paper.id}#community"><svg><path d="M0 0"></path></svg> ${comments}</a>`
      : '';
  if (kind === 'trending') {
    const wide = `<div class="hidden md:flex">${image}${title}<p>${escaped(String(paper.ai_summary ?? ''))}</p><span>Published on Oct 4, 2026</span>${vote(paper.id, paper.upvotes, style, 'Upvote')}<a href="https://github.com/example-lab/x"><span>40.1k</span></a></div>`;
    const narrow = `<div class="md:hidden">${image}${title}${vote(paper.id, paper.upvotes, style, 'Upvote')}</div>`;
    return `<article>${wide}${narrow}</article>`;
  }
  const votes = vote(paper.id, paper.upvotes, style);
  const authors = `<a href="/papers/${paper.id}"><ul><li>· ${(paper.authors as unknown[] | undefined)?.length ?? 1} authors</li></ul></a>`;
  const [open, close] = style === '2025' ? ['<div class="card">', '</div>'] : ['<article>', '</article>'];
  return `${open}${image}<div>Submitted by member</div>${votes}${title}${authors}${discussion}${close}`;
}

/** The vote button: a link to the login page and back. Nobody's vote shows as a dash in 2025 and later. */
function vote(id: string, upvotes: number, style: PageStyle, word = ''): string {
  const shown = upvotes === 0 && style !== '2024' ? '-' : abbreviated(upvotes);
  const box = `<input disabled type="checkbox" class="peer hidden"><svg></svg>${word} <div class="leading-none">${shown}</div>`;
  return `<a href="/login?next=%2Fpapers%2F${id}" class="self-start"><label>${box}</label></a>`;
}

/** `110k`, `3.29k`, as the site abbreviates. */
export function abbreviated(count: number): string {
  return count < 1000 ? String(count) : `${Number((count / 1000).toPrecision(3))}k`;
}

function document(title: string, body: string, style: PageStyle, address: string): string {
  // Until 2024 the address of every list page was the bare one.
  const shown = style === '2024' && !/\d{4}\.\d/.test(address) ? '/papers' : address;
  const head = `<meta charset="utf-8"><meta property="og:url" content="https://huggingface.co${escaped(shown)}"><title>${escaped(title)}</title><script>window.x = "<h3><a href='/papers/1234.00001'>no</a></h3>";</script>`;
  const header = hydrater('MainHeader', { isWide: false }, style, '<header><a href="/">Home</a></header>');
  return `<!doctype html>\n<html><head>${head}</head><body class="DailyPapersPage">${header}${body}</body></html>\n`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
