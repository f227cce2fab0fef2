import { setImmediate } from 'node:timers/promises';
import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/errors.ts';
import type { Look } from '../../../src/look.ts';
import { HOSTILE_TEXTS, PAPER_CARD } from '../../contracts/adapter-cards.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { type Browser, openScene, type Scene } from './app-scene.ts';
import { aBoard, aText, BOB, PANEL, PAPER, post } from './boards.ts';

const TODAY = { kind: 'daily', key: '2026-11-23' } as const;

/** A channel with some messages, somebody who looks, and a list of today. */
async function open(given: Parameters<typeof openScene>[0] = {}): Promise<Scene & { ada: Browser }> {
  const scene = await openScene(given);
  scene.world.source.set(TODAY, somePapers('2611', [9, 8, 7, 6, 5, 4, 3]));
  return { ...scene, ada: await scene.browser() };
}

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

  it('brings its style and its scripts, which are read again only when they are others', async () => {
    const { ada } = await open();
    const { $ } = await ada.get('/');
    const own = $('script[src], link[href^="/playground/"]').toArray();
    expect(own).toHaveLength(5);
    for (const element of own) {
      const path = $(element).attr('src') ?? $(element).attr('href') ?? '';
      const { status, headers, text } = await ada.get(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/);
      for (const [, imported] of text.matchAll(/from '\.\/(.+)';$/gm))
        expect((await ada.get(`/playground/${imported}`)).status).toBe(200);
      const known = { 'If-None-Match': headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
      const again = await ada.get(path, known);
      expect([again.status, again.text.length]).toEqual([304, 0]);
    }
  });

  it('has nothing else', async () => {
    const { ada } = await open();
    for (const path of ['/nothing', '/playground/..%2f..%2fpackage.json', '/playground/constructor']) {
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

describe('a command', () => {
  it('is answered to its caller alone, with what it was', async () => {
    const { ada, board } = await open();
    const { $, status } = await ada.post('/commands', { text: '/paper today limit:2' });
    expect(status).toBe(200);
    expect($('[data-reply]').attr('data-command')).toBe('today');
    expect($('.asked').text()).toBe('/paper today limit:2');
    expect($('li[data-number]')).toHaveLength(2);
    expect($('[data-dismiss]').text()).toBe('Dismiss');
    expect(board.sequence()).toBe(0);
  });

  it('that is for the channel stands there', async () => {
    const { ada, board } = await open();
    expect(await ada.post('/commands', { text: 'topics panel' })).toMatchObject({ status: 204, text: '' });
    const { $ } = await ada.get('/');
    expect($('[data-log=papers] .toggle')).toHaveLength(20);
    expect(board.messages('papers', 5)).toHaveLength(1);
  });

  it('that is mistyped is told, with a button for what was meant', async () => {
    const { ada } = await open();
    const { $ } = await ada.post('/commands', { text: 'todya limit:2' });
    expect($('[data-reply]').hasClass('refused')).toBe(true);
    expect($('.card-body p').text()).toContain('There is no command "todya"');
    expect($('.asked').text()).toBe('todya limit:2');
    const { $: meant } = await ada.post('/presses', { press: $('[data-press]').attr('data-press') });
    expect(meant('li[data-number]')).toHaveLength(2);
  });

  it('turns pages in the place of its answer', async () => {
    const { ada } = await open();
    const { $ } = await ada.post('/commands', { text: 'today limit:2' });
    const { $: second } = await ada.post('/presses', { press: $('[data-turns]').attr('data-press') });
    expect(second('li').first().attr('data-number')).toBe('3');
    expect(
      second('[data-turns]')
        .toArray()
        .map((button) => second(button).text()),
    ).toEqual(['Back', 'More']);
  });

  it('brings its file as a download', async () => {
    const { ada } = await open();
    await ada.post('/commands', { text: 'save 2611.00001' });
    const { $ } = await ada.post('/commands', { text: 'saved format:bibtex' });
    const link = $('a[download]');
    expect(link.attr('download')).toMatch(/\.bib$/);
    const [, content = ''] = link.attr('href')?.split(';base64,') ?? [];
    expect(Buffer.from(content, 'base64').toString()).toContain('2611.00001');
  });

  it('for a feed leads on to the next step', async () => {
    const { ada } = await open();
    const { $: none } = await ada.post('/presses', { press: 'feed+run' });
    expect(none('.actions').text()).toBe('Add a feed');
    const { $: added } = await ada.post('/presses', { press: none('.actions button').attr('data-press') });
    expect(added('.actions button').last().attr('data-press')).toBe('feed+run');
  });

  it('says when the bot stops meanwhile', async () => {
    const { ada, ending } = await open({
      host: {
        run: async ({ signal }) => {
          ending.abort(new Error('The bot stops.'));
          throw signal?.reason;
        },
      },
    });
    const { status, text } = await ada.post('/commands', { text: 'today' });
    expect([status, text]).toEqual([503, expect.stringContaining('stopping')]);
  });
});

describe('a press', () => {
  it('that nobody can read any more says so', async () => {
    const { ada } = await open();
    for (const press of ['', 'nonsense', 'show|paper?|more=1', 'show|nothing=1', 'today|limit=many']) {
      const { status, text } = await ada.post('/presses', { press });
      expect([status, text]).toEqual([200, expect.stringContaining('This button is too old')]);
    }
  });

  it('is completed by what is chosen beside it', async () => {
    const { ada } = await open();
    const { $ } = await ada.post('/presses', { press: 'follow|what?', chosen: ['agents', 'video'] });
    expect($('.asked').text()).toBe('/paper follow what:agents,video');
    const few = await ada.post('/presses', { press: 'today|limit?', chosen: ['3'] });
    expect(few.$('li[data-number]')).toHaveLength(3);
  });
});

describe('an emoji', () => {
  it('is set, counted and taken back, and each sees their own', async () => {
    const scene = await open();
    const { ada, board } = scene;
    const panel = post(board, 'panel', PANEL);
    const bob = await scene.browser();
    const wish = { message: panel, emoji: '🤖', isAdded: true };
    expect((await ada.post('/reactions', wish)).status).toBe(204);
    expect((await ada.get('/')).$('[data-emoji="🤖"]').attr()).toMatchObject({
      'aria-pressed': 'true',
      'aria-label': 'Follow Agents, 1',
    });
    expect((await bob.get('/')).$('[data-emoji="🤖"]').attr('aria-pressed')).toBe('false');
    await ada.post('/reactions', { ...wish, isAdded: false });
    expect((await ada.get('/')).$('[data-emoji="🤖"]').attr('aria-label')).toBe('Follow Agents');
  });

  it('stands under a paper: to save it, and to follow any topic', async () => {
    const { ada, board } = await open();
    const message = post(board, 'paper', PAPER);
    await ada.post('/reactions', { message, emoji: '🎬', isAdded: true });
    const { $ } = await ada.get('/');
    const labels = $('.reactions > .toggle')
      .toArray()
      .map((toggle) => $(toggle).attr('aria-label'));
    expect(labels).toEqual(['Save', 'Follow Video, 1']);
    expect($('.more-emoji .toggle')).toHaveLength(19);
  });

  it('that means nothing is refused with a sentence', async () => {
    const { ada, board } = await open();
    const message = post(board, 'panel', PANEL);
    const { status, text } = await ada.post('/reactions', { message, emoji: '🦖', isAdded: true });
    expect([status, text]).toEqual([409, expect.stringContaining('means nothing here')]);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['/commands', {}],
    ['/commands', { text: 3 }],
    ['/commands', { text: 'x'.repeat(4001) }],
    ['/commands', 'today'],
    ['/presses', { press: null }],
    ['/presses', { press: 'follow|what?', chosen: 'agents' }],
    ['/reactions', { message: '1', emoji: '🤖' }],
    ['/reactions', []],
  ])('%s %j', async (path, body) => {
    const { ada, board } = await open();
    const { status, text } = await ada.post(path, body);
    expect([status, text]).toEqual([400, 'This cannot be read. Load the page again.']);
    expect(board.sequence()).toBe(0);
  });

  it('is no reason to lose anything else', async () => {
    const { ada, url } = await open();
    const headers = { Origin: url, 'Content-Type': 'application/json' };
    const broken = await fetch(`${url}/commands`, { method: 'POST', headers, body: '{"text":' });
    expect(broken.status).toBe(400);
    expect((await ada.post('/commands', { text: 'help' })).status).toBe(200);
  });
});

describe('a line that is typed', () => {
  it('goes on as the bot knows', async () => {
    const { ada } = await open();
    const { text, headers } = await ada.get(`/completions?text=${encodeURIComponent('feed add zone:berl')}`);
    expect(headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(text)).toEqual({
      suggestions: [{ label: 'Europe/Berlin', note: '', line: 'feed add zone:Europe/Berlin ' }],
    });
    expect(JSON.parse((await ada.get('/completions')).text).suggestions.length).toBe(25);
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
