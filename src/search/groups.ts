import type { Correction } from '../search.ts';
import { stemOf } from '../text/terms.ts';
import { typedWords } from './typed.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One way in which a word of a query may stand in a paper: one term, or several in a row. */
export interface Variant {
  terms: readonly string[];
  /** From 0 to 1: how much it counts for. */
  weight: number;
  /** Papers in which it stands, or that of its rarest term. */
  papers: number;
  /** It says no more than what stands in so many papers: a misspelling is rare, and means what others spell right. */
  asRareAs?: number;
}

/** All ways in which one word may stand in a paper; the best one counts. */
export interface Group {
  variants: Variant[];
}

/** Words that are nothing to search for. */
const STOP_WORDS = new Set(
  `a about all an and any are as at be been being but by can could did do does for from has have how i if in into is
   it its just me my not of on one or our out over should so some t than that the their them then there these they this
   to too up us use used using via was we were what when where which while who why will with without would you your`.split(
    /\s+/,
  ),
);

/** A word that stands in no more papers than this may be a slip. */
const RARE = 2;
const ONE_SLIP = 0.7;
const TWO_SLIPS = 0.4;
/** Slips at the beginning are rarer. */
const OTHER_BEGINNING = 0.8;
const BEGUN = 0.5;
const MOST_BEGUN = 10;
const SHORTEST_BEGUN = 3;
const MEANING = 0.8;
/** A word that nobody writes, cut in two. */
const CUT = 0.6;
/** Two words that are also written as one; counts beside the two. */
const TOGETHER = 0.5;
const LONGEST_MEANING = 5;
const SHORTEST_PART = 3;
/** All words in a row, beside what they say one by one. */
const ROW = 1;
const LONGEST_ROW = 8;
/** Each word costs a walk through all words that are known; nobody asks a question as long as this. */
const MOST_WORDS = 24;
/** Among so many the words that count are found; the others are not even looked at. */
const MOST_READ = 200;

/** What a query's words may stand for in papers, and which were read as others. */
export function groupsOf(
  words: readonly string[],
  vocabulary: Vocabulary,
): { groups: Group[]; rows: Group[]; corrections: Correction[] } {
  const all = words.slice(0, MOST_READ).flatMap((word) => typedWords(word, MOST_READ));
  const said = [...new Set(all)];
  const meant = said.filter((word) => !STOP_WORDS.has(word));
  const kept = (meant.length > 0 ? meant : said).slice(0, MOST_WORDS);
  const corrections: Correction[] = [];
  const groups = kept.map((word) => {
    const group = groupOf(word, word === all.at(-1), vocabulary);
    const best = group.variants.toSorted((one, other) => other.weight - one.weight)[0];
    const given = stemOf(word);
    if (best && best.weight < 1 && best.terms.join('') !== given && vocabulary.papersWith(given) === 0) {
      corrections.push({ given: word, taken: best.word });
    }
    return group;
  });
  return {
    groups: [...groups, ...together(said.slice(0, 2 * MOST_WORDS), vocabulary)].filter(
      ({ variants }) => variants.length > 0,
    ),
    rows: rowsOf(all, vocabulary),
    corrections,
  };
}

/** The words as they were typed, small ones too, where they stand so in a paper: they rank, and find nothing alone. */
function rowsOf(all: readonly string[], vocabulary: Vocabulary): Group[] {
  if (all.length < 2 || all.length > LONGEST_ROW) return [];
  const row = sequence(all.map(stemOf).join(' '), ROW, vocabulary);
  return row.papers > 0 ? [{ variants: [row] }] : [];
}

type WordVariant = Variant & { word: string };

function groupOf(word: string, isLast: boolean, vocabulary: Vocabulary): { variants: WordVariant[] } {
  const variants = new Map<string, WordVariant>();
  const add = (term: string, weight: number, shown: string, asRareAs = 0) => {
    const papers = vocabulary.papersWith(term);
    const known = variants.get(term);
    if (papers > 0 && !(known && known.weight >= weight))
      variants.set(term, {
        terms: [term],
        weight,
        papers,
        word: shown,
        asRareAs: Math.max(papers, asRareAs),
      });
  };
  add(stemOf(word), 1, word);
  // Names are kept as they are written.
  add(word, 1, word);
  const cuts: string[] = [];
  if (Math.max(vocabulary.papersWritten(word), vocabulary.papersWith(stemOf(word))) <= RARE) {
    const nearest = vocabulary.near(word);
    const likeliest = Math.max(0, ...nearest.map(({ papers }) => papers));
    for (const { word: near, slips } of nearest) {
      const weight = (slips === 1 ? ONE_SLIP : TWO_SLIPS) * (near[0] === word[0] ? 1 : OTHER_BEGINNING);
      add(stemOf(near), weight, near, likeliest);
      add(near, weight, near, likeliest);
    }
    cuts.push(...cutsOf(word));
    if (isLast && word.length >= SHORTEST_BEGUN) {
      for (const { word: whole } of vocabulary.beginning(word, MOST_BEGUN)) add(stemOf(whole), BEGUN, whole);
    }
  }
  const inRow = [
    ...vocabulary.meanings(word).map((terms) => ({ ...sequence(terms, MEANING, vocabulary), word })),
    ...cuts.map((terms) => ({ ...sequence(terms, CUT, vocabulary), word: terms })),
  ];
  return { variants: [...variants.values(), ...inRow.filter(({ papers }) => papers > 0)] };
}

/** A word that nobody writes may be two: `roleplay`, `role play`. */
function cutsOf(word: string): string[] {
  const count = Math.max(0, word.length - 2 * SHORTEST_PART + 1);
  return Array.from({ length: count }, (_, index) => index + SHORTEST_PART).map(
    (at) => `${stemOf(word.slice(0, at))} ${stemOf(word.slice(at))}`,
  );
}

function sequence(meaning: string, weight: number, vocabulary: Vocabulary): Variant {
  const terms = meaning.split(' ');
  return { terms, weight, papers: Math.min(...terms.map((term) => vocabulary.papersWith(term))) };
}

/** Neighbours that are also written in one piece (`fine tuning`), and runs that have an acronym. */
function together(said: readonly string[], vocabulary: Vocabulary): Group[] {
  const groups: Group[] = [];
  const add = (term: string, weight: number) => {
    const papers = vocabulary.papersWith(term);
    if (papers > 0) groups.push({ variants: [{ terms: [term], weight, papers }] });
  };
  for (let from = 0; from + 1 < said.length; from += 1) {
    add(stemOf(`${said[from]}${said[from + 1]}`), TOGETHER);
    for (let to = from + 2; to <= Math.min(said.length, from + LONGEST_MEANING); to += 1) {
      const meaning = said.slice(from, to).map(stemOf).join(' ');
      for (const acronym of vocabulary.acronyms(meaning)) add(acronym, TOGETHER);
    }
  }
  return groups;
}
