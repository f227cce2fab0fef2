import { setImmediate } from 'node:timers/promises';
import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { TextCard } from '../../../src/domain/card.ts';
import { openScene, type Scene } from './app-scene.ts';
import { aBoard, aText, BOB, PANEL, post } from './boards.ts';
import { eventsOf, type StreamEvent } from './event-stream.ts';

type Events = AsyncGenerator<StreamEvent>;

async function next(events: Events): Promise<StreamEvent> {
  const { value, done } = await events.next();
  if (done) throw new Error('The stream is over.');
  return value;
}

/** The title that an event shows. */
async function title(events: Events): Promise<string> {
  return load((await next(events)).data)('.card-title').text();
}

async function isOver(events: Events): Promise<boolean> {
  return (await events.next()).done === true;
}

describe('a stream', () => {
  it('begins where the board stands, and tells of each message whole', async () => {
    const { board, browser } = await openScene();
    post(board, 'before');
    const ada = await browser();
    const response = await ada.listen();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsOf(response);
    expect(await next(events)).toEqual({ event: 'ready', id: `${board.id}.1`, data: '' });
    const message = post(board, 'panel', PANEL);
    const posted = await next(events);
    expect(posted).toMatchObject({ event: 'message', id: `${board.id}.2` });
    const $ = load(posted.data);
    expect($('article').attr()).toMatchObject({ 'data-message': message, 'data-pane': 'papers' });
    board.react(message, '🤖', ada.member, true);
    const reacted = load((await next(events)).data);
    expect(reacted('[data-emoji="🤖"]').attr('aria-pressed')).toBe('true');
    board.edit(message, aText('other'));
    expect(await title(events)).toBe('other');
  });

  it('goes on where its reader was', async () => {
    const { board, browser } = await openScene();
    for (const name of ['one', 'two', 'three']) post(board, name);
    const ada = await browser();
    const byAddress = eventsOf(await ada.listen(`/events?after=${board.id}.1`));
    expect(await next(byAddress)).toMatchObject({ event: 'ready', id: `${board.id}.1` });
    expect([await title(byAddress), await title(byAddress)]).toEqual(['two', 'three']);
    // A browser that connects again says the newest it has seen beside the address it began with.
    const again = { 'Last-Event-ID': `${board.id}.2` };
    const byHeader = eventsOf(await ada.listen(`/events?after=${board.id}.0`, again));
    await next(byHeader);
    expect(await title(byHeader)).toBe('three');
  });

  it('tells of a message that has changed often as it is now, once', async () => {
    const { board, browser } = await openScene();
    const id = post(board, 'one');
    for (let count = 0; count < 50; count += 1) board.edit(id, aText(`edit ${count}`));
    const events = eventsOf(await (await browser()).listen(`/events?after=${board.id}.0`));
    await next(events);
    expect(await title(events)).toBe('edit 49');
    post(board, 'two');
    expect(await title(events)).toBe('two');
  });

  it.each(['another-board.1', 'nonsense', '.', 'x'.repeat(300)])(
    'says to begin anew to whoever was at %s',
    async (place) => {
      const { board, browser } = await openScene();
      post(board, 'one');
      const ada = await browser();
      const events = eventsOf(await ada.listen('/events', { 'Last-Event-ID': place }));
      expect(await next(events)).toEqual({ event: 'reset', id: `${board.id}.1`, data: '' });
      post(board, 'two');
      expect(await title(events)).toBe('two');
    },
  );

  it('says to begin anew where the board has not come so far yet: it was put back', async () => {
    const { board, browser } = await openScene();
    const events = eventsOf(await (await browser()).listen(`/events?after=${board.id}.7`));
    expect(await next(events)).toMatchObject({ event: 'reset', id: `${board.id}.0` });
  });

  it('says that there is more to whoever is further behind than is told one by one', async () => {
    const { board, browser } = await openScene();
    for (let count = 1; count <= 51; count += 1) post(board, `message ${count}`);
    const ada = await browser();
    const far = eventsOf(await ada.listen(`/events?after=${board.id}.0`));
    expect(await next(far)).toMatchObject({ event: 'ready', id: `${board.id}.0` });
    expect(await next(far)).toEqual({ event: 'more', id: `${board.id}.51`, data: '' });
    post(board, 'after');
    expect(await title(far)).toBe('after');
    const near = eventsOf(await ada.listen(`/events?after=${board.id}.2`));
    await next(near);
    for (let count = 3; count <= 51; count += 1) expect(await title(near)).toBe(`message ${count}`);
    expect(await title(near)).toBe('after');
  });

  it('takes nobody for far behind by what is for others', async () => {
    const { board, browser } = await openScene();
    for (let count = 0; count < 80; count += 1) post(board, `his ${count}`, aText('his'), `@${BOB}`);
    post(board, 'one');
    const events = eventsOf(await (await browser()).listen(`/events?after=${board.id}.0`));
    await next(events);
    expect(await title(events)).toBe('one');
  });

  it('tells nobody what is for others, and does not stop at it', async () => {
    const { board, browser } = await openScene();
    const ada = await browser();
    const events = eventsOf(await ada.listen());
    await next(events);
    for (let count = 0; count < 30; count += 1) post(board, `his ${count}`, aText('his'), `@${BOB}`);
    post(board, 'hers', aText('hers'), `@${ada.member}`);
    const own = await next(events);
    expect(load(own.data)('article').attr('data-pane')).toBe('direct');
    expect(own).toMatchObject({ id: `${board.id}.31` });
  });

  it('is one of many that all are told', async () => {
    const { board, browser } = await openScene();
    const ada = await browser();
    const bob = await browser();
    const streams = [await ada.listen(), await ada.listen(), await bob.listen()].map(eventsOf);
    for (const events of streams) await next(events);
    for (const name of ['one', 'two']) post(board, name);
    for (const events of streams) expect([await title(events), await title(events)]).toEqual(['one', 'two']);
  });

  it('breathes while nothing happens, so that nobody on the way takes it for dead', async () => {
    const { browser, world } = await openScene();
    const events = eventsOf(await (await browser()).listen());
    await next(events);
    for (let count = 0; count < 3; count += 1) expect(await breathed(events, world)).toMatch(/still here/);
  });

  it('holds one timer, however much it tells', async () => {
    const { browser, board, world } = await openScene();
    const { deadline } = world.clock;
    let breaths = 0;
    world.clock.deadline = (durationMs) => {
      if (durationMs === 15 * SECOND_MS) breaths += 1;
      return deadline(durationMs);
    };
    const events = eventsOf(await (await browser()).listen());
    await next(events);
    for (const name of ['one', 'two', 'three']) {
      post(board, name);
      expect(await title(events)).toBe(name);
    }
    expect(breaths).toBe(1);
  });

  it('draws what all see once for all, and what is their own for each', async () => {
    const { board, browser } = await openScene();
    const [ada, bob] = [await browser(), await browser()];
    const streams = [await ada.listen(), await bob.listen()].map(eventsOf);
    for (const events of streams) await next(events);
    const message = post(board, 'panel', PANEL);
    for (const events of streams) await next(events);
    board.react(message, '🤖', bob.member, true);
    const pressed: (string | undefined)[] = [];
    for (const events of streams)
      pressed.push(load((await next(events)).data)('[data-emoji="🤖"]').attr('aria-pressed'));
    expect(pressed).toEqual(['false', 'true']);
  });

  it('goes on after a message that another process has put there', async () => {
    const opened = aBoard();
    const { world, browser } = await openScene({ board: opened });
    const events = eventsOf(await (await browser()).listen());
    await next(events);
    // Past the board that wakes whoever waits.
    post(opened, 'one');
    expect(await during(title(events), () => world.clock.advance(2 * SECOND_MS))).toBe('one');
  });
});

/** Waits for something while time passes. */
async function during<T>(waiting: Promise<T>, pass: () => void): Promise<T> {
  let isDone = false;
  const done = waiting.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    pass();
    await setImmediate();
  }
  return await done;
}

async function breathed(events: Events, { clock }: Scene['world']): Promise<string | undefined> {
  const event = await during(next(events), () => clock.advance(15 * SECOND_MS));
  return event.comment;
}

describe('the end of a stream', () => {
  it('comes with that of the bot', async () => {
    const { browser, ending } = await openScene();
    const ada = await browser();
    const streams = [await ada.listen(), await ada.listen()].map(eventsOf);
    for (const events of streams) await next(events);
    ending.abort(new Error('The bot stops.'));
    for (const events of streams) expect(await isOver(events)).toBe(true);
    expect((await ada.get('/events')).status).toBe(503);
  });

  it('comes also to a reader who does not read: nothing more is read for them', async () => {
    const opened = aBoard();
    let reads = 0;
    const changes: typeof opened.changes = (...given) => {
      reads += 1;
      return opened.changes(...given);
    };
    const { board, browser, ending, stop } = await openScene({ board: { ...opened, changes } });
    const id = post(board, 'one');
    await (await browser()).listen();
    await flood(board, id, 100);
    ending.abort(new Error('The bot stops.'));
    await setImmediate();
    const before = reads;
    await flood(board, id, 10);
    expect(reads).toBe(before);
    await stop();
  });

  it('comes when the board cannot be read; the next one is as any', async () => {
    const opened = aBoard();
    let isBroken = false;
    const changes: typeof opened.changes = (...given) => {
      if (isBroken) throw new Error('disk I/O error');
      return opened.changes(...given);
    };
    const { board, browser, logged } = await openScene({ board: { ...opened, changes } });
    const ada = await browser();
    const events = eventsOf(await ada.listen());
    await next(events);
    isBroken = true;
    post(board, 'one');
    expect(await isOver(events)).toBe(true);
    expect(logged.map(([sentence]) => sentence)).toEqual([
      'What changes on the playground could not be told',
    ]);
    isBroken = false;
    const again = eventsOf(await ada.listen(`/events?after=${board.id}.0`));
    await next(again);
    expect(await title(again)).toBe('one');
  });
});

/** So long that a connection holds a few dozen of it. */
function aLongText(name: string): TextCard {
  return { ...aText(name), paragraphs: ['x'.repeat(200_000)] };
}

/** Changes a message again and again, with a turn for all who listen after each. */
async function flood(board: Scene['board'], id: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    board.edit(id, aLongText(`edit ${count}`));
    await setImmediate();
  }
}

describe('a reader who does not read', () => {
  it('costs what a connection holds, keeps nobody waiting, and finds the newest state', async () => {
    const { board, browser } = await openScene();
    const id = post(board, 'one');
    const ada = await browser();
    const stalled = await ada.listen();
    const events = eventsOf(await ada.listen());
    await next(events);
    await flood(board, id, 300);
    post(board, 'last');
    for (let shown = ''; shown !== 'last'; ) shown = await title(events);
    const told: string[] = [];
    for await (const { event, data } of eventsOf(stalled)) {
      if (event === 'message') told.push(load(data)('.card-title').text());
      if (told.at(-1) === 'last') break;
    }
    expect(told.slice(-2)).toEqual(['edit 299', 'last']);
    expect(told.length).toBeLessThan(200);
  });
});

describe('many streams', () => {
  it('are refused beyond what one process keeps open, until somebody leaves', async () => {
    const { browser, url, ending } = await openScene({ mostStreams: 5 });
    const ada = await browser();
    const leaving = new AbortController();
    const first = await fetch(`${url}/events`, { signal: leaving.signal });
    const others = await Promise.all(Array.from({ length: 4 }, () => ada.listen()));
    expect(others.every(({ status }) => status === 200)).toBe(true);
    const refused = await ada.get('/events');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    expect(first.status).toBe(200);
    leaving.abort();
    let entered = await ada.listen();
    while (entered.status === 503) {
      await entered.text();
      entered = await ada.listen();
    }
    expect(entered.status).toBe(200);
    ending.abort(new Error('The bot stops.'));
    for (const one of others) expect((await one.text()).split('event:')).toHaveLength(2);
  });
});
