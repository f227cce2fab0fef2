import { setImmediate } from 'node:timers/promises';
import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import type { TextCard } from '../../../src/domain/card.ts';
import { openScene, type Scene } from './app-scene.ts';
import { aBoard, aText, post } from './boards.ts';
import { eventsOf } from './event-stream.ts';
import { type Events, next, title } from './events-scene.ts';

async function isOver(events: Events): Promise<boolean> {
  return (await events.next()).done === true;
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
