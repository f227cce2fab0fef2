import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/http.ts';
import { silentLog } from '../../../src/log.ts';
import { createHuggingFaceSource } from '../../../src/sources/hugging-face/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { FRIDAY, NOW, useSourceWorld } from '../world.ts';

const start = useSourceWorld();
const ids = (papers: readonly { id: string }[]) => papers.map(({ id }) => id);

/** A list of so many papers, most votes first. */
const listOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    paper: {
      id: `2608.${String(index + 1).padStart(5, '0')}`,
      title: `Invented paper ${index}`,
      upvotes: 900 - index,
    },
  }));

describe('a list', () => {
  it('is read to its end, over as many pages as it has', async () => {
    const { source, server } = await start({ lists: new Map([['2026-08-21', listOf(230)]]) });
    const { papers, warnings } = await source.read(FRIDAY);
    expect(ids(papers)).toEqual(listOf(230).map(({ paper }) => paper.id));
    expect(warnings).toEqual([]);
    // The links of the site leave the limit out; without it the second page would begin at 51.
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/api/daily_papers?date=2026-08-21&limit=100',
      '/api/daily_papers?date=2026-08-21&p=1&limit=100',
      '/api/daily_papers?date=2026-08-21&p=2&limit=100',
    ]);
  });

  it('of more pages than are followed is cut, with a warning', async () => {
    const { source, server } = await start({ lists: new Map([['2026-08-21', listOf(1_001)]]) });
    const { papers, warnings } = await source.read(FRIDAY);
    expect(papers).toHaveLength(1_000);
    expect(warnings.map(({ code }) => code)).toEqual(['truncated']);
    expect(server.count('list')).toBe(10);
  });

  it('is as the site had it at that hour', async () => {
    const { source, clock } = await start({ grows: true });
    const sizes: number[] = [];
    for (const hour of ['02', '06', '10', '20']) {
      clock.set(`2026-08-21T${hour}:00:00.000Z`);
      sizes.push((await source.read(FRIDAY)).papers.length);
    }
    expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
    expect(sizes[0]).toBeLessThan(sizes[3] ?? 0);
  });

  it.each([
    [{ kind: 'weekly', key: '2026-W34' }, '/api/daily_papers?week=2026-W34&limit=100'],
    [{ kind: 'monthly', key: '2026-08' }, '/api/daily_papers?month=2026-08&limit=100'],
    [{ kind: 'trending', key: 'now' }, '/api/daily_papers?sort=trending&limit=100'],
    [{ kind: 'search', key: ' paper boats & co ' }, '/api/papers/search?q=paper%20boats%20%26%20co&limit=50'],
  ] as const)('of another kind: %o', async (listing, path) => {
    const { source, server } = await start();
    const { papers, way } = await source.read(listing);
    expect(way).toBe('api');
    expect(server.requests[0]?.path).toBe(path);
    if (listing.kind !== 'search') expect(papers.length).toBeGreaterThan(20);
  });

  it.each(['hydration', 'markup'])('of every kind by %s', async (way) => {
    for (const style of ['2025', '2026'] as const) {
      const { source, server } = await start({ style });
      for (const [listing, path] of [
        [{ kind: 'weekly', key: '2026-W34' }, '/papers/week/2026-W34'],
        [{ kind: 'monthly', key: '2026-08' }, '/papers/month/2026-08'],
        [{ kind: 'trending', key: 'now' }, '/papers/trending'],
        [{ kind: 'search', key: 'paper boats' }, '/papers?q=paper%20boats'],
      ] as const) {
        server.forget();
        const { papers, warnings } = await source.read(listing, { way });
        expect(server.requests.map((request) => request.path)).toEqual([path]);
        expect(papers.length).toBeGreaterThanOrEqual(20);
        expect(warnings.filter(({ code }) => code !== 'incomplete')).toEqual([]);
      }
    }
  });

  it('of a week that has not begun is empty where the page shows the latest one', async () => {
    const { source } = await start();
    for (const way of ['hydration', 'markup']) {
      const { papers, warnings } = await source.read({ kind: 'weekly', key: '2026-W52' }, { way });
      expect(papers).toEqual([]);
      expect(warnings.map(({ code }) => code)).toEqual(['other-period']);
    }
  });

  it('that trends has papers that were never on a list', async () => {
    const { source } = await start();
    const { papers } = await source.read({ kind: 'trending', key: 'now' });
    const [listed, never] = [papers[0], papers[3]];
    expect(listed).toMatchObject({ listedOn: expect.any(String), submittedBy: expect.any(String) });
    expect(never).not.toHaveProperty('listedOn');
    expect(never).not.toHaveProperty('submittedBy');
  });

  it('of a search with too many words asks for the first 250 characters, whatever they are', async () => {
    const { source, server } = await start();
    await source.read({ kind: 'search', key: `${'a'.repeat(249)}😀 more` });
    await source.read({ kind: 'search', key: '\ud800 half a character' });
    const asked = server.requests.map(({ path }) => new URL(path, 'http://x').searchParams.get('q'));
    expect(asked).toEqual([`${'a'.repeat(249)}\ufffd`, '\ufffd half a character']);
  });
});

describe('links to further pages', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A source on a server whose every answer is one paper and a link. */
  async function linking(link: (page: number, host: string) => string, prefix = '') {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const page = asked.length;
      response.setHeader('link', link(page, request.headers.host ?? ''));
      response.end(JSON.stringify(listOf(page).slice(-1)));
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const clock = createFakeClock(NOW);
    const source = createHuggingFaceSource({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
      http: createHttp({ userAgent: 'paperwire/test', clock }),
      clock,
      log: silentLog,
    });
    return { source, asked };
  }

  const next = (query: string) => `</api/daily_papers?date=2026-08-21&limit=100&${query}>; rel="next"`;

  it('that go round in circles are left', async () => {
    const { source, asked } = await linking((page) => next(`p=${page % 2}`));
    const { papers } = await source.read(FRIDAY);
    expect(asked).toHaveLength(3);
    expect(papers).toHaveLength(3);
  });

  it('that never end are left at the tenth page', async () => {
    const { source, asked } = await linking((page) => next(`p=${page}`));
    expect((await source.read(FRIDAY)).warnings.map(({ code }) => code)).toEqual(['truncated']);
    expect(asked).toHaveLength(10);
  });

  it('to another host are read at ours', async () => {
    const { source, asked } = await linking((page) =>
      page === 1 ? '<https://elsewhere.example/api/daily_papers?date=2026-08-21&p=1>; rel=next' : '',
    );
    expect((await source.read(FRIDAY)).papers).toHaveLength(2);
    expect(asked[1]).toBe('/api/daily_papers?date=2026-08-21&p=1&limit=100');
  });

  it('are followed behind a path of our own too', async () => {
    const { source, asked } = await linking((page) => (page === 1 ? next('p=1') : ''), '/mirror/');
    await source.read(FRIDAY);
    expect(asked).toEqual([
      '/mirror/api/daily_papers?date=2026-08-21&limit=100',
      '/mirror/api/daily_papers?date=2026-08-21&limit=100&p=1',
    ]);
  });

  it.each(['', 'nonsense', '<http://[>; rel="next"', '</other?p=1>; rel="next"', '</x>; rel="prev"'])(
    'that are none end the list: %s',
    async (link) => {
      const { source, asked } = await linking(() => link);
      expect((await source.read(FRIDAY)).papers).toHaveLength(1);
      expect(asked).toHaveLength(1);
    },
  );

  it('bring each paper once, with a warning for what was repeated', async () => {
    const { source } = await linking((page) => (page === 1 ? next('p=1') : ''));
    const twice = await source.read(FRIDAY);
    expect(twice.papers).toHaveLength(2);
    const { source: repeating } = await start({
      lists: new Map([['2026-08-21', [...listOf(2), ...listOf(2)]]]),
    });
    const { papers, warnings } = await repeating.read(FRIDAY);
    expect(papers).toHaveLength(2);
    expect(warnings.map(({ code }) => code)).toEqual(['duplicate-entry', 'duplicate-entry']);
  });
});
