import { describe, it } from 'vitest';
import type { Listing } from '../../src/domain/listing.ts';
import type { PaperId } from '../../src/domain/paper.ts';
import type { ReadOptions, Source } from '../../src/source.ts';
import { SOURCE_CASES } from './source-cases.ts';

/**
 * What may happen to a site: it refuses every request, it answers in an unknown shape, it never answers, entries of
 * its lists are damaged, its lists repeat entries.
 */
export const TROUBLES = ['unreachable', 'new-shape', 'hang', 'bad-entries', 'repeats'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What a case may need beside a source: listings at all, one that is empty, or a site that can be troubled. */
export type Need = 'listings' | 'empty' | Trouble;

/** A fresh source and the strings behind its site. */
export interface SourceBench {
  source: Source;
  /** Given to every reading: forces a way in, or nothing. */
  options: Pick<ReadOptions, 'way'>;
  /** Has at least three papers. Where the source has no listings, any one. */
  listing: Listing;
  /** Shown without papers. */
  empty: Listing;
  /** The source knows it. */
  known: PaperId;
  /** Well formed; the source does not know it. */
  unknown: PaperId;
  /** From now on, for all its readings. */
  trouble(what: Trouble): void;
  close(): Promise<void>;
}

/** A source as the suite sees it. */
export interface SourceSubject {
  /** For the title of its tests. */
  name: string;
  /** A fresh one for each case. */
  create(): Promise<SourceBench>;
  /** What cannot be with it, each with the reason; the cases that need it are left out. */
  cannot: Partial<Record<Need, string>>;
}

/** Holds a source to the contract of `src/source.ts`. */
export function testSource(subject: SourceSubject): void {
  describe(`source contract: ${subject.name}`, () => {
    for (const { title, needs = [], run } of SOURCE_CASES) {
      const missing = needs.find((need) => subject.cannot[need] !== undefined);
      if (missing) it.skip(`${title} (cannot be: ${subject.cannot[missing]})`);
      else it(title, () => runCase(run, subject));
    }
  });
}

/** The titles of the cases that a source fails: for showing that the suite sees what it should. */
export async function failedCases(subject: SourceSubject): Promise<string[]> {
  const failed: string[] = [];
  for (const { title, needs = [], run } of SOURCE_CASES) {
    if (needs.some((need) => subject.cannot[need] !== undefined)) continue;
    await runCase(run, subject).catch(() => failed.push(title));
  }
  return failed;
}

async function runCase(run: (bench: SourceBench) => Promise<void>, subject: SourceSubject): Promise<void> {
  const bench = await subject.create();
  try {
    await run(bench);
  } finally {
    await bench.close();
  }
}
