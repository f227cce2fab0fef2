import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { SourceFormatError, SourceUnavailableError } from '../../../src/errors.ts';
import { readFeed } from '../../../src/sources/arxiv/atom.ts';
import { FRIDAY, useSourceWorld } from '../world.ts';

const start = useSourceWorld();

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.fail('resolved'),
    (error: unknown) => error,
  );
}

describe('arXiv', () => {
  it('knows papers by ids of every age, in both formats of its feed', async () => {
    for (const atom of ['old', 'new'] as const) {
      const { arxiv } = await start({ atom });
      expect(await arxiv.paper('2608.21003')).toMatchObject({
        id: '2608.21003',
        title: expect.stringMatching(/^Invented Paper 4 of 2026-08-21: \w+ [\w -]+$/),
        url: 'https://arxiv.org/abs/2608.21003',
        abstract: expect.stringMatching(/^This abstract is invented\. .* claims nothing about the world\.$/),
        publishedAt: '2026-08-20T00:00:00.000Z',
        upvotes: 0,
      });
      expect(await arxiv.paper('hep-th/9901001')).toMatchObject({
        id: 'hep-th/9901001',
        pdfUrl: 'https://arxiv.org/pdf/hep-th/9901001',
      });
    }
  });

  it('is asked for many papers at once, and for nothing when there are none', async () => {
    const { arxiv, server } = await start();
    const papers = await arxiv.papers(['2608.21001', '2608.31999', '2608.21000']);
    expect(papers.map(({ id }) => id)).toEqual(['2608.21001', '2608.21000']);
    expect(server.requests[0]?.path).toBe(
      '/api/query?id_list=2608.21001%2C2608.31999%2C2608.21000&max_results=3',
    );
    expect(await arxiv.papers([])).toEqual([]);
    expect(server.count()).toBe(1);
  });

  it('that shows none of several papers is overloaded; of one, it may just not know it', async () => {
    const { arxiv, server } = await start();
    server.setFault('arxiv', { kind: 'empty' });
    const error = await errorOf(arxiv.papers(['2608.21000', '2608.21001']));
    expect(error).toBeInstanceOf(SourceUnavailableError);
    expect(await arxiv.papers(['2608.21000'])).toEqual([]);
    expect(await arxiv.paper('2608.21000')).toBeUndefined();
  });

  it('does not know a malformed id, and refuses a request with one', async () => {
    const { arxiv } = await start();
    expect(await arxiv.paper('abc')).toBeUndefined();
    const error = await errorOf(arxiv.papers(['abc', '2608.21000']));
    expect(error).toBeInstanceOf(SourceUnavailableError);
    expect(error).toMatchObject({
      status: 400,
      message: 'arXiv refuses the request: incorrect id format for abc.',
    });
  });

  it('has no listings', async () => {
    const { arxiv, server } = await start();
    const error = await errorOf(arxiv.read(FRIDAY));
    expect(error).toMatchObject({ code: 'source-unavailable', source: 'arxiv', way: 'api' });
    expect((error as Error).message).toBe('arXiv has no listing daily:2026-08-21.');
    expect(server.count()).toBe(0);
  });

  it('gets a request every three seconds, tries included', async () => {
    const { arxiv, server, clock } = await start();
    await arxiv.paper('2608.21000');
    expect(clock.slept).toEqual([]);
    await arxiv.paper('2608.21001');
    expect(clock.slept).toEqual([3000]);
    clock.advance(2000);
    await arxiv.paper('2608.21002');
    expect(clock.slept).toEqual([3000, 1000]);
    clock.advance(60_000);
    server.setFault('arxiv', { kind: 'status', status: 503, times: 1 });
    const before = clock.now();
    await arxiv.paper('2608.21003');
    expect(Date.parse(clock.now()) - Date.parse(before)).toBe(3000);
  });

  it('is left alone for ten minutes after a 429', async () => {
    const { arxiv, server, clock } = await start();
    server.setFault('arxiv', { kind: 'status', status: 429, body: 'Rate exceeded.', times: 1 });
    const error = await errorOf(arxiv.paper('2608.21000'));
    expect(error).toBeInstanceOf(SourceUnavailableError);
    expect(error).toMatchObject({ status: 429 });
    expect(server.count()).toBe(1);
    clock.advance(9 * MINUTE_MS);
    expect(await errorOf(arxiv.paper('2608.21000'))).toMatchObject({ status: 429 });
    expect(server.count()).toBe(1);
    clock.advance(MINUTE_MS);
    expect((await arxiv.paper('2608.21000'))?.id).toBe('2608.21000');
  });

  it('that answers with something else is of an unknown shape, loudly', async () => {
    const { arxiv, server, logged } = await start();
    for (const kind of ['html', 'truncated', 'new-shape'] as const) {
      server.setFault('arxiv', { kind });
      expect(await errorOf(arxiv.paper('2608.21000'))).toBeInstanceOf(SourceFormatError);
    }
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(3);
  });
});

describe('a feed', () => {
  const feed = (entries: string, attributes = 'xmlns="http://www.w3.org/2005/Atom"') =>
    `<?xml version="1.0"?>\n<feed ${attributes}>${entries}</feed>\n`;
  const entry = (inner: string) => `<entry><id>http://arxiv.org/abs/2608.00001v2</id>${inner}</entry>`;

  it('is told by its namespace, not by its prefix', () => {
    const prefixed = `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>http://arxiv.org/abs/2608.00001v1</a:id><a:title>Invented</a:title><a:summary>x</a:summary></a:entry></a:feed>`;
    expect(readFeed(prefixed).papers).toHaveLength(1);
    const other = feed(entry('<title>x</title><summary>y</summary>'), 'xmlns="http://example.org/other"');
    expect(() => readFeed(other)).toThrow(SourceFormatError);
    const foreign = entry('<title>x</title><summary>y</summary><n:title xmlns:n="urn:n">z</n:title>');
    expect(readFeed(feed(foreign)).papers[0]?.title).toBe('x');
  });

  it('loses entries that cannot be read, and fields that are none', () => {
    const entries = [
      entry('<title> </title><summary>y</summary>'),
      entry('<summary>y</summary>'),
      '<entry><id>http://arxiv.org/abs/</id><title>x</title><summary>y</summary></entry>',
      '<entry><title>x</title><summary>y</summary></entry>',
      entry(
        '<title>Good</title><summary> </summary><published>once</published><author><name> </name></author>',
      ),
    ].join('');
    expect(readFeed(feed(entries)).papers).toStrictEqual([
      {
        id: '2608.00001',
        title: 'Good',
        upvotes: 0,
        url: 'https://arxiv.org/abs/2608.00001',
        arxivUrl: 'https://arxiv.org/abs/2608.00001',
        pdfUrl: 'https://arxiv.org/pdf/2608.00001',
        keywords: [],
      },
    ]);
  });

  it('is unescaped once', () => {
    const inner =
      '<title>P &amp; Q &lt;think&gt; &amp;amp;</title><summary><![CDATA[a < b]]></summary><author><name>B. \\"{o}</name></author>';
    expect(readFeed(feed(entry(inner))).papers[0]).toMatchObject({
      title: 'P & Q <think> &amp;',
      abstract: 'a < b',
      authors: [{ name: 'B. ö' }],
    });
  });

  it('may complain without saying of what', () => {
    expect(readFeed(feed('<entry><id>https://arxiv.org/api/errors</id></entry>'))).toEqual({
      papers: [],
      complaint: 'unknown',
    });
  });
});
