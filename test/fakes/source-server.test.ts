import { afterEach, describe, expect, it } from 'vitest';
import { type SourceServer, type SourceServerOptions, startSourceServer } from './source-server.ts';
import { abbreviated } from './source-server-pages.ts';
import type { ServedItem } from './source-server-papers.ts';

const NOW = '2026-08-21T20:00:00.000Z';
const servers: SourceServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function start(options: SourceServerOptions = {}): Promise<SourceServer> {
  const server = await startSourceServer({ now: () => NOW, ...options });
  servers.push(server);
  return server;
}

async function get({ url }: SourceServer, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { redirect: 'manual', headers });
  const body = await response.text();
  const json = () => JSON.parse(body) as ServedItem[];
  return { status: response.status, headers: response.headers, body, json };
}

// The rules are those of ../shared/huggingface-papers.md; a fake that breaks them would prove nothing.
describe('the fake source', () => {
  it('has a list on weekdays, none at weekends and none before the first', async () => {
    const server = await start();
    const sizes: number[] = [];
    for (const day of ['2026-08-21', '2026-08-15', '2026-08-16', '2023-05-03']) {
      sizes.push((await get(server, `/api/daily_papers?date=${day}`)).json().length);
    }
    expect(sizes[0]).toBeGreaterThan(19);
    expect(sizes.slice(1)).toEqual([0, 0, 0]);
  });

  it('refuses dates that have not opened and dates that are none with 400', async () => {
    const server = await start();
    for (const date of ['2026-08-22', '2025-13-40', 'x']) {
      expect((await get(server, `/api/daily_papers?date=${date}`)).status).toBe(400);
    }
    const { body } = await get(server, '/api/daily_papers?date=2026-08-24');
    expect(body).toContain('2026-08-21');
    // 21:30 in New York.
    server.setNow('2026-08-24T01:29:59.000Z');
    expect((await get(server, '/api/daily_papers?date=2026-08-24')).status).toBe(400);
    server.setNow('2026-08-24T01:30:00.000Z');
    expect((await get(server, '/api/daily_papers?date=2026-08-24')).status).toBe(200);
  });

  it('cuts a list at 50 without a word, and pages it by links', async () => {
    const items = Array.from({ length: 130 }, (_, index) => ({
      paper: { id: `2608.${String(index + 1).padStart(5, '0')}`, title: 'x', upvotes: 1 },
    }));
    const server = await start({ lists: new Map([['2026-08-21', items]]) });
    const cut = await get(server, '/api/daily_papers?date=2026-08-21');
    expect(cut.json()).toHaveLength(50);
    expect(cut.headers.get('link')).toBe('</api/daily_papers?date=2026-08-21&p=1>; rel="next"');
    const whole = await get(server, '/api/daily_papers?date=2026-08-21&limit=100&p=1');
    expect(whole.json()).toHaveLength(30);
    expect(whole.headers.has('link')).toBe(false);
    expect((await get(server, '/api/daily_papers?date=2026-08-21&p=100')).json()).toEqual([]);
    for (const wrong of ['limit=101', 'limit=0', 'p=-1', 'sort=hot', 'week=2026-8', 'month=x']) {
      expect((await get(server, `/api/daily_papers?${wrong}`)).status).toBe(400);
    }
  });

  it('grows its lists over the day, papers and votes', async () => {
    const server = await start({ grows: true });
    const sizes: number[] = [];
    for (const at of ['2026-08-21T01:30:00.000Z', '2026-08-21T08:00:00.000Z', '2026-08-22T02:00:00.000Z']) {
      server.setNow(at);
      const items = (await get(server, '/api/daily_papers?date=2026-08-21&limit=100')).json();
      const votes = items.map(({ paper }) => paper.upvotes);
      expect(votes).toEqual([...votes].sort((one, other) => other - one));
      sizes.push(items.length);
    }
    expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
    expect(sizes[1]).toBeLessThan(sizes[2] ?? 0);
  });

  it('counts requests in windows of five minutes, twice as many with a token', async () => {
    const server = await start({ quota: { search: 2 } });
    const first = await get(server, '/api/papers/search?q=paper');
    expect(first.headers.get('ratelimit')).toBe('"search";r=1;t=300');
    expect(first.headers.get('ratelimit-policy')).toBe('"fixed window";"search";q=2;w=300');
    await get(server, '/api/papers/search?q=paper');
    expect((await get(server, '/api/papers/search?q=paper')).status).toBe(429);
    server.setNow('2026-08-21T20:05:00.000Z');
    expect((await get(server, '/api/papers/search?q=paper')).status).toBe(200);
    const list = await get(server, '/api/daily_papers', { authorization: 'Bearer x' });
    expect(list.headers.get('ratelimit')).toBe('"api";r=999;t=300');
  });

  it('says when nothing has changed', async () => {
    const server = await start();
    const { headers } = await get(server, '/api/daily_papers?date=2026-08-21');
    const etag = headers.get('etag') ?? '';
    const again = await get(server, '/api/daily_papers?date=2026-08-21', { 'if-none-match': etag });
    expect({ status: again.status, body: again.body }).toEqual({ status: 304, body: '' });
  });

  it('leads from a day without papers to the nearest one, and shows weeks and months by 105', async () => {
    const server = await start();
    const to = async (path: string) => (await get(server, path)).headers.get('location');
    expect(await to('/papers/date/2026-08-15')).toBe('/papers/date/2026-08-14');
    expect(await to('/papers/date/2026-12-01')).toBe('/papers/date/2026-08-21');
    expect(await to('/papers/week/2026-W52')).toBe('/papers/week/2026-W34');
    expect(await to('/papers')).toBe('/papers/date/2026-08-21');
    const week = await get(server, '/papers/week/2026-W34');
    expect(week.body.match(/<article>/g)).toHaveLength(105);
    const shown = await start({ otherDay: 'rerender' });
    expect((await get(shown, '/papers/date/2026-08-15')).status).toBe(200);
    expect((await get(shown, '/papers?date=2026-08-14')).body).toContain('2026-08-14');
  });

  it('prints trending cards twice', async () => {
    const server = await start();
    const { body } = await get(server, '/papers/trending');
    const links = body.match(/<h3[^>]*><a href="\/papers\/[\d.]+"/g) ?? [];
    expect(links.length).toBe(2 * new Set(links).size);
  });

  it('searches, shows single papers, and does not know the others', async () => {
    const server = await start();
    expect((await get(server, '/api/papers/search?q=Paper%20Boats&limit=3')).json()).toHaveLength(3);
    expect((await get(server, `/api/papers/search?q=${'a'.repeat(251)}`)).status).toBe(400);
    expect((await get(server, '/api/papers/search?q=a&limit=121')).status).toBe(400);
    expect((await get(server, '/api/papers/2608.21000')).status).toBe(200);
    for (const path of ['/api/papers/2608.31999', '/api/papers/9999.99999', '/papers/2608.31999', '/other']) {
      expect((await get(server, path)).status).toBe(404);
    }
  });

  it('breaks one route or all, for a while or for good', async () => {
    const server = await start();
    server.setFault('list', { kind: 'status', status: 500, times: 2 });
    const statuses: number[] = [];
    for (let time = 0; time < 3; time++) statuses.push((await get(server, '/api/daily_papers')).status);
    expect(statuses).toEqual([500, 500, 200]);
    server.setFault('all', { kind: 'status', status: 503 });
    expect((await get(server, '/api/daily_papers')).status).toBe(503);
    expect((await get(server, '/papers/trending')).status).toBe(503);
    server.setFault('all', undefined);
    expect((await get(server, '/papers/trending')).status).toBe(200);
    expect(server.count('list')).toBe(4);
    expect(server.count()).toBe(6);
    server.forget();
    expect(server.count()).toBe(0);
  });

  it('abbreviates as the site does', () => {
    expect([0, 94, 999, 3290, 110_000].map(abbreviated)).toEqual(['0', '94', '999', '3.29k', '110k']);
  });
});
