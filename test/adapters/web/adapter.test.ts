import { load } from 'cheerio/slim';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWebAdapter } from '../../../adapters/web/index.ts';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { memberAt } from '../../../src/domain/member.ts';
import { createGate } from '../../../src/gate.ts';
import { silentLog } from '../../../src/log.ts';
import { createServer } from '../../../src/server.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { type Given, openWorld } from '../../world.ts';
import { ADA, aBoard, aPath, PANEL, post } from './boards.ts';

const SUNDAY = '2026-11-22T12:00:00.000Z';
const MONDAY = '2026-11-23T09:00:00.000Z';
/** As long as a usual list. */
const PAPERS = somePapers(
  '2611',
  Array.from({ length: 40 }, (_, index) => 99 - index),
);
const LISTING = { kind: 'daily', key: '2026-11-23' } as const;

/** The bot with the playground as its only platform, at a port of its own. */
async function open(boardPath: string, given: Given & { clock: FakeClock }) {
  const { clock } = given;
  const log = silentLog;
  const server = createServer({ host: '127.0.0.1', port: 0, clock, log });
  const { route } = server;
  const gate = createGate({ host: '127.0.0.1', log });
  const web = createWebAdapter({ boardPath, gate, route, loadLooks: async () => [], clock, log });
  const world = await openWorld(SUNDAY, { ...given, adapters: [web] });
  onTestFinished(async () => {
    await web.stop();
    await server.stop(1000);
  });
  return {
    ...world,
    web,
    async start() {
      await web.start(world.host);
      await server.start();
    },
    get: (path: string) => fetch(`${server.url}${path}`),
  };
}

describe('the playground', () => {
  it('gets its editions like every platform, once, and shows them to whoever comes', async () => {
    const path = aPath();
    const clock = createFakeClock(SUNDAY);
    const bot = await open(path, { clock });
    bot.source.set(LISTING, PAPERS);
    await bot.feeds.add(PLAYGROUND, ADA, { layout: 'cards', limit: 3 });
    await bot.start();
    expect(await bot.tickAt(MONDAY)).toMatchObject([{ state: 'posted' }]);
    const messages = aBoard(path).messages('papers', 10);
    expect(messages.map(({ card }) => card.kind)).toEqual(['text', 'paper', 'paper', 'paper']);
    expect(messages.map(({ postedAt }) => postedAt)).toEqual(Array(4).fill(MONDAY));
    const $ = load(await (await bot.get('/')).text());
    expect(
      $('.paper-title')
        .toArray()
        .map((title) => $(title).text()),
    ).toEqual(['Invented paper 2611.00001', 'Invented paper 2611.00002', 'Invented paper 2611.00003']);
    // A process that comes after it, and knows nothing of what went out, posts nothing twice.
    const other = await open(path, { clock, source: bot.source });
    await other.feeds.add(PLAYGROUND, ADA, { layout: 'cards', limit: 3 });
    expect(await other.tickAt(MONDAY)).toMatchObject([{ state: 'posted' }]);
    expect(aBoard(path).messages('papers', 10)).toEqual(messages);
  });

  it('does at its start what was wished by emoji and not done', async () => {
    const path = aPath();
    const clock = createFakeClock(SUNDAY);
    const bot = await open(path, { clock });
    const board = aBoard(path);
    const messageId = post(board, 'panel', PANEL);
    await bot.host.reactions.watch({ place: PLAYGROUND, messageId });
    board.react(messageId, '🤖', ADA, true);
    const followed = () => bot.store.people.subscriptions(memberAt(PLAYGROUND, ADA));
    expect(await followed()).toEqual([]);
    await bot.start();
    expect(await followed()).toMatchObject([{ kind: 'topic', key: 'agents' }]);
  });

  it('asks a member privately whether what they chose by an emoji may be sent', async () => {
    const path = aPath();
    const bot = await open(path, { clock: createFakeClock(SUNDAY) });
    const board = aBoard(path);
    const on = { place: PLAYGROUND, messageId: post(board, 'panel', PANEL) };
    await bot.feeds.add(PLAYGROUND, ADA, {});
    await bot.start();
    await bot.host.reactions.react({ on, member: ADA, emoji: '🤖', isAdded: true });
    await bot.tickAt('2026-11-22T12:01:00.000Z');
    const own = board.messages(directTo(PLAYGROUND, ADA).channel, 10);
    expect(own).toHaveLength(1);
    expect(own[0]?.card).toMatchObject({ kind: 'text', title: expect.stringContaining('Agents') });
    const shown = await (await bot.get('/')).text();
    expect(shown).not.toContain(own[0]?.id);
  });

  it('ends what is streamed when it stops, and may start again', async () => {
    const bot = await open(aPath(), { clock: createFakeClock(SUNDAY) });
    await bot.start();
    const stream = await bot.get('/events');
    expect(stream.headers.get('Content-Type')).toMatch(/^text\/event-stream/);
    await bot.web.stop();
    expect(await stream.text()).toMatch(/^event: ready\n/);
    await bot.web.start(bot.host);
    expect((await bot.get('/')).status).toBe(200);
  });

  it('does not start on a board that cannot be opened', async () => {
    const folder = aPath().replace(/\/[^/]+$/, '');
    const bot = await open(folder, { clock: createFakeClock(SUNDAY) });
    await expect(bot.web.start(bot.host)).rejects.toMatchObject({
      code: 'config',
      problems: [{ variable: 'STORE_URL', problem: expect.stringContaining(folder) }],
    });
    const message = { id: 'slot#0', destination: PLAYGROUND, payload: { ...PANEL, topics: [] } };
    await expect(bot.web.send(message)).rejects.toMatchObject({ code: 'delivery-unavailable' });
  });
});
