import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assetPath } from '../../src/web/assets.ts';
import { openPages } from './pages.ts';

const { get } = openPages();
const onDisk = (name: string) => readFileSync(new URL(`../../src/web/assets/${name}`, import.meta.url));

describe('an asset', () => {
  it.each([
    ['/assets/site.css', 'site.css', 'text/css; charset=utf-8'],
    ['/assets/icon.svg', 'icon.svg', 'image/svg+xml'],
    ['/favicon.ico', 'favicon.ico', 'image/x-icon'],
  ])('is what lies on the disk: %s', async (path, name, type) => {
    const answer = await get(path);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(Buffer.from(await answer.arrayBuffer()).equals(onDisk(name))).toBe(true);
  });

  it('may be kept for ever under the address of its content, and for a while under another', async () => {
    const named = await get(assetPath('site.css'));
    expect(named.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const other of ['/assets/site.css', '/assets/site.css?v=', '/assets/site.css?v=old'])
      expect((await get(other)).headers.get('cache-control'), other).toBe('public, max-age=300');
  });

  it('is not sent again', async () => {
    const tag = (await get('/assets/site.css')).headers.get('etag') ?? '';
    const again = await get('/assets/site.css', { 'If-None-Match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it.each([
    '/assets',
    '/assets/',
    '/assets/../assets.ts',
    '/assets/..%2fassets.ts',
    '/assets/%2e%2e/assets.ts',
    '/assets/..%5cassets.ts',
    '/assets/site.css%00',
    '/assets/site.css/',
    '/assets//site.css',
    '/assets/favicon.ico',
    '/assets/constructor',
    '/assets/%2fetc%2fpasswd',
  ])('is nothing else: %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
