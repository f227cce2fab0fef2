import { describe, expect, it } from 'vitest';
import type { Listing } from '../../../src/domain/listing.ts';
import { complete } from '../../../src/sources/hugging-face/complete.ts';
import { readHydration, readPaperHydration } from '../../../src/sources/hugging-face/hydration.ts';
import { readMarkup, readPaperMarkup } from '../../../src/sources/hugging-face/markup.ts';
import { agrees, claimOfAddress } from '../../../src/sources/hugging-face/page.ts';
import { guarded } from '../../../src/sources/hugging-face/shape.ts';
import { readCount } from '../../../src/sources/hugging-face/sight.ts';
import { aPaper } from '../../fixtures/papers.ts';

const FRIDAY: Listing = { kind: 'daily', key: '2026-08-21' };
const WEEK: Listing = { kind: 'weekly', key: '2026-W34' };
const MONTH: Listing = { kind: 'monthly', key: '2026-08' };
const NOW: Listing = { kind: 'trending', key: 'now' };
const SEARCH: Listing = { kind: 'search', key: 'boats' };
const url = 'https://huggingface.co/papers/date/2026-08-21';
const codes = ({ warnings }: { warnings: readonly { code: string }[] }) => warnings.map(({ code }) => code);

const CARD = '<h3><a href="/papers/2608.00001">Invented paper</a></h3>';
const escaped = (props: object) => JSON.stringify(props).replaceAll('"', '&quot;');
const ENTRY = { paper: { id: '2608.00001', title: 'Invented paper', upvotes: 3 } };

describe('the data of a page', () => {
  const page = (props: object, rest = '') => ({
    url,
    html: `<i data-props="{}"></i><b><i data-props="${escaped({ deep: { dailyPapers: 1 } })}"></i><u data-x data-props="${escaped(props)}" data-target="Renamed">${rest}</u></b>`,
  });

  it('is found by what it holds, whatever the element is called', () => {
    const { papers, warnings } = readHydration(
      page({ dateString: '2026-08-21', dailyPapers: [ENTRY] }),
      FRIDAY,
    );
    expect(papers).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it.each<[object, Listing, string[] | undefined]>([
    [{ date: '2026-08-21T00:00:00.000Z' }, FRIDAY, []],
    [{ date: '2026-08-20T00:00:00.000Z' }, FRIDAY, ['other-period']],
    [{ dateString: '2026-08-21', periodType: 'week' }, FRIDAY, ['other-period']],
    [{ dateString: '2026-08-19', periodType: 'week' }, WEEK, []],
    [{ dateString: '2026-W34', periodType: 'week' }, WEEK, []],
    [{ dateString: '2026-W33', periodType: 'week' }, WEEK, ['other-period']],
    [{ dateString: '2026-08-19' }, WEEK, []],
    [{ dateString: '2026-08-31', periodType: 'month' }, MONTH, []],
    [{ dateString: '2026-07-31', periodType: 'month' }, MONTH, ['other-period']],
    [{ periodType: 'day' }, FRIDAY, ['undated']],
    [{ periodType: 'fortnight', date: 7 }, FRIDAY, ['undated']],
    [{ isTrending: true }, NOW, []],
    [{ isTrending: true }, FRIDAY, ['other-period']],
    [{ dateString: '2026-08-21', periodType: 'day' }, NOW, ['other-period']],
    [{ dateString: '2026-08-21' }, NOW, []],
    [{ dateString: '2026-08-21', periodType: 'day' }, SEARCH, []],
  ])('with %o is, for %o: %o', (told, listing, expected) => {
    const address = listing.kind === 'daily' ? url : 'https://huggingface.co/papers';
    const finding = readHydration({ ...page({ ...told, dailyPapers: [ENTRY] }), url: address }, listing);
    expect(codes(finding)).toEqual(expected);
    expect(finding.papers).toHaveLength(expected?.includes('other-period') ? 0 : 1);
  });

  it('of a page that we were led to is of another period', () => {
    const led = { ...page({ dailyPapers: [ENTRY] }), url: 'https://huggingface.co/papers/date/2026-08-20' };
    expect(codes(readHydration(led, FRIDAY))).toEqual(['other-period']);
  });

  it.each([
    ['', 'data-props'],
    [`<i data-props='{"dailyPapers":[}'></i>`, 'data-props'],
    [`<i data-props='["dailyPapers"]'></i>`, 'data-props'],
    [`<i data-props='{"dailyPapers":{"0":1}}'></i>`, 'dailyPapers'],
    [`<i data-props='{"dailyPapers":[{"work":1}]}'></i>`, 'dailyPapers[0].paper'],
  ])('of an unknown shape says where: %s', (html, path) => {
    expect(() => readHydration({ url, html }, FRIDAY)).toThrow(
      expect.objectContaining({ code: 'source-format', way: 'hydration', path }),
    );
  });

  it('of a paper says where it cannot be read', () => {
    const html = `<i data-props="${escaped({ paper: { id: '2608.00001', upvotes: 1 } })}"></i>`;
    expect(() => readPaperHydration({ url, html })).toThrow(expect.objectContaining({ path: 'paper.title' }));
  });
});

describe('the cards of a page', () => {
  const read = (html: string, listing = FRIDAY, address = url) => readMarkup({ url: address, html }, listing);

  it('may have the heading around the link or inside it', () => {
    const html = `${CARD}<a href="https://huggingface.co/papers/2608.00002"><div><h4>Another <em>one</em></h4></div></a>`;
    expect(read(html).papers.map(({ id, title }) => [id, title])).toEqual([
      ['2608.00001', 'Invented paper'],
      ['2608.00002', 'Another one'],
    ]);
  });

  it('are told from links that are none', () => {
    const html = `${CARD}<h3><a href="/papers/trending">Trending</a><a>x</a><a href="http://[">y</a><a href="/papers/2608.00003">  </a></h3><a href="/papers/2608.00004">no heading</a><script>"${CARD}"</script><!-- ${CARD} -->`;
    expect(read(html).papers).toHaveLength(1);
  });

  it('have the votes behind their check box, where no link tells them', () => {
    const card = (id: string, votes: string) =>
      `<article><a href="/papers/${id}"><img></a><label><input type="checkbox"><svg></svg>Upvote <div class="leading-none">${votes}</div></label><h3><a href="/papers/${id}">Invented</a></h3><span>40.1k</span></article>`;
    const html = [
      card('2608.00001', '94'),
      card('2608.00002', '3.29k'),
      card('2608.00003', '-'),
      `<article><input type="checkbox">7<h3><a href="/papers/2608.00004">a</a><a href="/papers/2608.00005">b</a></h3></article>`,
      '<article><input type="checkbox">9</article>',
      '<article><input type="text">9<h3><a href="/papers/2608.00006">c</a></h3></article>',
    ].join('');
    expect(read(html).papers.map(({ upvotes }) => upvotes)).toEqual([94, 3290, 0, 0, 0, 0]);
  });

  it('have comments where a number links to the discussion', () => {
    const html = `${CARD}<a href="/papers/2608.00001#community">1,204</a><a href="/papers/2608.00001#community">none</a>`;
    expect(read(html).papers[0]?.comments).toBe(1204);
  });

  it.each<[string, Listing, string[]]>([
    ['<time datetime="2026-08-21T00:00:00.000Z"></time>', FRIDAY, []],
    ['<time datetime="2026-08-20T00:00:00.000Z"></time>', FRIDAY, ['other-period']],
    ['<time></time>', FRIDAY, ['undated']],
    [`${CARD}<time datetime="2020-01-01"></time>`, FRIDAY, ['undated']],
    ['<link rel="canonical" href="https://huggingface.co/papers/date/2026-08-21">', FRIDAY, []],
    ['<link rel="canonical" href="https://huggingface.co/papers/date/2026-08-19">', FRIDAY, ['other-period']],
    ['<link rel="stylesheet" href="https://huggingface.co/papers/date/2026-08-19">', FRIDAY, ['undated']],
    ['<meta property="og:url" content="https://huggingface.co/papers/week/2026-W34">', WEEK, []],
    ['<meta property="og:url" content="https://huggingface.co/papers">', FRIDAY, ['undated']],
    [`<i data-props='{"dateString":"2026-08-21","works":[]}'></i>`, FRIDAY, []],
    [`<i data-props='{"dateString":"2026-07-01","periodType":"month"}'></i>`, MONTH, ['other-period']],
    ['', NOW, []],
  ])('with %s are, for %o: %o', (told, listing, expected) => {
    expect(codes(read(told + CARD, listing, 'https://huggingface.co/papers'))).toEqual(expected);
  });

  it('that are missing are an unknown shape, but for a search', () => {
    expect(() => read('<p>nothing</p>')).toThrow(expect.objectContaining({ path: 'h3 a', way: 'markup' }));
    expect(() => read('<title>Sign in</title>', SEARCH)).toThrow(expect.objectContaining({ path: 'h3 a' }));
    expect(read('<title>Daily Papers - Hugging Face</title>', SEARCH).papers).toEqual([]);
  });
});

describe('the page of a paper', () => {
  it('has its title in the first main heading', () => {
    const html =
      '<h2>no</h2><h1>An <b>invented</b> paper</h1><h1>x</h1><a href="/login?next=%2Fpapers%2F2608.00001">Upvote 12</a>';
    expect(readPaperMarkup({ url, html }, '2608.00001')).toMatchObject({
      title: 'An invented paper',
      upvotes: 12,
    });
    expect(readPaperMarkup({ url, html: '<h1>Untold</h1>' }, '2608.00001').upvotes).toBe(0);
    expect(() => readPaperMarkup({ url, html: '<h2>x</h2>' }, '2608.00001')).toThrow(
      expect.objectContaining({ path: 'h1' }),
    );
  });
});

describe('counts', () => {
  it.each([
    ['94', 94],
    [' Upvote 566 ', 566],
    ['1,204', 1204],
    ['3.29k', 3290],
    ['110K', 110_000],
    ['1.1M', 1_100_000],
    ['-', 0],
    ['Upvote -', 0],
    ['Upvote', undefined],
    ['', undefined],
    ['12 authors', undefined],
  ])('%j is %j', (text, count) => {
    expect(readCount(text)).toBe(count);
  });
});

describe('addresses', () => {
  it.each([
    ['/papers/date/2026-08-07', { kind: 'daily', key: '2026-08-07' }],
    ['https://huggingface.co/papers?date=2024-08-01', { kind: 'daily', key: '2024-08-01' }],
    ['/papers/week/2026-W34/', { kind: 'weekly', key: '2026-W34' }],
    ['/papers/month/2026-08', { kind: 'monthly', key: '2026-08' }],
    ['/mirror/papers/trending', { kind: 'trending' }],
    ['/papers', undefined],
    ['/papers/2608.00001', undefined],
    ['/papers/year/2026', undefined],
    ['/other?date=2024-08-01', undefined],
    ['http://[', undefined],
  ])('%s tells %o', (address, claim) => {
    expect(claimOfAddress(address)).toEqual(claim);
  });

  it('tell nothing of a search', () => {
    expect(agrees(SEARCH, { kind: 'daily', key: '2026-08-21' })).toBeUndefined();
  });
});

describe('mistakes of our own', () => {
  it('in a parser are told as an unknown shape', () => {
    const cause = new RangeError('too deep');
    const stumble = (thrown: unknown) => () =>
      guarded('markup', () => {
        throw thrown;
      });
    expect(stumble(cause)).toThrow(expect.objectContaining({ code: 'source-format', path: '', cause }));
    expect(stumble('text')).toThrow(/text/);
  });

  it('while completing are not hidden', async () => {
    const arxiv = { papers: () => Promise.reject(new TypeError('mistake')) };
    await expect(complete([aPaper({ id: '2608.00001' })], { arxiv })).rejects.toThrow(TypeError);
  });
});
