import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { html } from '../src/html.ts';
import { type PageParts, page } from '../src/page.ts';
import { expectSound } from './web/pages.ts';

async function see(parts: Partial<PageParts> = {}) {
  const text = String(
    await page({ title: 'A title', hasPlayground: true, body: html`<h1>A title</h1>`, ...parts }),
  );
  return { text, $: load(text) };
}

describe('a page', () => {
  it('is whole with no more than a title and a body', async () => {
    const { $, text } = await see();
    expectSound(text);
    expect($('html').attr('lang')).toBe('en');
    expect($('title').text()).toBe('A title · Paperwire');
    expect($('script')).toHaveLength(0);
    expect($('link[rel=canonical]')).toHaveLength(0);
    expect($('meta[name=robots]')).toHaveLength(0);
    expect($('main#main h1').text()).toBe('A title');
    expect($('a.skip').attr('href')).toBe('#main');
  });

  it('waits for what its body waits for', async () => {
    const { $ } = await see({ body: html`<h1>${Promise.resolve('Later')}</h1>` });
    expect($('h1').text()).toBe('Later');
  });

  it('has the head that it is given', async () => {
    const { $ } = await see({
      description: 'What it is about',
      canonical: 'https://papers.example/days',
      isUnlisted: true,
      alternates: [{ type: 'application/atom+xml', title: 'Atom', href: '/feeds/daily.atom' }],
      styles: ['/more.css'],
      scripts: ['/more.js'],
    });
    expect($('meta[name=description]').attr('content')).toBe('What it is about');
    expect($('meta[property="og:url"]').attr('content')).toBe('https://papers.example/days');
    expect($('link[rel=canonical]').attr('href')).toBe('https://papers.example/days');
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
    expect($('link[rel=alternate]').attr()).toEqual({
      rel: 'alternate',
      type: 'application/atom+xml',
      title: 'Atom',
      href: '/feeds/daily.atom',
    });
    const sheets = $('link[rel=stylesheet]')
      .get()
      .map((one) => $(one).attr('href'));
    expect(sheets).toEqual([expect.stringMatching(/^\/assets\/site\.css\?v=\w+$/), '/more.css']);
    expect($('script').attr()).toEqual({ type: 'module', src: '/more.js' });
  });

  it('leads to the playground where there is one, and says where it is itself', async () => {
    const names = ({ $ }: Awaited<ReturnType<typeof see>>) =>
      $('nav a')
        .get()
        .map((one) => $(one).text());
    expect(names(await see())).toEqual(['Playground', 'Papers', 'Topics', 'Search', 'Status']);
    expect(names(await see({ hasPlayground: false }))).toEqual(['Papers', 'Topics', 'Search', 'Status']);
    expect(names(await see({ hasPlayground: false, hasMail: true }))).toEqual([
      'Papers',
      'Topics',
      'Search',
      'By e-mail',
      'Status',
    ]);
    const { $ } = await see({ here: 'topics' });
    expect(
      $('[aria-current]')
        .get()
        .map((one) => $(one).text()),
    ).toEqual(['Topics']);
  });

  it('is previewed in a few words, none of which acts', async () => {
    const { $, text } = await see({
      title: `\u202e</title><script>${'a '.repeat(400)}`,
      description: `"><script>\n${'b '.repeat(400)}`,
    });
    expectSound(text);
    const start = text.indexOf('<title>');
    expect(text.indexOf('<script')).toBe(-1);
    expect(text.slice(start, start + 40)).toContain('&lt;/title&gt;&lt;script&gt;');
    expect($('title').text().length).toBeLessThan(230);
    expect($('meta[name=description]').attr('content')).toMatch(/^"><script> b .{200,300}…$/);
  });
});
