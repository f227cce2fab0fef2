import { setImmediate } from 'node:timers/promises';
import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { openScene, type Scene } from './app-scene.ts';
import { aBoard, aText, BOB, PANEL, post } from './boards.ts';
import { eventsOf } from './event-stream.ts';
import { type Events, next, title } from './events-scene.ts';

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
