import { setImmediate } from 'node:timers/promises';
import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/errors.ts';
import type { Look } from '../../../src/look.ts';
import { HOSTILE_TEXTS, PAPER_CARD } from '../../contracts/adapter-cards.ts';
import { openChannel as open } from './app-scene.ts';
import { aBoard, aText, BOB, PAPER, post } from './boards.ts';

function titles($: ReturnType<typeof load>, where = ''): string[] {
  return $(`${where} .card-title`)
    .toArray()
    .map((title) => $(title).text());
}

describe('the page', () => {
  it('shows the channel, and to each what is theirs', async () => {
    const { board, ada } = await open();
    post(board, 'one');
    post(board, 'two');
    post(board, 'hers', aText('For Ada'), `@${ada.member}`);
    post(board, 'his', aText('For Bob'), `@${BOB}`);
    const { status, $, text } = await ada.get('/');
    expect(status).toBe(200);
    expect(titles($, '[data-log=papers]')).toEqual(['one', 'two']);
    expect(titles($, '[data-log=direct]')).toEqual(['For Ada']);
    expect(text).not.toContain('For Bob');
    expect($('[data-after]').attr('data-after')).toBe(`${board.id}.4`);
  });

  it('has landmarks, headings in order, labels, and nothing that a strict policy forbids', async () => {
    const { board, ada } = await open();
    post(board, 'paper', PAPER);
    const { $, headers } = await ada.get('/');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect($('main h1')).toHaveLength(1);
    const levels = $('h1, h2, h3, h4')
      .toArray()
      .map((heading) => Number($(heading).prop('tagName')?.slice(1)));
    levels.reduce((before, level) => {
      expect(level - before).toBeLessThanOrEqual(1);
      return level;
    }, 0);
    expect($('#line').attr('aria-controls')).toBe($('[role=listbox]').attr('id'));
    expect($('label[for=line]').text()).toMatch(/\w/);
    for (const button of $('button')) expect($(button).text().trim()).not.toBe('');
    expect($('[style], style, script:not([src]), [onclick]')).toHaveLength(0);
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says when somebody who follows by an emoji is asked about it', async () => {
    const { ada } = await open();
    expect((await ada.get('/')).$('#pane-direct .introduction').text()).toContain(
      'asked here, within a minute',
    );
  });

  it('tells those without scripts where to read', async () => {
    const { ada } = await open();
    const { $ } = await ada.get('/');
    const without = load($('noscript').html() ?? '');
    expect(
      without('a')
        .toArray()
        .map((link) => without(link).attr('href')),
    ).toEqual(['/days', '/topics', '/search']);
  });

  it('brings its style and its scripts under addresses that they keep for ever', async () => {
    const { ada } = await open();
    const { $ } = await ada.get('/');
    const own = $('script[src], link[rel=stylesheet][href^="/playground/"]').toArray();
    expect(own).toHaveLength(5);
    for (const element of own) {
      const path = $(element).attr('src') ?? $(element).attr('href') ?? '';
      const { status, headers } = await ada.get(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const known = { 'If-None-Match': headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
      const again = await ada.get(path, known);
      expect([again.status, again.text.length]).toEqual([304, 0]);
    }
  });

  it('asks at once for all the modules that its script is made of, and for no others', async () => {
    const { ada, url } = await open();
    const { $ } = await ada.get('/');
    const main = $('script[src]').attr('src') ?? '';
    const met = new Set([main]);
    for (const path of met) {
      const { status, text } = await ada.get(path);
      expect(status).toBe(200);
      for (const [, imported = ''] of text.matchAll(/from '(.+)';$/gm))
        met.add(new URL(imported, url + path).pathname);
    }
    const preloaded = $('link[rel=modulepreload]').toArray();
    expect(new Set([main, ...preloaded.map((link) => $(link).attr('href'))])).toEqual(met);
  });

  it('has no file of another version', async () => {
    const { ada } = await open();
    const main = (await ada.get('/')).$('script[src]').attr('src') ?? '';
    const [, , version = '', name = ''] = main.split('/');
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    for (const path of [`/playground/${version.replaceAll(/./g, '0')}/${name}`, `/playground/${name}`]) {
      const { status, headers } = await ada.get(path);
      expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
    }
  });

  it('has nothing else', async () => {
    const { ada } = await open();
    for (const path of [
      '/nothing',
      '/playground/..%2f..%2fpackage.json',
      '/playground/constructor',
      '/playground/x/constructor',
    ]) {
      const { status, $ } = await ada.get(path);
      expect(status).toBe(404);
      expect($('h1').text()).toBe('There is nothing here');
    }
  });

  it('brings older messages by a press, until there are no more', async () => {
    const { board, ada } = await open();
    for (let number = 1; number <= 70; number += 1) post(board, `m${number}`);
    let { $ } = await ada.get('/');
    expect(titles($)).toEqual(Array.from({ length: 30 }, (_, index) => `m${index + 41}`));
    const seen = titles($);
    while ($('[data-older]').length > 0) {
      const button = $('[data-older]');
      const before = encodeURIComponent(button.attr('data-before') ?? '');
      ({ $ } = await ada.get(`/messages?pane=${button.attr('data-older')}&before=${before}`));
      seen.unshift(...titles($));
    }
    expect(seen).toEqual(Array.from({ length: 70 }, (_, index) => `m${index + 1}`));
    expect((await ada.get('/messages?pane=others')).status).toBe(404);
  });
});

describe('an empty channel', () => {
  it('is not what a newcomer sees: they are answered what there is today', async () => {
    const { ada } = await open();
    expect((await ada.get('/')).$('[data-welcome]')).toHaveLength(1);
    const { $ } = await ada.get('/welcome');
    expect($('[data-reply]').text()).toContain('Only you can see this');
    expect($('li[data-number]')).toHaveLength(5);
  });

  it('says what is wrong when nothing can be had', async () => {
    const { ada, world } = await open();
    world.source.fail(new StoreError('reading', { message: 'broken' }));
    const { status, $ } = await ada.get('/welcome');
    expect(status).toBe(200);
    expect($('[data-reply]').hasClass('failed')).toBe(true);
  });

  it('is none once something stands there', async () => {
    const { ada, board } = await open();
    post(board, 'one');
    expect((await ada.get('/')).$('[data-welcome]')).toHaveLength(0);
  });
});

describe('how a message looks elsewhere', () => {
  const looks: Look[] = ['discord', 'slack'].map((platform) => ({
    platform: platform as Look['platform'],
    name: platform.toUpperCase(),
    style: `.${platform} {}`,
    draw: (card) => `<p class="drawn">${platform} ${card.kind}</p>`,
  }));

  it('is a small page of its own for each platform, in a frame', async () => {
    const { ada, board } = await open({ looks });
    const id = post(board, 'paper', PAPER_CARD);
    const { $ } = await ada.get(`/looks/${id}`);
    const frames = $('iframe').toArray();
    expect(frames.map((frame) => $(frame).attr('title'))).toEqual([
      'How it looks on DISCORD',
      'How it looks on SLACK',
    ]);
    const page = await ada.get($(frames[1]).attr('src') ?? '');
    expect(page.$('.drawn').text()).toBe('slack paper');
    const sheet = await ada.get(page.$('link').attr('href') ?? '');
    expect([sheet.headers.get('content-type'), sheet.text]).toEqual(['text/css; charset=utf-8', '.slack {}']);
  });

  it('is shown to those who see the message', async () => {
    const { ada, board } = await open({ looks });
    const his = post(board, 'his', aText('For Bob'), `@${BOB}`);
    for (const path of [`/looks/${his}`, `/looks/${his}/slack`, '/looks/none', '/looks/none.css'])
      expect((await ada.get(path)).status).toBe(404);
    const own = post(board, 'hers', aText('For Ada'), `@${ada.member}`);
    expect((await ada.get(`/looks/${own}/slack`)).status).toBe(200);
    expect((await ada.get(`/looks/${own}/terminal`)).status).toBe(404);
  });
});

describe('when the board cannot be read', () => {
  it('says to try again', async () => {
    const opened = aBoard();
    const fail = () => {
      throw new Error('disk I/O error');
    };
    const { ada } = await open({ board: { ...opened, messages: fail } });
    const { status, text } = await ada.get('/');
    expect(status).toBe(503);
    expect(text).not.toContain('disk');
  });
});

describe('whatever is said', () => {
  it('is text on the page', async () => {
    const { ada, board } = await open();
    const before = (await ada.get('/')).$('*').length;
    const card = { ...aText(HOSTILE_TEXTS.join(' ')), paragraphs: ['<script>alert(1)</script>'] };
    post(board, 'one', card);
    await setImmediate();
    const { $ } = await ada.get('/');
    expect($('script:not([src])')).toHaveLength(0);
    expect($('.message p').text()).toBe('<script>alert(1)</script>');
    expect($('*').length).toBeLessThan(before + 20);
    const { $: reply } = await ada.post('/commands', { text: '<img src=x onerror=alert(1)>' });
    expect(reply('img')).toHaveLength(0);
  });
});
