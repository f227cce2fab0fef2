import { describe, expect, it } from 'vitest';
import { openChannel as open } from './app-scene.ts';
import { PANEL, PAPER, post } from './boards.ts';

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
    expect(added('.actions button').last().attr('data-press')).toBe('feed+run|id=feed01');
  });

  it('to run the feed asks which, once there are several, and runs the one that is pressed', async () => {
    const { ada } = await open();
    await ada.post('/commands', { text: 'feed add' });
    await ada.post('/commands', { text: 'feed add time:17:30' });
    const { $: which } = await ada.post('/presses', { press: 'feed+run' });
    expect(which('[data-reply]').hasClass('refused')).toBe(false);
    const presses = which('.actions button').toArray();
    expect(presses.map((button) => which(button).text())).toEqual([
      'feed01: daily at 09:00 UTC, Monday to Friday, in papers',
      'feed02: daily at 17:30 UTC, Monday to Friday, in papers',
    ]);
    const { $: run } = await ada.post('/presses', { press: which(presses[1]).attr('data-press') });
    expect(run('.asked').text()).toContain('feed02');
    expect(run('[data-reply]').text()).not.toContain('Say which one');
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

describe('what is sent again, as its answer was lost,', () => {
  const ID = '0123456789abcdef';

  it('is done once: one message stands there', async () => {
    const { ada, board, browser } = await open();
    const asked = { text: 'topics panel', id: ID };
    for (let count = 0; count < 2; count += 1) expect((await ada.post('/commands', asked)).status).toBe(204);
    expect((await ada.post('/presses', { press: 'topics+panel', id: ID })).status).toBe(204);
    expect(board.messages('papers', 9)).toHaveLength(1);
    // Another wish, and that of somebody else who names it the same.
    await ada.post('/commands', { ...asked, id: `${ID}-2` });
    await (await browser()).post('/commands', asked);
    expect(board.messages('papers', 9)).toHaveLength(3);
  });

  it('is done to its end where the bot ended in the middle', async () => {
    const { world, board, ...scene } = await open();
    const { reactions } = world.host;
    let isBroken = true;
    const watch: typeof reactions.watch = async (panel) => {
      if (isBroken) throw new Error('The process ends.');
      await reactions.watch(panel);
    };
    const again = await open({ board, host: { ...world.host, reactions: { ...reactions, watch } } });
    const { ada } = again;
    const asked = { text: 'topics panel', id: ID };
    expect((await ada.post('/commands', asked)).status).toBe(500);
    isBroken = false;
    expect((await ada.post('/commands', asked)).status).toBe(204);
    const [message, ...others] = board.messages('papers', 9);
    expect(others).toEqual([]);
    expect((await reactions.watched('web')).panels).toMatchObject([{ messageId: message?.id }]);
    await scene.stop();
  });

  it('makes one feed; what is given anew makes another', async () => {
    const { ada, world } = await open();
    const feeds = async () => (await world.feeds.all()).length;
    for (let count = 0; count < 2; count += 1) await ada.post('/commands', { text: 'feed add', id: ID });
    expect(await feeds()).toBe(1);
    await ada.post('/commands', { text: 'feed add', id: `${ID}-2` });
    expect(await feeds()).toBe(2);
    await ada.post('/commands', { text: 'feed add' });
    expect(await feeds()).toBe(3);
  });

  it.each(['short', 'x'.repeat(65), 'with a space in it', 7])(
    'is refused where its name is %s',
    async (id) => {
      const { ada } = await open();
      expect((await ada.post('/commands', { text: 'today', id })).status).toBe(400);
    },
  );

  it('tells nobody who it was', async () => {
    const { ada, board } = await open();
    const seen: string[] = [];
    const { post } = board;
    board.post = (message, at) => {
      seen.push(message.deliveryId);
      return post(message, at);
    };
    await ada.post('/commands', { text: 'topics panel', id: ID });
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain(ada.member);
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
