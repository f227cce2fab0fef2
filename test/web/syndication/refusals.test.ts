import { describe, expect, it } from 'vitest';
import { SourceUnavailableError, StoreError } from '../../../src/errors.ts';
import { type Log, silentLog } from '../../../src/log.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { archived, read, show } from './kit.ts';

const PAPERS = archived(somePapers('2611', [1]));

async function refused(path: string, shown = show(PAPERS)) {
  const response = await shown.app.request(path);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { response, sentence: await response.text() };
}

describe('an address without a document', () => {
  it.each([
    '/feeds/daily',
    '/feeds/daily.xml',
    '/feeds/daily.ATOM',
    '/feeds/daily.atom/',
    '/feeds/daily.toString',
    '/feeds/weekly.atom',
    '/feeds/topic.atom',
    '/feeds/topic/.atom',
    '/feeds/topic/agents',
    '/feeds/topic/agents.html',
    '/feeds/topic/agents/more.atom',
    '/feeds/topic/%2e%2e.atom',
    '/feeds/topic/%3Cb%3E.atom',
    '/feeds//daily.atom',
    '/feeds/%00.atom',
  ])('%s says what there is', async (path) => {
    const { response, sentence } = await refused(path);
    expect(response.status).toBe(404);
    expect(sentence).toContain('/feeds/daily');
  });

  it.each(['/feeds/topic/quokkas.rss', '/feeds/topic/constructor.json'])(
    '%s says where topics are',
    async (path) => {
      const { response, sentence } = await refused(path);
      expect(response.status).toBe(404);
      expect(sentence).toContain('/topics');
    },
  );

  it.each(['', '?', '?q', '?q=', '?q=%20%0a', '?q=%E2%80%8B', '?Q=x', '?query=x'])(
    '/feeds/search.atom%s asks for a query',
    async (query) => {
      const { response, sentence } = await refused(`/feeds/search.atom${query}`);
      expect(response.status).toBe(400);
      expect(sentence).toContain('?q=');
    },
  );

  it('asks for fewer words than a book', async () => {
    const words = 'ab '.repeat(66);
    await read(show(PAPERS), `/feeds/search.rss?q=${encodeURIComponent(words)}`);
    const { response, sentence } = await refused(
      `/feeds/search.rss?q=${encodeURIComponent(`${words} abcd`)}`,
    );
    expect(response.status).toBe(400);
    expect(sentence).toContain('too long');
  });
});

it('/feeds leads to the topics, which show all addresses', async () => {
  const response = await show(PAPERS).app.request('/feeds');
  expect([response.status, response.headers.get('location')]).toEqual([302, '/topics']);
});

it('nothing but reading is known', async () => {
  const response = await show(PAPERS).app.request('/feeds/daily.atom', { method: 'POST' });
  expect(response.status).toBe(404);
});

describe('what cannot be read just now', () => {
  it.each(['/feeds/topic/agents.atom', '/feeds/search.atom?q=x'])(
    '%s is no short document while the archive is being indexed',
    async (path) => {
      const shown = show(PAPERS);
      shown.archive.said = { isComplete: false };
      const { response, sentence } = await refused(path, shown);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60']);
      expect(sentence).toContain('being indexed');
      shown.archive.said = {};
      await read(shown, path);
    },
  );

  it('a source that gives nothing before anything is archived is no empty day', async () => {
    const warned: unknown[] = [];
    const log: Log = { ...silentLog, warn: (message, fields) => void warned.push(message, fields?.error) };
    const shown = show([], { log });
    const error = new SourceUnavailableError('It is down.', { source: 'hugging-face', way: 'api' });
    shown.archive.newest = () => Promise.reject(error);
    const { response, sentence } = await refused('/feeds/daily.json', shown);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '600']);
    expect(sentence).toContain('source');
    expect(warned).toEqual(['There is nothing to syndicate yet', error]);
  });

  it('a broken store is left to whoever answers for all pages, and tried again', async () => {
    const shown = show(PAPERS);
    const { newest } = shown.archive;
    const thrown: unknown[] = [];
    shown.app.onError((error, c) => {
      thrown.push(error);
      return c.text('later', 503);
    });
    const error = new StoreError('get', { key: 'papers:x' });
    shown.archive.newest = () => Promise.reject(error);
    expect((await shown.app.request('/feeds/daily.rss')).status).toBe(503);
    expect(thrown).toEqual([error]);
    shown.archive.newest = newest;
    await read(shown, '/feeds/daily.rss');
  });
});
