import { expect } from 'vitest';
import type { FetchedListing } from '../../src/domain/listing.ts';
import { SourceFormatError, SourceUnavailableError } from '../../src/errors.ts';
import type { Need, SourceBench } from './source.ts';
import { expectPapers } from './source-paper.ts';

/** One promise of `src/source.ts`. */
export interface SourceCase {
  title: string;
  needs?: readonly Need[];
  run(bench: SourceBench): Promise<void>;
}

const read = (bench: SourceBench): Promise<FetchedListing> => bench.source.read(bench.listing, bench.options);

/** What a promise is rejected with; fails when it is not. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    (value) => expect.fail(`resolved to ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
}

function expectUnavailable(error: unknown, { source }: SourceBench): void {
  expect(error).toBeInstanceOf(SourceUnavailableError);
  const { source: id, way, message } = error as SourceUnavailableError;
  expect(id).toBe(source.id);
  expect(source.ways).toContain(way);
  expect(message).toMatch(/^\S.*\.$/s);
}

/** How a reading ends whose signal is aborted while the site keeps it waiting. */
async function abortedBy(bench: SourceBench, start: (signal: AbortSignal) => Promise<unknown>) {
  const reason = new Error('the reader has left');
  const controller = new AbortController();
  bench.trouble('hang');
  const reading = start(controller.signal).catch((error: unknown) => error);
  // Once around the event loop: the reading is under way.
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort(reason);
  return (await reading) === reason;
}

const LISTED: SourceCase[] = [
  {
    title: 'names itself in kebab-case, and its ways in, each once',
    async run({ source }) {
      expect(source.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(source.ways.length).toBeGreaterThan(0);
      expect(new Set(source.ways).size).toBe(source.ways.length);
    },
  },
  {
    title: 'reads a listing and says what it read, when and how',
    needs: ['listings'],
    async run(bench) {
      const { listing, way, fetchedAt, papers, confirmedBy, warnings } = await read(bench);
      expect(listing).toEqual(bench.listing);
      expect(bench.source.ways).toContain(way);
      if (bench.options.way !== undefined) expect(way).toBe(bench.options.way);
      expect(new Date(fetchedAt).toISOString()).toBe(fetchedAt);
      expect(papers.length).toBeGreaterThanOrEqual(3);
      expect(confirmedBy).toContain(way);
      for (const { code, message } of warnings) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(message).toMatch(/^\S.*\.$/s);
      }
    },
  },
  {
    title: 'shows every paper as the domain wants it: clean, absent instead of null, no id twice',
    needs: ['listings'],
    async run(bench) {
      const fetched = await read(bench);
      expectPapers(fetched.papers);
      expect(new Set(fetched.papers.map(({ id }) => id)).size).toBe(fetched.papers.length);
      expect(JSON.parse(JSON.stringify(fetched))).toStrictEqual(fetched);
    },
  },
  {
    title: 'answers each reading afresh: the same list in the same order, whatever became of the last answer',
    needs: ['listings'],
    async run(bench) {
      const first = await read(bench);
      const kept = structuredClone(first);
      for (const paper of first.papers) paper.title = 'spoiled by the reader';
      first.papers.reverse();
      first.warnings.length = 0;
      const second = await read(bench);
      expect({ ...second, fetchedAt: '' }).toEqual({ ...kept, fetchedAt: '' });
    },
  },
  {
    title: 'shows an empty listing as one, with the ways that say so',
    needs: ['listings', 'empty'],
    async run({ source, empty, options }) {
      const { papers, confirmedBy, listing } = await source.read(empty, options);
      expect(papers).toEqual([]);
      expect(listing).toEqual(empty);
      expect(confirmedBy.length).toBeGreaterThanOrEqual(1);
      for (const way of confirmedBy) expect(source.ways).toContain(way);
    },
  },
  {
    title: 'gives up a damaged entry with a warning and keeps the others',
    needs: ['listings', 'bad-entries'],
    async run(bench) {
      const whole = await read(bench);
      bench.trouble('bad-entries');
      const { papers, warnings } = await read(bench);
      expect(papers.length).toBeGreaterThan(0);
      expect(papers.length).toBeLessThan(whole.papers.length);
      expectPapers(papers);
      expect(warnings.filter(({ code }) => code === 'bad-entry').length).toBeGreaterThan(0);
    },
  },
  {
    title: 'shows a repeated entry once',
    needs: ['listings', 'repeats'],
    async run(bench) {
      const whole = await read(bench);
      bench.trouble('repeats');
      const { papers } = await read(bench);
      expect(papers.map(({ id }) => id)).toEqual(whole.papers.map(({ id }) => id));
    },
  },
  {
    title: 'never shows a site that refuses as an empty listing: SourceUnavailableError',
    needs: ['unreachable'],
    async run(bench) {
      bench.trouble('unreachable');
      expectUnavailable(await rejection(read(bench)), bench);
    },
  },
  {
    title: 'tells an unknown shape from an empty listing: SourceFormatError with the place',
    needs: ['listings', 'new-shape'],
    async run(bench) {
      bench.trouble('new-shape');
      const error = await rejection(read(bench));
      expect(error).toBeInstanceOf(SourceFormatError);
      expect((error as SourceFormatError).source).toBe(bench.source.id);
      expect(bench.source.ways).toContain((error as SourceFormatError).way);
      expect(typeof (error as SourceFormatError).path).toBe('string');
    },
  },
  {
    title: 'says that it has no listings: SourceUnavailableError',
    async run(bench) {
      const listing = await read(bench).catch((error: unknown) => error);
      if (listing instanceof Error) expectUnavailable(listing, bench);
    },
  },
];

const SINGLE: SourceCase[] = [
  {
    title: 'reads one paper',
    async run({ source, known, options }) {
      const paper = await source.paper(known, options);
      expect(paper?.id).toBe(known);
      expectPapers(paper ? [paper] : []);
      expect(JSON.parse(JSON.stringify(paper))).toStrictEqual(paper);
    },
  },
  {
    title: 'has no answer for a paper that it does not know: undefined',
    async run({ source, unknown, options }) {
      expect(await source.paper(unknown, options)).toBeUndefined();
    },
  },
  {
    title: 'never calls a paper unknown when the site refuses: SourceUnavailableError',
    needs: ['unreachable'],
    async run(bench) {
      bench.trouble('unreachable');
      expectUnavailable(await rejection(bench.source.paper(bench.known, bench.options)), bench);
    },
  },
  {
    title: 'never calls a paper unknown when the answer is of an unknown shape: SourceFormatError',
    needs: ['new-shape'],
    async run(bench) {
      bench.trouble('new-shape');
      const error = await rejection(bench.source.paper(bench.known, bench.options));
      expect(error).toBeInstanceOf(SourceFormatError);
    },
  },
];

const ABORTED: SourceCase[] = [
  {
    title: 'does not begin for a signal that has been aborted: throws its reason',
    needs: ['listings'],
    async run({ source, listing, known, options }) {
      const reason = new Error('the reader has left');
      const signal = AbortSignal.abort(reason);
      expect(await rejection(source.read(listing, { ...options, signal }))).toBe(reason);
      expect(await rejection(source.paper(known, { ...options, signal }))).toBe(reason);
    },
  },
  {
    title: 'ends the reading of a listing when its signal is aborted: throws its reason',
    needs: ['listings', 'hang'],
    async run(bench) {
      const start = (signal: AbortSignal) => bench.source.read(bench.listing, { ...bench.options, signal });
      expect(await abortedBy(bench, start)).toBe(true);
    },
  },
  {
    title: 'ends the reading of a paper when its signal is aborted: throws its reason',
    needs: ['hang'],
    async run(bench) {
      const start = (signal: AbortSignal) => bench.source.paper(bench.known, { ...bench.options, signal });
      expect(await abortedBy(bench, start)).toBe(true);
    },
  },
];

/** Every promise of `src/source.ts`. */
export const SOURCE_CASES: readonly SourceCase[] = [...LISTED, ...SINGLE, ...ABORTED];
