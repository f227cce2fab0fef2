import { describe, expect, it } from 'vitest';
import { openWeb } from './world.ts';

const OPEN = [
  '/days',
  '/days/2026-11-23',
  '/papers/2611.00001',
  '/topics',
  '/topics/agents',
  '/search',
  '/feeds/daily.atom',
  '/assets/site.css',
  '/robots.txt',
  '/favicon.ico',
  '/healthz',
  '/readyz',
];

describe('the web side', () => {
  it('shows papers to everybody, and how the bot stands to whoever has the password', async () => {
    const { get } = await openWeb({ password: 'correct horse' });
    for (const path of OPEN) expect((await get(path)).status, path).toBe(200);
    const authorization = `Basic ${Buffer.from('any:correct horse').toString('base64')}`;
    for (const path of ['/status', '/metrics']) {
      const closed = await get(path);
      expect(closed.status, path).toBe(401);
      expect(closed.text).not.toMatch(/feed01|figures/);
      expect((await get(path, { authorization })).status, path).toBe(200);
    }
  });

  it('begins with the newest list where there is no playground', async () => {
    const { get } = await openWeb();
    const root = await get('/');
    expect([root.status, root.headers.location]).toEqual([302, '/days/2026-11-23']);
    const nowhere = await get('/nowhere');
    expect(nowhere.status).toBe(404);
    expect(nowhere.text).toContain('There is no such page here.');
  });

  it('leaves the root to the playground, and leads there', async () => {
    const { get } = await openWeb({ hasPlayground: true });
    expect((await get('/')).status).toBe(404);
    expect((await get('/topics')).text).toContain('>Playground</a>');
  });

  it('sends pages that a browser takes for no more than they are', async () => {
    const { get, head, url } = await openWeb();
    const answer = await get('/papers/2611.00001');
    expect(answer.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect(answer.text).toContain(`<link rel="canonical" href="${url}/papers/2611.00001">`);
    const { etag = '' } = answer.headers;
    const again = await get('/papers/2611.00001', { 'If-None-Match': etag });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    const top = await head('/papers/2611.00001');
    expect([top.status, top.text, top.headers.etag]).toEqual([200, '', etag]);
  });

  it('offers syndication under the addresses that its pages name', async () => {
    const { get } = await openWeb();
    for (const path of ['/days', '/topics/agents', '/search?q=One']) {
      const { text } = await get(path);
      const named = [...text.matchAll(/<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">/g)];
      expect(named).toHaveLength(3);
      for (const [, type = '', address = ''] of named) {
        const answer = await get(address);
        expect(answer.status, address).toBe(200);
        expect(answer.headers['content-type'], address).toContain(type);
      }
    }
  });

  it('tells robots to leave alone what is work or nobody else’s', async () => {
    const { get } = await openWeb();
    const { text } = await get('/robots.txt');
    expect(text).toMatch(/^User-agent: \*\n/);
    for (const path of ['/status', '/metrics', '/search']) expect(text).toContain(`Disallow: ${path}\n`);
    expect(text).not.toMatch(/Disallow: \/(days|papers|topics)?\n/);
  });
});
