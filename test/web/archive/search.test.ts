import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/domain/query.ts';
import { aPaper, somePapers } from '../../fixtures/papers.ts';
import { anArchive } from '../archive-fixture.ts';
import { BASE, openPages } from '../pages.ts';
import { archived, show } from '../syndication/kit.ts';

const PAPERS = [
  aPaper({ id: '2611.00001', title: 'Diffusion of heat', listedOn: '2026-11-23' }),
  ...somePapers(
    '2610',
    Array.from({ length: 25 }, () => 1),
  ),
];
const PAGE = { offset: 0, limit: 20 };
const ARCHIVE = anArchive({ '2026-11-23': PAPERS });
const { get, see } = openPages({ archive: ARCHIVE });

describe('the search', () => {
  it('asks first, and explains what it understands', async () => {
    const { $ } = await see('/search');
    expect($('form').attr('method')).toBe('get');
    expect($('form').attr('action')).toBe('/search');
    expect($('label').attr('for')).toBe($('input').attr('id'));
    expect($('.paper')).toHaveLength(0);
    expect($('details').attr('open')).toBeDefined();
    const examples = $('details code')
      .get()
      .map((one) => $(one).text());
    expect(examples.length).toBeGreaterThan(5);
    for (const example of examples) expect(parseQuery(example).unread, example).toBeUndefined();
  });

  it('shows what it finds, on which list it was, and keeps what was typed', async () => {
    const { $, main, headers } = await see('/search?q=Diffusion&unknown=x');
    expect($('input').attr('value')).toBe('Diffusion');
    expect($('details').attr('open')).toBeUndefined();
    expect($('.paper h2 a').text()).toBe('Diffusion of heat');
    expect($('.paper a[href="/days/2026-11-23"]')).toHaveLength(1);
    expect(main).toContain('1 paper.');
    expect($('title').text()).toBe('Search: Diffusion · Paperwire');
    expect(headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('turns pages', async () => {
    const { $, main } = await see('/search?q=Invented');
    expect(main).toContain('20 papers and more.');
    const next = $('a[rel=next]').attr('href') ?? '';
    expect(next).toBe('/search?q=Invented&page=2');
    const second = await see(next);
    expect(second.main).toContain('Page 2: 5 papers.');
    expect(second.$('.number').first().text()).toBe('21');
    expect(second.$('a[rel=prev]').attr('href')).toBe('/search?q=Invented');
    expect((await see('/search?q=Invented&page=3', 404)).main).toContain('ends before page 3');
    expect((await see('/search?q=Invented&page=0', 404)).main).toContain('There is no page “0” here.');
  });

  it('has syndication of what was asked for', async () => {
    const { $ } = await see('/search?q=a%26b%3D%22c');
    const address = '/feeds/search.atom?q=a%26b%3D%22c';
    expect($('link[rel=alternate]').first().attr('href')).toBe(address);
    expect($('link[rel=canonical]').attr('href')).toBe(`${BASE}/search?q=a%26b%3D%22c`);
  });

  it('has none of what is too long for it, and says so', async () => {
    const archive = { ...ARCHIVE, search: async () => await ARCHIVE.search('Diffusion', PAGE) };
    const { see } = openPages({ archive });
    const { app } = show(archived(PAPERS));
    const link = 'link[rel=alternate], .subscribe a';
    const fits = await see(`/search?q=${'a+'.repeat(99)}aa`);
    expect(fits.$(link)).toHaveLength(6);
    for (const one of fits.$(link).get())
      expect((await app.request(fits.$(one).attr('href') ?? '')).status).toBe(200);
    const long = await see(`/search?q=${'a+'.repeat(99)}aaa`);
    expect(long.$('.paper')).toHaveLength(1);
    expect(long.$(link)).toHaveLength(0);
    expect(long.main).toContain(
      'Only a search of at most 200 characters can be subscribed to: leave words out.',
    );
  });

  it('says what it read otherwise, and what it could not read', async () => {
    const archive = {
      ...ARCHIVE,
      search: async () => ({
        papers: [],
        hasMore: false,
        corrections: [{ given: 'difusion', taken: 'diffusion' }],
        unread: ['after:soon', 'topic:cooking'],
        isComplete: false,
      }),
    };
    const { see } = openPages({ archive });
    const { $ } = await see('/search?q=difusion');
    expect(
      $('.notice')
        .get()
        .map((one) => $(one).text()),
    ).toEqual([
      '"difusion" was read as "diffusion".',
      '"after:soon" is no filter that can be read; it was taken for words.',
      'There is no topic "cooking" here.',
      'The index of the archive is still being built; there may be more.',
      'No papers. Try other or fewer words.',
    ]);
  });

  it('goes to the paper whose id is typed', async () => {
    for (const typed of ['2611.00001', 'arXiv:2611.00001v3', 'https://arxiv.org/abs/2611.00001']) {
      const answer = await get(`/search?q=${encodeURIComponent(typed)}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, '/papers/2611.00001']);
    }
  });

  it('takes no more than a command does', async () => {
    const { $, main } = await see(`/search?q=${'a'.repeat(501)}`, 400);
    expect(main).toContain('Shorten the query to 500 characters; it has 501.');
    expect($('input').attr('value')).toHaveLength(500);
  });

  it('takes anything for a query, and gives it back unharmed', async () => {
    const { $ } = await see(`/search?q=${encodeURIComponent('"><script>alert(1)</script> \u202e')}`);
    expect($('input').attr('value')).toBe('"><script>alert(1)</script>');
    expect((await get('/search?q=%E0%A4%A')).status).toBe(200);
    expect((await see('/search?q=%00%20')).$('.paper')).toHaveLength(0);
  });
});
