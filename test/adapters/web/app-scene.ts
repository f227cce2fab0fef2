import { type CheerioAPI, load } from 'cheerio/slim';
import { onTestFinished } from 'vitest';
import { createPlaygroundApp } from '../../../adapters/web/app/app.ts';
import type { Board } from '../../../adapters/web/board/board.ts';
import { watchBoard } from '../../../adapters/web/board/watched-board.ts';
import { memberIdOf } from '../../../adapters/web/members.ts';
import { createPlaygroundCore } from '../../../adapters/web/playground.ts';
import type { Host } from '../../../src/adapter.ts';
import { systemClock } from '../../../src/clock.ts';
import { createGate, listenerOf } from '../../../src/gate.ts';
import { type Log, type LogFields, silentLog } from '../../../src/log.ts';
import type { Look } from '../../../src/look.ts';
import { createServer } from '../../../src/server.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { openWorld, type World } from '../../world.ts';
import { aBoard, NOW } from './boards.ts';

/** What came back to a browser. */
export interface Page {
  status: number;
  headers: Headers;
  text: string;
  $: CheerioAPI;
}

/** One who looks at the playground, with their cookie. */
export interface Browser {
  member: string;
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  post(path: string, body: unknown): Promise<Page>;
  /** A stream that is open; it is read by whoever asks. */
  listen(path?: string, headers?: Record<string, string>): Promise<Response>;
}

export interface Scene {
  world: World;
  board: Board;
  url: string;
  ending: AbortController;
  /** What was logged as an error. */
  logged: [string, LogFields | undefined][];
  browser(): Promise<Browser>;
  /** Ends it at once, streams too. */
  stop(): Promise<void>;
}

export interface Given {
  board?: Board;
  looks?: readonly Look[];
  host?: Partial<Host>;
  mostStreams?: number;
}

/** The playground's pages at a port, with the whole bot behind them; the time stands still. */
export async function openScene(given: Given = {}): Promise<Scene> {
  const { board: opened = aBoard(), looks = [], host, ...limits } = given;
  const world = await openWorld(NOW);
  const { clock } = world;
  const logged: Scene['logged'] = [];
  const error: Log['error'] = (message, fields) => void logged.push([message, fields]);
  const log = { ...silentLog, error };
  const ending = new AbortController();
  const watched = watchBoard(opened, clock);
  const playground = createPlaygroundCore({
    watched,
    host: { ...world.host, ...host },
    ending: ending.signal,
    clock,
  });
  const gate = createGate({ host: '127.0.0.1', log });
  const loadLooks = async () => looks;
  const server = createServer({ host: '127.0.0.1', port: 0, clock: systemClock, log });
  server.route('', listenerOf(createPlaygroundApp({ playground, gate, loadLooks, clock, log, ...limits })));
  await server.start();
  const stop = async () => {
    ending.abort(new Error('The bot stops.'));
    await server.stop(0);
  };
  onTestFinished(stop);
  const url = server.url ?? 'not open';
  return { world, board: watched.board, url, ending, logged, stop, browser: () => aBrowser(url) };
}

const TODAY = { kind: 'daily', key: NOW.slice(0, 10) } as const;

/** The same with a list of seven papers today, and somebody who looks. */
export async function openChannel(given: Given = {}): Promise<Scene & { ada: Browser }> {
  const scene = await openScene(given);
  scene.world.source.set(TODAY, somePapers('2611', [9, 8, 7, 6, 5, 4, 3]));
  return { ...scene, ada: await scene.browser() };
}

async function aBrowser(url: string): Promise<Browser> {
  const first = await fetch(url);
  await first.text();
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { Cookie: cookie, Origin: url, ...init.headers } });
  return {
    member: memberIdOf(cookie.split('=')[1] ?? ''),
    get: async (path, headers = {}) => await pageOf(await ask(path, { headers })),
    async post(path, body) {
      const headers = { 'Content-Type': 'application/json' };
      return await pageOf(await ask(path, { method: 'POST', headers, body: JSON.stringify(body) }));
    },
    async listen(path = '/events', headers = {}) {
      const over = new AbortController();
      onTestFinished(() => over.abort());
      return await ask(path, { headers, signal: over.signal });
    },
  };
}

async function pageOf(response: Response): Promise<Page> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, $: load(text) };
}
