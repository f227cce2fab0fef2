import { describe, expect, it } from 'vitest';
import { SourceFormatError, SourceUnavailableError } from '../../../src/errors.ts';
import type { Fault } from '../../fakes/source-server.ts';
import { FRIDAY, SATURDAY, useSourceWorld } from '../world.ts';

const start = useSourceWorld();
const codes = (warnings: readonly { code: string }[]) => warnings.map(({ code }) => code);

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.fail('resolved'),
    (error: unknown) => error,
  );
}

/** Everything that may be wrong with an answer. Time is short: what hangs is left after a moment. */
const FAULTS: readonly Fault[] = [
  ...[202, 400, 401, 403, 404, 500, 503].map((status) => ({ kind: 'status', status }) as const),
  { kind: 'status', status: 429, headers: { 'retry-after': '600' } },
  { kind: 'html' },
  { kind: 'truncated' },
  { kind: 'new-shape' },
  { kind: 'endless' },
  { kind: 'redirect-loop' },
  { kind: 'reset' },
  { kind: 'close' },
  { kind: 'cut' },
  { kind: 'hang' },
  { kind: 'drip', everyMs: 5 },
];
const HURRY = { timeoutMs: 80, tries: 2, random: () => 0 };
/** Answers in a shape that we do not know; all others did not come, or refuse. */
const STRANGE: readonly Fault['kind'][] = ['html', 'truncated', 'new-shape'];
const named = FAULTS.map(
  (fault) => [`${fault.kind} ${'status' in fault ? fault.status : ''}`, fault] as const,
);

describe('when the API fails, the page is read:', () => {
  it.each(named)('%s', async (_name, fault) => {
    const { source, server, logged } = await start({ http: HURRY });
    const whole = await source.read(FRIDAY);
    server.setFault('list', fault);
    const { papers, way, warnings, confirmedBy } = await source.read(FRIDAY);
    expect(way).toBe('hydration');
    expect(confirmedBy).toEqual(['hydration']);
    expect(papers).toEqual(whole.papers);
    expect(codes(warnings)).toEqual([STRANGE.includes(fault.kind) ? 'changed-shape' : 'fallback']);
    expect(warnings[0]?.message).toMatch(/^By api .*\.$/);
    expect(logged.filter(({ level }) => level === 'warn' || level === 'error')).toHaveLength(1);
  });
});

describe('when all ways fail, it is said how:', () => {
  it.each(named)('%s', async (_name, fault) => {
    const { source, server } = await start({ http: HURRY });
    server.setFault('all', fault);
    const isStrange = STRANGE.includes(fault.kind);
    const error = await errorOf(source.read(FRIDAY));
    expect(error).toBeInstanceOf(isStrange ? SourceFormatError : SourceUnavailableError);
    expect((error as Error).message).toContain('Hugging Face does not show the daily list of 2026-08-21.');
    for (const way of ['By api', 'hydration', 'markup']) expect((error as Error).message).toContain(way);
    if (fault.kind === 'status') expect(error).toMatchObject({ status: fault.status });
    if (fault.kind === 'status' && fault.headers) expect(error).toMatchObject({ retryAfterMs: 600_000 });
    // Hydration and markup look at the same page: it is asked for once, and tried again where that may help.
    expect(server.count('page')).toBeLessThanOrEqual(fault.kind === 'redirect-loop' ? 6 : 2);
  });

  it('loses nothing when the site comes back', async () => {
    const { source, server } = await start({ http: HURRY });
    server.setFault('all', { kind: 'reset' });
    await errorOf(source.read(FRIDAY));
    server.setFault('all', undefined);
    expect((await source.read(FRIDAY)).papers).toHaveLength(28);
  });

  it('names a strange answer before one that did not come', async () => {
    const { source, server, logged } = await start({ http: HURRY });
    server.setFault('list', { kind: 'new-shape' });
    server.setFault('page', { kind: 'status', status: 503 });
    const error = await errorOf(source.read(FRIDAY));
    expect(error).toBeInstanceOf(SourceFormatError);
    expect(error).toMatchObject({ way: 'api', path: '' });
    expect((error as Error).cause).toBeInstanceOf(AggregateError);
    expect(logged.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        message: 'A source answers in an unknown shape',
        fields: expect.objectContaining({ source: 'hugging-face', way: 'api', path: '' }),
      },
    ]);
  });
});

describe('a large answer', () => {
  it('of 3 MB is read', async () => {
    const { source, server } = await start();
    server.setFault('list', { kind: 'large', bytes: 3_000_000 });
    expect((await source.read(FRIDAY)).way).toBe('api');
  });

  it('of 5 MB is not, and the page is read', async () => {
    const { source, server } = await start();
    server.setFault('list', { kind: 'large' });
    expect((await source.read(FRIDAY)).way).toBe('hydration');
  });
});

describe('when the data of the page is strange too', () => {
  it('the cards are read, and arXiv asked once for the rest', async () => {
    const { source, server } = await start({ http: HURRY });
    const whole = await source.read(FRIDAY);
    server.setFault('list', { kind: 'status', status: 503 });
    server.setFault('page', { kind: 'new-hydration' });
    const { papers, way, warnings } = await source.read(FRIDAY);
    expect(way).toBe('markup');
    expect(codes(warnings)).toEqual(['fallback', 'changed-shape']);
    expect(papers.map(({ id, upvotes }) => [id, upvotes])).toEqual(
      whole.papers.map(({ id, upvotes }) => [id, upvotes]),
    );
    for (const [index, { abstract, authors, publishedAt, comments }] of papers.entries()) {
      const other = whole.papers[index];
      expect({ abstract, authors, publishedAt }).toEqual({
        abstract: other?.abstract,
        authors: other?.authors,
        publishedAt: other?.publishedAt,
      });
      expect(comments ?? 0).toBe(other?.comments);
    }
    expect(server.count('arxiv')).toBe(1);
    expect(server.count('page')).toBe(1);
  });

  it.each<[string, Fault]>([
    ['is away', { kind: 'status', status: 503 }],
    ['is overloaded and shows nothing', { kind: 'empty' }],
    ['answers with a page', { kind: 'html' }],
    ['hangs', { kind: 'hang' }],
  ])('and arXiv %s, the papers come without abstracts and with a warning', async (_how, fault) => {
    const { source, server } = await start({ http: HURRY });
    server.setFault('list', { kind: 'html' });
    server.setFault('page', { kind: 'new-hydration' });
    server.setFault('arxiv', fault);
    const { papers, warnings } = await source.read(FRIDAY);
    expect(papers).toHaveLength(28);
    expect(papers.every((paper) => !('abstract' in paper))).toBe(true);
    expect(codes(warnings)).toEqual(['changed-shape', 'changed-shape', 'incomplete']);
  });

  it('a paper that arXiv does not know stays as it is, with a warning', async () => {
    const listed = ['2608.00001', 'x'].map((id) => aPaper(id));
    const { source, server } = await start({ lists: new Map([['2026-08-21', listed]]) });
    server.setFault('list', { kind: 'html' });
    server.setFault('page', { kind: 'new-hydration' });
    const { papers, warnings } = await source.read(FRIDAY);
    expect(papers.map(({ id }) => id)).toEqual(['2608.00001']);
    expect(codes(warnings)).toEqual(['changed-shape', 'changed-shape']);
  });

  it('without arXiv the papers come as they are', async () => {
    const { source, server } = await start({ hasArxiv: false });
    server.setFault('list', { kind: 'html' });
    server.setFault('page', { kind: 'new-hydration' });
    const { warnings } = await source.read(FRIDAY);
    expect(codes(warnings)).toEqual(['changed-shape', 'changed-shape', 'incomplete']);
    expect(server.count('arxiv')).toBe(0);
  });

  it.each(['2024', '2025', '2026'] as const)('the cards of %s show what the API shows', async (style) => {
    const { source } = await start({ style });
    const key = (await source.read(FRIDAY)).papers.map(({ id, title, upvotes }) => [id, title, upvotes]);
    const { papers } = await source.read(FRIDAY, { way: 'markup' });
    expect(papers.map(({ id, title, upvotes }) => [id, title, upvotes])).toEqual(key);
  });
});

describe('an empty list', () => {
  it('on a weekday is looked at by one more way, which may know better', async () => {
    const { source, server } = await start();
    server.setFault('list', { kind: 'empty' });
    const { papers, way, warnings } = await source.read(FRIDAY);
    expect(way).toBe('hydration');
    expect(papers).toHaveLength(28);
    expect(codes(warnings)).toEqual(['disagreement']);
  });

  it('is confirmed when the page has none either', async () => {
    for (const otherDay of ['redirect', 'rerender'] as const) {
      const { source } = await start({ lists: new Map([['2026-08-20', [aPaper()]]]), otherDay });
      const { papers, confirmedBy, way } = await source.read(FRIDAY);
      expect(papers).toEqual([]);
      expect(way).toBe('api');
      expect(confirmedBy).toEqual(['api', 'hydration']);
    }
  });

  it('that only the API shows is not confirmed', async () => {
    const { source, server } = await start({ http: HURRY });
    server.setFault('list', { kind: 'empty' });
    server.setFault('page', { kind: 'status', status: 503 });
    const { papers, confirmedBy, warnings } = await source.read(FRIDAY);
    expect(papers).toEqual([]);
    expect(confirmedBy).toEqual(['api']);
    expect(codes(warnings)).toEqual(['fallback', 'fallback']);
  });

  it('that only the page shows is one witness, though it has two ways in', async () => {
    const { source, server } = await start({ http: HURRY, lists: new Map([['2026-08-20', [aPaper()]]]) });
    server.setFault('list', { kind: 'status', status: 503 });
    const { papers, confirmedBy, way } = await source.read(FRIDAY);
    expect(papers).toEqual([]);
    expect(way).toBe('hydration');
    expect(confirmedBy).toEqual(['hydration']);
  });

  it.each([SATURDAY, { kind: 'search', key: 'no paper has these words' }] as const)(
    'is believed at once where none is expected: $kind $key',
    async (listing) => {
      const { source, server } = await start();
      expect(await source.read(listing)).toMatchObject({ papers: [], confirmedBy: ['api'], warnings: [] });
      expect(server.count('page')).toBe(0);
    },
  );

  it('of a day that has not opened says so and asks nobody else', async () => {
    const { source, server } = await start();
    const { papers, warnings, confirmedBy } = await source.read({ kind: 'daily', key: '2026-08-24' });
    expect(papers).toEqual([]);
    expect(confirmedBy).toEqual(['api']);
    expect(warnings).toEqual([
      { code: 'not-open', message: 'The list of 2026-08-24 is not open yet: the newest one is 2026-08-21.' },
    ]);
    expect(server.count()).toBe(1);
  });
});

describe('a forced way', () => {
  it.each(['api', 'hydration', 'markup'])('%s does not fall back', async (way) => {
    const { source, server } = await start({ http: HURRY });
    server.setFault(way === 'api' ? 'list' : 'page', { kind: 'new-shape' });
    expect(await errorOf(source.read(FRIDAY, { way }))).toMatchObject({ code: 'source-format', way });
    expect(server.count()).toBe(1);
  });

  it('markup is not completed from arXiv', async () => {
    const { source, server } = await start();
    const { papers, warnings } = await source.read(FRIDAY, { way: 'markup' });
    expect(papers[0]).not.toHaveProperty('abstract');
    expect(codes(warnings)).toEqual(['incomplete']);
    expect(server.count('arxiv')).toBe(0);
  });

  it('that does not exist is a mistake of the caller', async () => {
    const { source, arxiv } = await start();
    await expect(source.read(FRIDAY, { way: 'telegraph' })).rejects.toThrow(RangeError);
    await expect(source.paper('2608.21000', { way: 'telegraph' })).rejects.toThrow(RangeError);
    await expect(arxiv.paper('2608.21000', { way: 'markup' })).rejects.toThrow(RangeError);
  });
});

describe('one paper', () => {
  it('is read by the API, else from its page, else from its heading and arXiv', async () => {
    const { source, server } = await start({ http: HURRY });
    const byApi = await source.paper('2608.21000');
    server.setFault('paper', { kind: 'html' });
    expect(await source.paper('2608.21000')).toEqual(byApi);
    server.setFault('paper-page', { kind: 'new-hydration' });
    const { id, title, upvotes, abstract, authors } = (await source.paper('2608.21000')) ?? expect.fail();
    expect({ id, title, upvotes, abstract, authors }).toEqual({
      id: byApi?.id,
      title: byApi?.title,
      upvotes: byApi?.upvotes,
      abstract: byApi?.abstract,
      authors: byApi?.authors,
    });
  });

  it('of before 2007 is not asked for: nobody lists it there', async () => {
    const { source, server } = await start();
    expect(await source.paper('hep-th/9901001')).toBeUndefined();
    expect(server.count()).toBe(0);
  });

  it.each(named.filter(([, { kind }]) => kind !== 'status'))(
    'is not unknown for a fault: %s',
    async (_, fault) => {
      const { source, server } = await start({ http: HURRY });
      server.setFault('all', fault);
      const error = await errorOf(source.paper('2608.21000'));
      expect((error as { code: string }).code).toMatch(/^source-(format|unavailable)$/);
      expect((error as Error).message).toContain('does not show paper 2608.21000.');
    },
  );
});

function aPaper(id = '2608.20001') {
  return { paper: { id, title: 'Invented paper', upvotes: 3 } };
}
