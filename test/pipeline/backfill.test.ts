import { describe, expect, it } from 'vitest';
import { openedAt } from '../../src/domain/listing.ts';
import { SourceFormatError, StoreError } from '../../src/errors.ts';
import { MOST_FAILURES, PACE_MS, PAGES_PACE_MS } from '../../src/pipeline/backfill.ts';
import type { FetchDependencies } from '../../src/pipeline/fetch.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { aPaper } from '../fixtures/papers.ts';
import {
  daily,
  idsOf,
  kinds,
  MON,
  NOW,
  openArchive,
  papersOf,
  steps,
  TUE,
  WED,
  WEEK,
} from './backfilling.ts';

const NOWHERE = { source: 'memory', way: 'api', path: '' };

describe('a backfill', () => {
  it('archives the lists one after the other, oldest first, and rests in between', async () => {
    const archive = await openArchive();
    expect(await steps(WEEK, archive)).toEqual(
      WEEK.map((day, index) => ({ kind: 'read', day, left: 2 - index, paperIds: idsOf(day), newPapers: 3 })),
    );
    expect(archive.source.reads).toEqual(WEEK.map((day) => `daily:${day}`));
    expect(archive.clock.slept).toEqual([PACE_MS, PACE_MS]);
    expect(await archive.store.listings.get(`daily:${TUE}`)).toMatchObject({ paperIds: idsOf(TUE) });
    expect((await archive.store.papers.get(idsOf(WED)[0] as string))?.listings).toEqual([`daily:${WED}`]);
  });

  it('counts a paper as new that the archive did not have, and once', async () => {
    const archive = await openArchive();
    archive.source.set(daily(TUE), [...papersOf(TUE), ...papersOf(MON)]);
    const seen = await steps(WEEK, archive);
    expect(seen.map((step) => step.kind === 'read' && [step.paperIds.length, step.newPapers])).toEqual([
      [3, 3],
      [6, 3],
      [3, 3],
    ]);
  });

  it('does not ask again for what was archived, and does not rest for it', async () => {
    const archive = await openArchive();
    await steps([MON, TUE], archive);
    archive.source.reads.length = 0;
    const sleeps = archive.clock.slept.length;
    expect(await steps(WEEK, archive)).toMatchObject([
      { kind: 'known', day: MON, left: 1, paperIds: idsOf(MON), newPapers: 0 },
      { kind: 'known', day: TUE, left: 1 },
      { kind: 'read', day: WED, left: 0 },
    ]);
    expect(archive.source.reads).toEqual([`daily:${WED}`]);
    expect(archive.clock.slept).toHaveLength(sleeps);
  });

  it('asks again for a list that was read before it had closed, to the millisecond', async () => {
    const archive = await openArchive();
    const { clock } = archive;
    const closedAt = openedAt(TUE);
    clock.set(new Date(Date.parse(closedAt) - 1).toISOString());
    expect(kinds(await steps([MON], archive))).toEqual(['read']);
    clock.set(closedAt);
    expect(kinds(await steps([MON], archive))).toEqual(['read']);
    expect(kinds(await steps([MON], archive))).toEqual(['known']);
  });

  it('asks again for a damaged list', async () => {
    const archive = await openArchive();
    await steps(WEEK, archive);
    const getMany: FetchDependencies['store']['listings']['getMany'] = async (keys) => {
      const found = await archive.store.listings.getMany(keys);
      found.delete(`daily:${TUE}`);
      return found;
    };
    const store = { ...archive.store, listings: { ...archive.store.listings, getMany } };
    expect(kinds(await steps(WEEK, { ...archive, store }))).toEqual(['known', 'read', 'known']);
  });

  it('does nothing for no day', async () => expect(await steps([], await openArchive())).toEqual([]));
});

describe('a day without a list', () => {
  it('is recorded once two ways in agree, so that it is not asked again', async () => {
    const archive = await openArchive();
    archive.source.set(daily(TUE), [], { confirmedBy: ['api', 'hydration'] });
    expect((await steps(WEEK, archive))[1]).toMatchObject({ kind: 'read', paperIds: [], newPapers: 0 });
    // The pages were asked too, and there are fewer of them.
    expect(archive.clock.slept).toEqual([PACE_MS, PAGES_PACE_MS]);
    archive.source.reads.length = 0;
    expect((await steps(WEEK, archive))[1]).toMatchObject({ kind: 'known', paperIds: [] });
    expect(archive.source.reads).toEqual([]);
  });

  it('is recorded also where it was empty before it had closed', async () => {
    const archive = await openArchive();
    archive.source.set(daily(MON), [], { confirmedBy: ['api', 'hydration'] });
    archive.clock.set(openedAt(MON));
    await steps([MON], archive);
    archive.clock.set(NOW);
    expect(kinds(await steps([MON], archive))).toEqual(['read']);
    expect(kinds(await steps([MON], archive))).toEqual(['known']);
  });

  it('is doubtful when one way only says so: nothing is kept, the others go on', async () => {
    const archive = await openArchive();
    archive.source.set(daily(TUE), [], { confirmedBy: ['api'] });
    expect(await steps(WEEK, archive)).toMatchObject([
      { kind: 'read', day: MON },
      { kind: 'doubtful', day: TUE, sentence: expect.stringContaining('only api says so') },
      { kind: 'read', day: WED },
    ]);
    expect(await archive.store.listings.get(`daily:${TUE}`)).toBeUndefined();
    archive.source.set(daily(TUE), papersOf(TUE));
    expect(kinds(await steps(WEEK, archive))).toEqual(['known', 'read', 'known']);
  });

  it('does not replace the papers that a list had', async () => {
    const archive = await openArchive();
    archive.clock.set(openedAt(MON));
    await steps([MON], archive);
    archive.clock.set(NOW);
    archive.source.set(daily(MON), [], { confirmedBy: ['api', 'hydration'] });
    expect(await steps([MON], archive)).toMatchObject([{ kind: 'read', paperIds: idsOf(MON), newPapers: 0 }]);
    expect((await archive.store.listings.get(`daily:${MON}`))?.paperIds).toEqual(idsOf(MON));
  });
});

describe('a source that does not answer', () => {
  it('is tried again after twice as long each time, and it goes on', async () => {
    const archive = await openArchive();
    archive.source.fail(unreachable());
    const seen = await steps([MON, TUE], archive, (step) => {
      if (step.kind === 'waits' && step.waitMs >= 60_000) archive.source.fail(undefined);
    });
    expect(kinds(seen)).toEqual(['waits', 'waits', 'waits', 'read', 'read']);
    expect(archive.clock.slept).toEqual([15_000, 30_000, 60_000, PACE_MS]);
  });

  it('is left alone as long as it asks for, never shorter', async () => {
    const archive = await openArchive();
    archive.source.fail(unreachable(280_000));
    const seen = await steps([MON], archive, () => archive.source.fail(undefined));
    expect(seen).toMatchObject([{ kind: 'waits', day: MON, waitMs: 280_000 }, { kind: 'read' }]);
    expect(archive.clock.slept).toEqual([280_000]);
  });

  it('ends it after several failures of one day in a row; what was read is kept', async () => {
    const archive = await openArchive();
    const seen = await steps(WEEK, archive, ({ kind }) => {
      if (kind === 'read') archive.source.fail(new SourceFormatError('Changed.', NOWHERE));
    });
    expect(kinds(seen)).toEqual(['read', ...new Array(MOST_FAILURES - 1).fill('waits'), 'failed']);
    expect(seen.at(-1)).toMatchObject({ day: TUE, failure: { message: 'Changed.' } });
    expect(archive.source.reads).toHaveLength(1 + MOST_FAILURES);
    archive.source.fail(undefined);
    expect(kinds(await steps(WEEK, archive))).toEqual(['known', 'read', 'read']);
  });

  it('starts counting anew with each day', async () => {
    const archive = await openArchive();
    let failures = 0;
    archive.source.fail(unreachable());
    const seen = await steps(WEEK, archive, ({ kind }) => {
      failures = kind === 'waits' ? failures + 1 : 0;
      archive.source.fail(failures < MOST_FAILURES - 1 ? unreachable() : undefined);
    });
    expect(kinds(seen).filter((kind) => kind === 'read')).toHaveLength(3);
    expect(kinds(seen)).not.toContain('failed');
  });
});

describe('a backfill that is stopped', () => {
  it('ends between two days with the reason, and goes on where it was', async () => {
    const archive = await openArchive();
    const stop = new AbortController();
    const stopped = steps(
      WEEK,
      archive,
      ({ day }) => day === TUE && stop.abort(new Error('Stop.')),
      stop.signal,
    );
    await expect(stopped).rejects.toThrow('Stop.');
    expect(archive.source.reads).toEqual([`daily:${MON}`, `daily:${TUE}`]);
    expect(kinds(await steps(WEEK, archive))).toEqual(['known', 'known', 'read']);
  });

  it('ends while it waits for the source', async () => {
    const archive = await openArchive();
    archive.source.fail(unreachable());
    const stop = new AbortController();
    const stopped = steps(WEEK, archive, () => stop.abort(new Error('Stop.')), stop.signal);
    await expect(stopped).rejects.toThrow('Stop.');
    expect(archive.clock.slept).toEqual([]);
  });

  it('keeps no half of a day whose papers could not be written', async () => {
    const archive = await openArchive();
    const full: typeof archive.store.archive = async (listing, papers) => {
      if (listing?.listing.key === TUE) throw new StoreError('write', { message: 'the disk is full' });
      await archive.store.archive(listing, papers);
    };
    const store = { ...archive.store, archive: full };
    await expect(steps(WEEK, { ...archive, store })).rejects.toThrow('the disk is full');
    expect(kinds(await steps(WEEK, archive))).toEqual(['known', 'read', 'read']);
  });
});

it('keeps what is known of a paper and does not forget where it was seen first', async () => {
  const archive = await openArchive();
  const [id = ''] = idsOf(WED);
  await steps([WED], archive);
  archive.source.set(daily(MON), [aPaper({ id, upvotes: 9 })]);
  await steps([MON], archive);
  expect(await archive.store.papers.get(id)).toMatchObject({
    paper: { upvotes: 9 },
    firstSeenAt: NOW,
    listings: [`daily:${WED}`, `daily:${MON}`],
  });
});
