import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { StoreError } from '../../src/errors.ts';
import { aPaper } from '../fixtures/papers.ts';
import { anArchive } from './archive-fixture.ts';
import { BASE, openPages } from './pages.ts';

const FULL = aPaper({
  id: '2611.00001',
  title: 'Language agents & tools',
  upvotes: 1234,
  abstract: 'We build agents that use tools.\nThey use a computer.',
  summary: 'Agents use tools.',
  authors: [{ name: 'Ada Lovelace' }, { name: 'Alan "The" Turing' }],
  publishedAt: '2026-11-20T00:00:00.000Z',
  listedOn: '2026-11-23',
  comments: 3,
  organization: { name: 'nvidia', displayName: 'NVIDIA' },
  submittedBy: 'someone',
  githubUrl: 'https://github.com/example/agents',
  githubStars: 99,
  projectUrl: 'https://agents.example/',
  keywords: ['tool use'],
});
const BARE = aPaper({ id: '2611.00002', title: 'Bare' });
const OLD = aPaper({ id: 'hep-th/9901001', title: 'Old' });
const ARCHIVE = anArchive({
  '2026-11-20': [OLD],
  '2026-11-23': [FULL, BARE],
  '2026-11-24': [],
});
const { get, see } = openPages({ archive: ARCHIVE });

describe('the list of days', () => {
  it('shows days with their sizes, newest first, under their months', async () => {
    const { $, headers } = await see('/days');
    expect($('h2').text()).toBe('November 2026');
    const days = $('.days a').get();
    expect(days.map((one) => $(one).attr('href'))).toEqual(['/days/2026-11-23', '/days/2026-11-20']);
    expect($(days[0]).text()).toBe('Monday, 2026-11-23 2 papers');
    expect(headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('goes back in time by as many as it shows', async () => {
    const lists = Array.from({ length: 70 }, (_, index) => [
      `2026-${String(9 - Math.floor(index / 28)).padStart(2, '0')}-${String(28 - (index % 28)).padStart(2, '0')}`,
      [BARE],
    ]);
    const { see } = openPages({ archive: anArchive(Object.fromEntries(lists)) });
    const first = await see('/days');
    expect(first.$('.days a')).toHaveLength(66);
    const older = first.$('nav.turn a[rel=next]').attr('href');
    expect(older).toBe('/days?before=2026-07-19');
    const second = await see(older ?? '');
    expect(second.$('.days a')).toHaveLength(4);
    expect(second.$('.days a').first().attr('href')).toBe('/days/2026-07-18');
    expect(second.$('nav.turn a').attr('href')).toBe('/days');
    expect(second.$('link[rel=canonical]').attr('href')).toBe(`${BASE}/days?before=2026-07-19`);
  });

  it('says where it ends, and that a wrong day is none', async () => {
    expect((await see('/days?before=2026-11-20')).main).toContain('There is no list before 2026-11-20.');
    expect((await see('/days?before=yesterday', 404)).main).toContain('“yesterday” is no day');
  });

  it('says how an empty archive is filled', async () => {
    const { see } = openPages();
    expect((await see('/days')).main).toContain('No list has been read yet.');
    expect((await see('/days/newest', 404)).main).toContain('"paperwire fetch" reads one at once');
  });
});

describe('a day', () => {
  it('shows its papers with all that is known of them in short', async () => {
    const { $, main } = await see('/days/2026-11-23');
    expect($('h1').text()).toBe('Papers of Monday, 2026-11-23');
    expect(main).toContain('2 papers, most votes first. Last read on 2026-11-23 20:00 UTC.');
    const [first, second] = $('.paper').get();
    expect($(first).find('h2 a').text()).toBe('Language agents & tools');
    expect($(first).find('h2 a').attr('href')).toBe('/papers/2611.00001');
    expect($(first).find('.authors').text()).toBe('Ada Lovelace, Alan "The" Turing');
    expect($(first).find('.sentence').text()).toBe('Agents use tools.');
    expect($(first).find('.votes').text()).toBe('▲ 1,234 votes');
    expect($(first).find('.figures a').attr('href')).toBe('https://github.com/example/agents');
    expect($(first).find('.chips a').first().attr('href')).toBe('/topics/agents');
    expect($(second).find('p')).toHaveLength(0);
  });

  it('leads to the days around it, as far as they have papers', async () => {
    const { $ } = await see('/days/2026-11-23');
    expect($('a[rel=prev]').attr('href')).toBe('/days/2026-11-20');
    const { $: last } = await see('/days/2026-11-20');
    expect(last('a[rel=prev]')).toHaveLength(0);
    expect(last('a[rel=next]').attr('href')).toBe('/days/2026-11-23');
  });

  it('says that an empty list is empty', async () => {
    expect((await see('/days/2026-11-24')).main).toContain(
      'No papers. The source lists no papers there (yet).',
    );
  });

  it('can be found again, previewed and subscribed to', async () => {
    const { $ } = await see('/days/2026-11-23?unknown=1');
    expect($('link[rel=canonical]').attr('href')).toBe(`${BASE}/days/2026-11-23`);
    expect($('meta[property="og:title"]').attr('content')).toBe('Papers of Monday, 2026-11-23');
    expect($('meta[property="og:description"]').attr('content')).toBe(
      '2 papers · Language agents & tools · Bare',
    );
    const forms = ['/feeds/daily.atom', '/feeds/daily.rss', '/feeds/daily.json'];
    expect(
      $('link[rel=alternate]')
        .get()
        .map((one) => $(one).attr('href')),
    ).toEqual(forms);
    expect(
      $('.subscribe a')
        .get()
        .map((one) => $(one).attr('href')),
    ).toEqual(forms);
  });

  it.each([
    ['2026-13-40', '"2026-13-40" is not a day as YYYY-MM-DD (for example 2026-11-24).'],
    ['2020-01-01', 'There is no daily list of 2020-01-01: the first one is 2023-05-04.'],
    ['2026-11-30', 'There is no daily list of 2026-11-30 yet: the newest one is 2026-11-24.'],
    ['2026-11-22', 'There are no lists on Saturdays and Sundays.'],
    ['2026-11-19', 'The list of Thursday, 2026-11-19 is not in this archive.'],
    ['%3Cb%3E', '"<b>" is not a day as YYYY-MM-DD'],
  ])('that is not there says why: %s', async (day, sentence) => {
    const { main, headers } = await see(`/days/${day}`, 404);
    expect(main).toContain(sentence);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('that is the newest with papers is led to', async () => {
    const answer = await get('/days/newest');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/days/2026-11-23']);
    expect((await get('/papers')).headers.get('location')).toBe('/days');
  });
});

describe('a paper', () => {
  it('shows all that is known of it', async () => {
    const { $, main } = await see('/papers/2611.00001');
    expect($('h1').text()).toBe('Language agents & tools');
    expect(
      $('.people a')
        .get()
        .map((one) => $(one).attr('href')),
    ).toEqual(['/search?q=author%3A%22Ada%20Lovelace%22', '/search?q=author%3A%22Alan%20The%20Turing%22']);
    expect(
      $('.links a')
        .get()
        .map((one) => [$(one).text(), $(one).attr('href')]),
    ).toEqual([
      ['arXiv', 'https://arxiv.org/abs/2611.00001'],
      ['PDF', 'https://arxiv.org/pdf/2611.00001'],
      ['Code', 'https://github.com/example/agents'],
      ['Project', 'https://agents.example/'],
      ['huggingface.co', 'https://huggingface.co/papers/2611.00001'],
    ]);
    expect(
      $('#abstract + .prose p')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['We build agents that use tools.', 'They use a computer.']);
    expect($('#summary + .prose').text()).toBe('Agents use tools.');
    expect($('.reasons li').first().text()).toMatch(/^🤖 Agents because of "agents?" in the/);
    expect($('#keywords + ul a').attr('href')).toBe('/search?q=%22tool%20use%22');
    expect(main).toContain('Published2026-11-20');
    expect($('.facts a[href="/search?q=org%3A%22nvidia%22"]').text()).toBe('NVIDIA');
    expect(main).toContain('Submitted bysomeone');
    expect($('.facts a[href="/days/2026-11-23"]').text()).toBe('Papers of Monday, 2026-11-23');
    expect($('pre').text()).toMatch(/^@misc\{.+\n {2}title = \{\{Language agents \\& tools\}\},\n/);
  });

  it('leads to similar ones', async () => {
    const { $ } = await see('/papers/2611.00001');
    expect($('#similar').text()).toBe('Similar papers');
    expect($('.paper h3 a').first().attr('href')).toBe('/papers/2611.00002');
  });

  it('of which little is known shows that, and nothing empty', async () => {
    const { $ } = await see('/papers/2611.00002');
    expect(
      $('h2')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['Facts', 'Similar papers']);
    expect($('ul').filter((_, one) => $(one).children().length === 0)).toHaveLength(0);
  });

  it('with hundreds of authors folds most of them away', async () => {
    const authors = Array.from({ length: 200 }, (_, index) => ({ name: `Author ${index}` }));
    const { see } = openPages({ archive: anArchive({ '2026-11-23': [{ ...BARE, authors }] }) });
    const { $ } = await see('/papers/2611.00002');
    expect($('article > ul.people a')).toHaveLength(30);
    expect($('details summary').first().text()).toBe('and 170 more');
    expect($('details ul.people a')).toHaveLength(170);
  });

  it.each([
    ['2611.00001v2', '2611.00001'],
    ['2611.00001.pdf', '2611.00001'],
    ['https://arxiv.org/abs/2611.00001', '2611.00001'],
    ['hep-th/9901001v1', 'hep-th/9901001'],
  ])('has one address: %s leads to %s', async (given, id) => {
    const answer = await get(`/papers/${given}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `/papers/${id}`]);
  });

  it('of the old kind has its slash in the address', async () => {
    const { $ } = await see('/papers/hep-th/9901001');
    expect($('h1').text()).toBe('Old');
    expect($('link[rel=canonical]').attr('href')).toBe(`${BASE}/papers/hep-th/9901001`);
  });

  it('that was never listed is looked for at arXiv', async () => {
    const { $, main } = await see('/papers/2611.99999', 404);
    expect(main).toContain('The paper 2611.99999 was never on a list that is archived here.');
    expect($('main a').first().attr('href')).toBe('https://arxiv.org/abs/2611.99999');
    expect((await see('/papers/what', 404)).main).toContain('"what" is no arXiv id.');
  });
});

describe('topics', () => {
  it('are shown with emoji and meaning', async () => {
    const { $ } = await see('/topics');
    const cards = $('.topics li').get();
    expect(cards).toHaveLength(BUILT_IN_TOPICS.length);
    const { emoji, name, meaning } = BUILT_IN_TOPICS[2] ?? {};
    expect($(cards[2]).text()).toBe(`${emoji}${name}${meaning}`);
    expect($(cards[2]).find('a').attr('href')).toBe('/topics/agents');
  });

  it('have pages of papers', async () => {
    const many = Array.from({ length: 45 }, (_, index) => ({
      ...FULL,
      id: `2611.1${String(index).padStart(4, '0')}`,
    }));
    const { see } = openPages({ archive: anArchive({ '2026-11-23': many }) });
    const first = await see('/topics/agents');
    expect(first.$('.paper')).toHaveLength(20);
    expect(
      first
        .$('nav.turn a')
        .get()
        .map((one) => first.$(one).attr('href')),
    ).toEqual(['/topics/agents?page=2']);
    const last = await see('/topics/agents?page=3');
    expect(last.$('ol').attr('start')).toBe('41');
    expect(last.$('.paper')).toHaveLength(5);
    expect(last.$('.number').first().text()).toBe('41');
    expect(
      last
        .$('nav.turn a')
        .get()
        .map((one) => last.$(one).attr('href')),
    ).toEqual(['/topics/agents?page=2']);
    expect(last.$('link[rel=canonical]').attr('href')).toBe(`${BASE}/topics/agents?page=3`);
    expect((await see('/topics/agents?page=4', 404)).main).toContain('end before page 4');
  });

  it('have syndication of their own', async () => {
    const { $ } = await see('/topics/agents');
    expect($('link[rel=alternate]').first().attr('href')).toBe('/feeds/topic/agents.atom');
    expect($('.subscribe').text()).toBe('Subscribe to papers on Agents: Atom RSS JSON');
  });

  it('that are none are refused in a sentence', async () => {
    const { main, $ } = await see('/topics/%3Cscript%3E', 404);
    expect(main).toContain('There is no topic “<script>” here.');
    expect($('main a').attr('href')).toBe('/topics');
  });

  it.each(['0', '-1', '1.5', '1e2', '101', '9'.repeat(400), 'x', ''])('have no page %j', async (page) => {
    const { main } = await see(`/topics/agents?page=${page}`, 404);
    expect(main).toContain('Pages are numbered from 1');
  });
});

describe('a page', () => {
  it('that has not changed is not sent again', async () => {
    const first = await get('/days/2026-11-23');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/".+"$/);
    const again = await get('/days/2026-11-23', { 'If-None-Match': tag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await get('/days/2026-11-20', { 'If-None-Match': tag })).status).toBe(200);
  });

  it('that is not there says so, with a way on', async () => {
    const { $, main } = await see('/nowhere', 404);
    expect(main).toContain('There is no such page here.');
    expect($('main a').first().attr('href')).toBe('/days/newest');
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
  });

  it('that the store does not give is never an empty one', async () => {
    const closed = async () => Promise.reject(new StoreError('read', { message: 'closed' }));
    const archive = { ...ARCHIVE, day: closed, days: closed, paper: closed, topic: closed, search: closed };
    const { see, logged } = openPages({ archive });
    for (const path of [
      '/days',
      '/days/newest',
      '/days/2026-11-23',
      '/papers/2611.00001',
      '/topics/agents',
      '/search?q=a',
    ]) {
      const { main, headers } = await see(path, 503);
      expect(main).toContain('The archive cannot be read just now.');
      expect([headers.get('retry-after'), headers.get('cache-control')]).toEqual(['60', 'no-store']);
    }
    expect(logged).toHaveLength(6);
  });

  it('in which we are wrong says no more than that', async () => {
    const archive = { ...ARCHIVE, day: async () => Promise.reject(new TypeError('secret detail')) };
    const { see, logged } = openPages({ archive });
    const { main, text } = await see('/days/2026-11-23', 500);
    expect(main).toContain('That went wrong in Paperwire itself');
    expect(text).not.toContain('secret detail');
    expect(logged[0]?.[1]).toMatchObject({ path: '/days/2026-11-23' });
  });
});
