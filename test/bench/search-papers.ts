import { closeSync, openSync, writeSync } from 'node:fs';
import { addDays } from '../../src/domain/calendar.ts';
import { arxivLinks, type Paper } from '../../src/domain/paper.ts';
import { createRandom } from '../fakes/random.ts';

const FIRST_PUBLISHED = '2023-05-01';
const DAYS = 1_200;
const IDS_A_MONTH = 9_000;
/** How much of a paper comes from another one. */
const FOREIGN = 0.2;

/** Chooses one of several, always the same ones for the same seed. */
export type Pick = <T>(some: readonly T[]) => T;

export function createPick(random: () => number): Pick {
  return <T>(some: readonly T[]) => some[Math.floor(random() * some.length)] as T;
}

/**
 * Makes papers without end of the titles, sentences and authors of real ones: each mostly of one paper, with some of
 * others, under an id of its own. Their words are no more than those of the real papers.
 */
export function* recombine(papers: readonly Paper[], seed: number): Generator<Paper, never> {
  const random = createRandom(seed);
  const pick = createPick(random);
  const mixed = <T>(own: readonly T[], partOf: (other: Paper) => readonly T[]): T[] =>
    own.flatMap((part) => {
      const foreign = random() < FOREIGN ? partOf(pick(papers)) : [];
      return foreign.length > 0 ? [pick(foreign)] : [part];
    });
  for (let number = 0; ; number += 1) {
    const base = pick(papers);
    const id = idOf(number);
    yield {
      ...base,
      ...arxivLinks(id),
      id,
      title: spliced(base.title, pick(papers).title),
      upvotes: Math.floor(300 * random() ** 4),
      abstract: mixed(sentencesOf(base), sentencesOf).join(' '),
      authors: mixed(base.authors ?? [], ({ authors = [] }) => authors),
      keywords: mixed(base.keywords, ({ keywords }) => keywords),
      publishedAt: `${addDays(FIRST_PUBLISHED, Math.floor(random() * DAYS))}T00:00:00.000Z`,
    };
  }
}

/** Unique for a million papers. */
function idOf(number: number): string {
  const month = Math.floor(number / IDS_A_MONTH);
  const year = 15 + Math.floor(month / 12);
  const serial = String(1 + (number % IDS_A_MONTH)).padStart(5, '0');
  return `${year}${String(1 + (month % 12)).padStart(2, '0')}.${serial}`;
}

/** The first half of one title and the second half of another. */
function spliced(one: string, other: string): string {
  const [first, second] = [one.split(' '), other.split(' ')];
  return [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(Math.ceil(second.length / 2))].join(
    ' ',
  );
}

function sentencesOf({ abstract = '' }: Paper): string[] {
  return abstract.split(/(?<=[.!?]) +/).filter((sentence) => sentence !== '');
}

/** Writes the first so many as JSON lines, so that who reads them need not hold what they were made of. */
export function writePapers(path: string, papers: Iterator<Paper>, count: number): void {
  const file = openSync(path, 'w');
  for (let number = 0; number < count; number += 1)
    writeSync(file, `${JSON.stringify(papers.next().value)}\n`);
  closeSync(file);
}
