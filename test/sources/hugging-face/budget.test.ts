import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, msBetween } from '../../../src/domain/calendar.ts';
import { SourceUnavailableError } from '../../../src/errors.ts';
import { BUCKETS, createBudget, WINDOW_MS } from '../../../src/sources/hugging-face/budget.ts';
import { FRIDAY, NOW, useSourceWorld } from '../world.ts';

const start = useSourceWorld();
const told = (headers: Record<string, string>, status = 200) => ({ status, headers: new Headers(headers) });
const leftOf = (budget: ReturnType<typeof createBudget>, at = NOW) =>
  Object.fromEntries(budget.quota(at).map(({ bucket, left }) => [bucket, left]));

describe('the budget', () => {
  it('is what the site allows, less a tenth; more with a token, but for searches', () => {
    expect(leftOf(createBudget({ hasToken: false }))).toEqual({ api: 450, pages: 90, search: 45 });
    expect(leftOf(createBudget({ hasToken: true }))).toEqual({ api: 900, pages: 180, search: 45 });
  });

  it('is never overdrawn in any five minutes, whenever requests are made', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 60, maxLength: 300 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const budget = createBudget({ hasToken: false });
        const taken: string[] = [];
        let at = NOW;
        for (const wait of waits) {
          at = addMs(at, wait);
          if (!budget.take('search', at)) taken.push(at);
        }
        for (const [index, last] of taken.entries()) {
          const first = taken[index - 45];
          if (first !== undefined) expect(msBetween(first, last)).toBeGreaterThanOrEqual(WINDOW_MS);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says how long there is none, and has some then', () => {
    const budget = createBudget({ hasToken: false });
    for (let count = 0; count < 45; count++) expect(budget.take('search', NOW)).toBeUndefined();
    expect(budget.take('search', addMs(NOW, 100_000))).toEqual({ waitMs: 200_000 });
    expect(budget.quota(addMs(NOW, 100_000))).toContainEqual({
      bucket: 'search',
      left: 0,
      resetsAt: addMs(NOW, WINDOW_MS),
    });
    expect(budget.take('search', addMs(NOW, WINDOW_MS))).toBeUndefined();
  });

  it('follows the count of the site where that is lower, until it resets', () => {
    const budget = createBudget({ hasToken: false });
    budget.note('api', told({ ratelimit: '"api";r=2;t=60' }), NOW);
    expect(budget.take('api', NOW)).toBeUndefined();
    expect(budget.take('api', NOW)).toBeUndefined();
    expect(budget.take('api', NOW)).toEqual({ waitMs: 60_000 });
    expect(leftOf(budget)).toMatchObject({ api: 0, pages: 90 });
    expect(leftOf(budget, addMs(NOW, 60_000))).toMatchObject({ api: 448 });
  });

  it('does not grow beyond its own count because the site counts less', () => {
    const budget = createBudget({ hasToken: false });
    budget.note('pages', told({ ratelimit: '"pages";r=9999;t=300' }), NOW);
    expect(leftOf(budget)).toMatchObject({ pages: 90 });
  });

  it('takes the limits that the site tells of the bucket that it names', () => {
    const budget = createBudget({ hasToken: true });
    const policy = '"fixed window";"api";q=2500;w=300';
    // A search is counted among the API's, but that says nothing of the limit of searches.
    budget.note('search', told({ ratelimit: '"api";r=2000;t=300', 'ratelimit-policy': policy }), NOW);
    expect(leftOf(budget)).toEqual({ api: 2000, pages: 180, search: 45 });
    budget.note('api', told({ ratelimit: '"resolvers";r=7;t=300', 'ratelimit-policy': policy }), NOW);
    expect(leftOf(budget)).toMatchObject({ api: 7 });
  });

  it.each([
    [told({ ratelimit: '"api";r=0;t=50' }, 429), undefined, 50_000],
    [told({}, 429), 7_000, 7_000],
    [told({}, 429), undefined, 60_000],
  ])('is spent after a 429', (arrival, retryAfterMs, waitMs) => {
    const budget = createBudget({ hasToken: false });
    const asked = retryAfterMs ?? (arrival.headers.has('ratelimit') ? 50_000 : undefined);
    budget.note('api', { ...arrival, ...(asked === undefined ? {} : { retryAfterMs: asked }) }, NOW);
    expect(budget.take('api', NOW)).toEqual({ waitMs });
    expect(budget.take('api', addMs(NOW, waitMs))).toBeUndefined();
  });

  it('is not disturbed by headers of whatever kind', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...BUCKETS), (rate, policy, bucket) => {
        const headers = new Headers();
        for (const [name, value] of Object.entries({ ratelimit: rate, 'ratelimit-policy': policy })) {
          if (/^[\x20-\x7e]*$/.test(value)) headers.set(name, value);
        }
        const budget = createBudget({ hasToken: false });
        budget.note(bucket, { status: 200, headers }, NOW);
        for (const { left, resetsAt } of budget.quota(NOW)) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(msBetween(NOW, resetsAt)).toBeLessThanOrEqual(WINDOW_MS);
        }
      }),
    );
    const budget = createBudget({ hasToken: false });
    budget.note('api', told({ ratelimit: '"api";r=0;t=999999999', 'ratelimit-policy': '"x";q=0' }), NOW);
    expect(budget.take('api', NOW)).toEqual({ waitMs: WINDOW_MS });
  });
});

describe('the source', () => {
  it('stops before the site does, says for how long, and goes on afterwards', async () => {
    const { source, server, clock } = await start();
    for (let count = 0; count < 45; count++) await source.read({ kind: 'search', key: `words ${count}` });
    const error = await source
      .read({ kind: 'search', key: 'one more' }, { way: 'api' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceUnavailableError);
    expect(error).toMatchObject({ retryAfterMs: WINDOW_MS });
    expect((error as Error).message).toMatch(/used up \(search\); more in 300 s\./);
    expect(server.count('search')).toBe(45);
    expect(server.requests.every(({ status }) => status !== 429)).toBe(true);
    clock.advance(WINDOW_MS);
    await source.read({ kind: 'search', key: 'one more' }, { way: 'api' });
    expect(server.count('search')).toBe(46);
  });

  it('reads the page when the searches of the API are used up', async () => {
    const { source, server } = await start({ quota: { search: 1 } });
    await source.read({ kind: 'search', key: 'paper boats' });
    const { way, papers } = await source.read({ kind: 'search', key: 'blue squares' });
    expect(way).toBe('hydration');
    expect(papers.length).toBeGreaterThan(0);
    expect(server.count('search')).toBe(1);
  });

  it('tells what is left, as the site counts it', async () => {
    const { source } = await start({ quota: { api: 30 } });
    await source.read(FRIDAY);
    expect(source.quota().map(({ bucket, left }) => [bucket, left])).toEqual([
      ['api', 26],
      ['pages', 90],
      ['search', 45],
    ]);
  });

  it('asks under its name, with the token if there is one, and never arXiv', async () => {
    const { source, server, arxiv } = await start({ token: 'hf_secretsecret' });
    await source.read(FRIDAY);
    await arxiv.paper('2608.21000');
    const [list, other] = server.requests;
    expect(list?.headers).toMatchObject({
      authorization: 'Bearer hf_secretsecret',
      'user-agent': 'paperwire/test',
      accept: 'application/json',
    });
    expect(other?.headers.authorization).toBeUndefined();
    const without = await start();
    await without.source.read(FRIDAY);
    expect(without.server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('goes on without a token that is refused, and says so once', async () => {
    const { source, server, logged } = await start({ token: 'hf_secretsecret', refusesTokens: true });
    expect((await source.read(FRIDAY)).way).toBe('api');
    await source.read({ kind: 'trending', key: 'now' });
    expect(server.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
    const warned = logged.filter(({ level }) => level === 'warn');
    expect(warned).toHaveLength(1);
    expect(JSON.stringify(warned)).not.toContain('hf_secret');
  });

  it('asks again only whether a list has changed', async () => {
    const { source, server } = await start();
    const first = await source.read(FRIDAY);
    const second = await source.read(FRIDAY);
    expect(second).toEqual(first);
    expect(server.requests.map(({ status }) => status)).toEqual([200, 304]);
  });

  it('has one request open at a time, however many readings there are', async () => {
    const { source, server } = await start();
    const listings = ['2026-08-17', '2026-08-18', '2026-08-19', '2026-08-20', '2026-08-21'];
    await Promise.all(listings.map((key) => source.read({ kind: 'daily', key })));
    expect(server.count()).toBe(5);
    expect(server.mostAtOnce).toBe(1);
  });
});
