import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AT_MOST } from '../sqlite.ts';
import { createShelves } from './shelves.ts';

/** A word that may have been meant. */
export interface NearWord {
  word: string;
  /** Slips of a key between the two. */
  slips: number;
  /** Papers in which it stands. */
  papers: number;
}

/** What is known of words. */
export interface Vocabulary {
  /** In how many papers a term stands. */
  papersWith(term: string): number;
  /** The same of many terms, in their order. */
  papersWithEach(terms: readonly string[]): number[];
  /** In how many papers a word stands as it is written. */
  papersWritten(word: string): number;
  /** Words that are written much alike and more often, nearest first. */
  near(word: string): NearWord[];
  /** The most frequent words that begin so. */
  beginning(prefix: string, limit: number): NearWord[];
  /** What an acronym stands for (stems joined by blanks), and the acronyms of a meaning; the most frequent first. */
  meanings(acronym: string): string[];
  acronyms(meaning: string): string[];
}

const MOST_NEAR = 12;
/** A meaning that one paper alone knows is that paper's own name for something. */
const MEANING_PAPERS = 2;

export function createVocabulary(database: DatabaseSync): Vocabulary {
  const term = database.prepare('SELECT doc FROM vocabulary WHERE term = ?');
  const written = database.prepare('SELECT doc FROM words WHERE term = ?');
  const changes = database.prepare('SELECT changes FROM totals');
  const begin = database.prepare(
    `SELECT term, doc FROM words WHERE term >= ? AND term < ? ORDER BY doc DESC, term ${AT_MOST}`,
  );
  const meanings = database.prepare(
    'SELECT meaning FROM acronyms WHERE acronym = ? AND papers >= ? ORDER BY papers DESC, meaning LIMIT 2',
  );
  const acronyms = database.prepare(
    'SELECT acronym FROM acronyms WHERE meaning = ? AND papers >= ? ORDER BY papers DESC, acronym LIMIT 2',
  );
  const alike = createShelves(database, changes);
  const countWritten = createCount(written, changes);
  const countTerms = createCount(term, changes);
  const papersWritten = (word: string) => countWritten([word])[0] ?? 0;
  return {
    papersWith: (one) => countTerms([one])[0] ?? 0,
    papersWithEach: countTerms,
    papersWritten,
    near(word) {
      const known = papersWritten(word);
      return alike(word)
        .map((one) => ({ ...one, papers: papersWritten(one.word) }))
        .filter(({ papers }) => papers > 3 * known)
        .sort((one, other) => one.slips - other.slips || other.papers - one.papers)
        .slice(0, MOST_NEAR);
    },
    beginning: (prefix, limit) =>
      begin.all(prefix, `${prefix}\u{10ffff}`, limit).map((row) => ({
        word: String(row.term),
        slips: 0,
        papers: Number(row.doc),
      })),
    meanings: (acronym) => meanings.all(acronym, MEANING_PAPERS).map(({ meaning }) => String(meaning)),
    acronyms: (meaning) => acronyms.all(meaning, MEANING_PAPERS).map(({ acronym }) => String(acronym)),
  };
}

const MOST_COUNTED = 20_000;

/** How many papers have each of some terms, remembered until texts come or go. */
function createCount(count: StatementSync, changes: StatementSync): (terms: readonly string[]) => number[] {
  const known = new Map<string, number>();
  let counted = 0;
  return (terms) => {
    const now = Number(changes.get()?.changes);
    if (now !== counted || known.size >= MOST_COUNTED) known.clear();
    counted = now;
    return terms.map((term) => {
      const before = known.get(term);
      if (before !== undefined) return before;
      const found = Number(count.get(term)?.doc ?? 0);
      known.set(term, found);
      return found;
    });
  };
}
