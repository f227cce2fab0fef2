import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { FIRST_DAY, hasDailyList } from '../../src/domain/listing.ts';
import { somePapers } from '../fixtures/papers.ts';
import { closeLibrary, daily, FRIDAY, type Library, MONDAY, openLibrary, THURSDAY } from './kit.ts';

let library: Library;

beforeEach(async () => {
  library = await openLibrary();
});

afterEach(async () => {
  await closeLibrary(library);
});

describe('the archived days', () => {
  it('are none where nothing is archived', async () => {
    expect(await library.view.days(30)).toEqual([]);
    expect(await library.view.newest(5)).toEqual([]);
  });

  it('come newest first with how many papers each has, over gaps of years; empty ones are left out', async () => {
    await library.keepDay(FIRST_DAY, somePapers('2305', [1]));
    await library.keepDay('2024-02-29', somePapers('2402', [1, 2]));
    await library.keepDay(THURSDAY, somePapers('2611', [1, 2, 3]));
    await library.keepDay(FRIDAY, []);
    await library.keepDay(MONDAY, somePapers('2611', [1, 2], 10));
    const all = [
      { day: MONDAY, size: 2 },
      { day: THURSDAY, size: 3 },
      { day: '2024-02-29', size: 2 },
      { day: FIRST_DAY, size: 1 },
    ];
    expect(await library.view.days(30)).toEqual(all);
    expect(await library.view.days(2)).toEqual(all.slice(0, 2));
    expect(await library.view.days(30, THURSDAY)).toEqual(all.slice(2));
    expect(await library.view.days(1, '2026-11-20')).toEqual(all.slice(1, 2));
    expect(await library.view.days(30, FIRST_DAY)).toEqual([]);
    expect(await library.view.days(30, '9999-12-31')).toEqual(all);
    for (const before of ['0000-01-01', '0001-01-01', '2023-05-03'])
      expect(await library.view.days(30, before)).toEqual([]);
  });

  it('are each there once, however many there are', async () => {
    const days: string[] = [];
    for (let day = MONDAY; days.length < 150; day = addDays(day, -1)) if (hasDailyList(day)) days.push(day);
    for (const [at, day] of days.entries()) await library.keepDay(day, somePapers('2401', [1], at + 1));
    const found = await library.view.days(150);
    expect(found.map(({ day }) => day)).toEqual(days);
    const pages = [];
    for (let before: string | undefined; ; ) {
      const page = await library.view.days(40, before);
      if (page.length === 0) break;
      pages.push(page);
      before = page.at(-1)?.day;
    }
    expect(pages.flat()).toEqual(found);
  });
});

describe('a day', () => {
  it('shows its papers with most votes first, of equals in the order of the source, and its neighbours', async () => {
    const papers = somePapers('2611', [4, 9, 4, 30]);
    await library.keepDay(THURSDAY, somePapers('2610', [1]));
    await library.keepDay(FRIDAY, papers, 9);
    await library.keepDay(MONDAY, somePapers('2610', [1], 5));
    const day = await library.view.day(FRIDAY);
    expect(day?.papers.map(({ paper }) => paper.upvotes)).toEqual([30, 9, 4, 4]);
    expect(day?.papers.map(({ paper }) => paper.id.slice(-1))).toEqual(['4', '2', '1', '3']);
    expect(day?.papers[0]?.listings).toEqual([daily(FRIDAY)]);
    expect(day).toMatchObject({
      day: FRIDAY,
      previous: THURSDAY,
      next: MONDAY,
      fetchedAt: '2026-11-20T11:30:00.000Z',
    });
  });

  it('has neighbours over gaps and empty lists, or none', async () => {
    await library.keepDay('2023-06-01', somePapers('2306', [1]));
    await library.keepDay(THURSDAY, somePapers('2611', [1]));
    await library.keepDay(FRIDAY, []);
    await library.keepDay(MONDAY, somePapers('2611', [1], 5));
    const [oldest, thursday, friday, monday] = await Promise.all(
      ['2023-06-01', THURSDAY, FRIDAY, MONDAY].map((day) => library.view.day(day)),
    );
    expect(oldest).not.toHaveProperty('previous');
    expect(oldest).toMatchObject({ next: THURSDAY });
    expect(thursday).toMatchObject({ previous: '2023-06-01', next: MONDAY });
    expect(friday).toMatchObject({ papers: [], previous: THURSDAY, next: MONDAY });
    expect(monday).toMatchObject({ previous: THURSDAY });
    expect(monday).not.toHaveProperty('next');
  });

  it('is undefined where its list was never read, and where it is no day', async () => {
    await library.keepDay(MONDAY, somePapers('2611', [1]));
    const none = ['2026-11-24', '2026-11-21', '2023-05-03', '9999-12-31', '0000-01-01'];
    const odd = ['', '2026-02-30', '2026-11', '../2026-11-23', '2026-11-23\0', 'now', '+010000-01-01'];
    for (const day of [...none, ...odd]) expect(await library.view.day(day)).toBeUndefined();
  });

  it('leaves out what the archive has lost', async () => {
    const [kept] = somePapers('2611', [1]);
    const paperIds = ['2611.00009', ...(kept ? [kept.id] : [])];
    const listing = { kind: 'daily', key: MONDAY } as const;
    const archived = kept ? [{ paper: kept, firstSeenAt: library.clock.now(), listings: [] }] : [];
    await library.store.archive(
      { listing, paperIds, way: 'api', fetchedAt: library.clock.now(), sizes: [] },
      archived,
    );
    expect((await library.view.day(MONDAY))?.papers).toEqual(archived);
  });
});

describe('the newest lists', () => {
  it('come newest day first, in each most votes first', async () => {
    await library.keepDay(THURSDAY, somePapers('2611', [1]));
    await library.keepDay(FRIDAY, somePapers('2611', [2, 7], 2));
    await library.keepDay(MONDAY, somePapers('2611', [5], 4));
    const found = await library.view.newest(2);
    expect(found.map(({ day, papers }) => [day, ...papers.map(({ paper }) => paper.upvotes)])).toEqual([
      [MONDAY, 5],
      [FRIDAY, 7, 2],
    ]);
  });
});
