import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createGate, listenerOf } from '../../../src/gate.ts';
import { silentLog } from '../../../src/log.ts';
import { createServer, type Server } from '../../../src/server.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { aPaper, somePapers } from '../../fixtures/papers.ts';
import { archived, NOW, read, show } from './kit.ts';
import { ENDINGS, readExactly } from './read-back.ts';

const PAPERS = archived(somePapers('2611', [3, 2, 1]));
const SEEN = 'Mon, 23 Nov 2026 08:00:00 GMT';
const TYPES = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const;

const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop(1000)));
});

/** The routes behind the gate, at a port of their own. */
async function served(papers: typeof PAPERS): Promise<string> {
  const clock = createFakeClock(NOW);
  const server = createServer({ host: '127.0.0.1', port: 0, clock, log: silentLog });
  open.push(server);
  const gate = createGate({ host: '127.0.0.1', log: silentLog });
  const { app } = show(papers, { app: gate.app('open'), gate });
  server.route('/feeds', listenerOf(app));
  await server.start();
  if (!server.url) throw new Error('The server is closed.');
  return server.url;
}

/** What goes over the wire: fetch hides an answer 304 behind what it has kept. */
async function ask(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  request(url, { method, headers, agent: false }, resolve).on('error', reject).end();
  const answer = await promise;
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

describe.each(ENDINGS)('an answer in %s', (ending) => {
  it('says what it is, how new it is and how long it holds', async () => {
    const url = `${await served(PAPERS)}/feeds/daily.${ending}`;
    const { status, headers, body } = await ask(url);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(TYPES[ending]);
    expect(headers['cache-control']).toBe('public, max-age=300');
    expect(headers['last-modified']).toBe(SEEN);
    expect(headers.etag).toMatch(/^"[^"]+"$/);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(readExactly(ending, body).url).toBe(url);
  });

  it('is as long for HEAD, and empty', async () => {
    const url = `${await served(PAPERS)}/feeds/topic/agents.${ending}`;
    const [whole, head] = [await ask(url), await ask(url, {}, 'HEAD')];
    expect(head.status).toBe(200);
    expect(head.body).toBe('');
    for (const name of [
      'etag',
      'last-modified',
      'content-type',
      'content-length',
      'cache-control',
    ] as const) {
      expect(head.headers[name], name).toBe(whole.headers[name]);
    }
  });

  it('is 304 to whoever has it', async () => {
    const url = `${await served(PAPERS)}/feeds/daily.${ending}`;
    const { etag = '' } = (await ask(url)).headers;
    const known: Record<string, string>[] = [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", ${etag}` },
      { 'if-none-match': `W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': SEEN },
      { 'if-modified-since': 'Mon, 23 Nov 2026 08:30:00 GMT' },
      { 'if-none-match': etag, 'if-modified-since': 'Sun, 22 Nov 2026 08:00:00 GMT' },
    ];
    for (const headers of known) {
      const answer = await ask(url, headers);
      expect(answer.status, JSON.stringify(headers)).toBe(304);
      expect(answer.body).toBe('');
      expect(answer.headers.etag).toBe(etag);
      expect(answer.headers['last-modified']).toBe(SEEN);
      expect(answer.headers['cache-control']).toBe('public, max-age=300');
      expect((await ask(url, headers, 'HEAD')).status).toBe(304);
    }
  });

  it('is whole to whoever has another one', async () => {
    const url = `${await served(PAPERS)}/feeds/daily.${ending}`;
    const { etag = '' } = (await ask(url)).headers;
    const other: Record<string, string>[] = [
      { 'if-none-match': '"x"' },
      { 'if-none-match': etag.slice(1, -1) },
      { 'if-modified-since': 'Mon, 23 Nov 2026 07:59:59 GMT' },
      { 'if-modified-since': 'yesterday' },
      { 'if-none-match': '"x"', 'if-modified-since': SEEN },
      { 'if-none-match': etag, 'cache-control': 'no-cache' },
    ];
    for (const headers of other) {
      expect((await ask(url, headers)).status, JSON.stringify(headers)).toBe(200);
    }
  });
});

describe('the validators', () => {
  it('change with a new paper, and not with votes', async () => {
    const shown = show(PAPERS);
    const ask = async () => (await shown.app.request('/feeds/daily.atom')).headers;
    const before = await ask();
    shown.archive.papers = PAPERS.map(({ paper, ...rest }) => ({
      ...rest,
      paper: { ...paper, upvotes: 99 },
    }));
    shown.clock.advance(60_000);
    expect((await ask()).get('etag')).toBe(before.get('etag'));
    shown.archive.papers = [...PAPERS, ...archived([aPaper({ id: '2611.99999' })])];
    shown.clock.advance(60_000);
    expect((await ask()).get('etag')).not.toBe(before.get('etag'));
  });

  it('are those of each format and address', async () => {
    const { app } = show(PAPERS);
    const tags = ['daily.atom', 'daily.rss', 'daily.json', 'topic/agents.json', 'search.json?q=a'].map(
      async (name) => (await app.request(`/feeds/${name}`)).headers.get('etag'),
    );
    expect(new Set(await Promise.all(tags)).size).toBe(5);
  });

  it('give no date where there is no paper', async () => {
    const { app } = show([]);
    const { headers } = await app.request('/feeds/daily.atom');
    expect(headers.get('last-modified')).toBeNull();
    const since = { 'if-modified-since': new Date(NOW).toUTCString() };
    expect((await app.request('/feeds/daily.atom', { headers: since })).status).toBe(200);
    const known = { 'if-none-match': headers.get('etag') ?? '' };
    expect((await app.request('/feeds/daily.atom', { headers: known })).status).toBe(304);
  });
});

describe('what was written', () => {
  it('is kept for a minute', async () => {
    const shown = show(PAPERS);
    const times = async () => {
      await read(shown, '/feeds/daily.atom');
      return shown.archive.asked.length;
    };
    expect(await times()).toBe(1);
    shown.clock.advance(59_999);
    expect(await times()).toBe(1);
    shown.clock.advance(1);
    expect(await times()).toBe(2);
  });

  it('is kept by address: format, query and base are part of it, what nobody reads is not', async () => {
    const gate = { baseUrl: ({ url }: Request) => new URL(url).origin };
    const shown = show(PAPERS, { gate });
    const names = ['daily.atom', 'daily.rss', 'topic/agents.atom', 'topic/code.atom', 'search.atom?q=a'];
    for (const name of [...names, 'search.atom?q=b']) {
      for (const host of ['http://one', 'http://two']) {
        const source = await read(shown, `${host}/feeds/${name}`);
        expect(source).toContain(`${host}/feeds/${name}`);
      }
    }
    expect(shown.archive.asked).toHaveLength(12);
    for (const name of [
      'daily.atom?q=x',
      'daily.rss?utm=1',
      'search.atom?x=1&q=a',
      'search.atom?q=%20a%0a',
    ]) {
      await read(shown, `http://one/feeds/${name}`);
    }
    expect(shown.archive.asked).toHaveLength(12);
  });

  it('is written once for all who ask at the same time', async () => {
    const shown = show(PAPERS);
    const all = await Promise.all(Array.from({ length: 20 }, () => read(shown, '/feeds/daily.json')));
    expect(new Set(all).size).toBe(1);
    expect(shown.archive.asked).toEqual(['newest 5']);
    expect(readExactly('json', all[0] ?? '').entries).toHaveLength(3);
  });
});
