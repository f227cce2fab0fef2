import type { CheerioAPI } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { anArchive } from '../archive-fixture.ts';
import { BASE, openPages } from '../pages.ts';
import { ARCHIVE, BARE } from './lists.ts';

const { get, see } = openPages({ archive: ARCHIVE });

/** Where the buttons of a page lead. */
function linksOf($: CheerioAPI): (string | undefined)[] {
  return $('main .links a')
    .get()
    .map((one) => $(one).attr('href'));
}

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
    for (const path of ['/days', '/days/newest']) {
      const { $, main } = await see(path);
      expect(main).toContain('No list has been read yet.');
      expect(main).toContain('“paperwire fetch” reads one at once');
      expect(main).toContain('the playground has what was posted there');
      expect(linksOf($)).toEqual(['/', '/topics']);
    }
    const { headers } = await see('/days/newest');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('leads to no playground where there is none', async () => {
    const { see } = openPages({ hasPlayground: false });
    const { $, main } = await see('/days/newest');
    expect(linksOf($)).toEqual(['/topics']);
    expect(main).not.toContain('playground');
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
