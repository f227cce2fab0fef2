import { describe, expect, it } from 'vitest';
import { SourceUnavailableError, StoreError } from '../../src/errors.ts';
import { ARCHIVE } from './archive/lists.ts';
import { openPages } from './pages.ts';

const { get, see } = openPages({ archive: ARCHIVE });

describe('a page', () => {
  it('that has not changed is not sent again', async () => {
    const first = await get('/days/2026-11-23');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/".+"$/);
    const again = await get('/days/2026-11-23', { 'If-None-Match': tag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await get('/days/2026-11-20', { 'If-None-Match': tag })).status).toBe(200);
  });

  it('that is not there says so, with a way on', async () => {
    const { $, main } = await see('/nowhere', 404);
    expect(main).toContain('There is no such page here.');
    expect($('main a').first().attr('href')).toBe('/days/newest');
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
  });

  it('that the store does not give is never an empty one', async () => {
    const closed = async () => Promise.reject(new StoreError('read', { message: 'closed' }));
    const archive = { ...ARCHIVE, day: closed, days: closed, paper: closed, topic: closed, search: closed };
    const { see, logged } = openPages({ archive });
    for (const path of [
      '/days',
      '/days/newest',
      '/days/2026-11-23',
      '/papers/2611.00001',
      '/topics/agents',
      '/search?q=a',
    ]) {
      const { main, headers } = await see(path, 503);
      expect(main).toContain('The archive cannot be read just now.');
      expect([headers.get('retry-after'), headers.get('cache-control')]).toEqual(['60', 'no-store']);
    }
    expect(logged).toHaveLength(6);
  });

  it('of an empty archive says why it cannot be filled', async () => {
    const refused = new SourceUnavailableError('Hugging Face <cannot> be reached.', {
      source: 'hugging-face',
      way: 'api',
    });
    const { see, logged } = openPages({ archive: { ...ARCHIVE, days: async () => Promise.reject(refused) } });
    for (const path of ['/days', '/days/newest']) {
      const { $, main, headers } = await see(path, 503);
      expect($('main a[href="/"]').text()).toBe('Playground');
      expect(main).toContain('Hugging Face <cannot> be reached. Nothing of it is in the archive either.');
      expect(headers.get('retry-after')).toBe('60');
    }
    expect(logged).toEqual([]);
  });

  it('in which we are wrong says no more than that', async () => {
    const archive = { ...ARCHIVE, day: async () => Promise.reject(new TypeError('secret detail')) };
    const { see, logged } = openPages({ archive });
    const { main, text } = await see('/days/2026-11-23', 500);
    expect(main).toContain('That went wrong in Paperwire itself');
    expect(text).not.toContain('secret detail');
    expect(logged[0]?.[1]).toMatchObject({ path: '/days/2026-11-23' });
  });
});
