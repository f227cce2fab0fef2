import type { Group } from './groups.ts';
import { FIRST_TERM, hashOf, lengthOf, type Packed } from './packed.ts';
import { FIELDS } from './schema.ts';

/** How much a term counts for in each field, and how much the field's length takes away (0 nothing, 1 all of it). */
const WEIGHTS: Readonly<Record<(typeof FIELDS)[number], { weight: number; lengthShare: number }>> = {
  title: { weight: 2, lengthShare: 0.3 },
  summary: { weight: 1, lengthShare: 0.4 },
  abstract: { weight: 1, lengthShare: 0.6 },
  keywords: { weight: 1, lengthShare: 0.3 },
  authors: { weight: 2, lengthShare: 0.3 },
};
/** BM25's saturation: the second time a word comes says less than the first. */
const SATURATION = 0.8;
/** Below 1, as one rare word that was meant otherwise must not outweigh three that fit. */
const RARITY_POWER = 0.7;

/** What ranking needs to know of all papers together. */
export interface Totals {
  papers: number;
  /** Mean number of terms, in the order of `FIELDS`. */
  meanLengths: readonly number[];
}

interface Wanted {
  /** Which variant of which group. */
  place: number;
  /** The hashes of the terms after the first. */
  rest: readonly number[];
}

/** Scores papers against what a query may stand for: BM25F, each group by its best variant. */
export type Scorer = (packed: Packed) => number;

export function createScorer(groups: readonly Group[], totals: Totals): Scorer {
  const variants = groups.flatMap(({ variants }, group) =>
    variants.map((variant) => ({ ...variant, group })),
  );
  const gains = variants.map(
    ({ weight, papers, asRareAs = papers }) => weight * rarity(asRareAs, totals.papers) ** RARITY_POWER,
  );
  const wanted = new Map<number, Wanted[]>();
  for (const [place, { terms }] of variants.entries()) {
    const [first = 0, ...rest] = terms.map(hashOf);
    wanted.set(first, [...(wanted.get(first) ?? []), { place, rest }]);
  }
  const sieve = new Uint8Array(4096);
  for (const first of wanted.keys()) sieve[first & 4095] = 1;
  const frequencies = new Float64Array(variants.length);
  const best = new Float64Array(groups.length);

  return (packed) => {
    frequencies.fill(0);
    best.fill(0);
    let at = FIRST_TERM;
    for (const [field, name] of FIELDS.entries()) {
      const end = Math.min(at + lengthOf(packed, field), packed.length);
      const gain = gainIn(name, lengthOf(packed, field), totals.meanLengths[field] ?? 1);
      for (; at < end; at += 1) {
        const hash = packed[at] as number;
        if (sieve[hash & 4095] === 0) continue;
        for (const { place, rest } of wanted.get(hash) ?? []) {
          if (follows(packed, at, end, rest)) frequencies[place] = (frequencies[place] as number) + gain;
        }
      }
    }
    let score = 0;
    for (const [place, { group }] of variants.entries()) {
      const frequency = frequencies[place] as number;
      const value = ((gains[place] as number) * frequency * (SATURATION + 1)) / (frequency + SATURATION);
      if (value > (best[group] as number)) {
        score += value - (best[group] as number);
        best[group] = value;
      }
    }
    return score;
  };
}

/** How much a word says: much when few papers have it. */
export function rarity(papersWith: number, papers: number): number {
  return Math.log(1 + (papers - papersWith + 0.5) / (papersWith + 0.5));
}

function gainIn(field: (typeof FIELDS)[number], length: number, meanLength: number): number {
  const { weight, lengthShare } = WEIGHTS[field];
  return weight / (1 - lengthShare + (lengthShare * Math.max(length, 1)) / Math.max(meanLength, 1));
}

function follows(packed: Packed, at: number, end: number, rest: readonly number[]): boolean {
  if (at + rest.length >= end && rest.length > 0) return false;
  return rest.every((hash, index) => packed[at + 1 + index] === hash);
}
