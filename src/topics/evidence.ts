import type { Paper } from '../domain/paper.ts';
import { stemOf, wordsOf } from '../text/terms.ts';

/** What a topic is judged by. */
export type Judged = Pick<Paper, 'title' | 'abstract' | 'keywords'>;

/** Where a phrase was found, the telling places first. */
export type Place = 'title' | 'keywords' | 'abstract';

/** Words in a row that belong together: a title, a keyword, a sentence. */
interface Run {
  place: Place;
  words: readonly string[];
  stems: readonly string[];
}

/** A phrase that stands in a paper. */
export interface Evidence {
  /** Stems joined by blanks. */
  phrase: string;
  /** The words as they stand where it tells most. */
  shown: string;
  place: Place;
  /** How much of it there is: 2 for the title, 1 for each keyword, 1 and a little more for sentences. */
  strength: number;
}

const TITLE_STRENGTH = 2;
const KEYWORD_STRENGTH = 1;
const MORE_SENTENCES = 0.5;
const SENTENCE_END = /(?<=[.!?])\s+/;

/** The known phrases that stand in a paper, each once. No phrase runs over the end of a title, keyword or sentence. */
export function evidenceIn(paper: Judged, known: Phrases): Evidence[] {
  const found = new Map<string, Found>();
  for (const run of runsOf(paper)) {
    const seen = new Set<string>();
    for (let from = 0; from < run.stems.length; from += 1) {
      for (const phrase of phrasesAt(run.stems, from, known)) {
        if (seen.has(phrase)) continue;
        seen.add(phrase);
        note(found, phrase, run, from);
      }
    }
  }
  return [...found].map(([phrase, { shown, place, inTitle, keywords, sentences }]) => ({
    phrase,
    shown,
    place,
    strength:
      inTitle * TITLE_STRENGTH +
      keywords * KEYWORD_STRENGTH +
      (sentences > 0 ? 1 + MORE_SENTENCES * Math.log(sentences) : 0),
  }));
}

/** Phrases as a tree of their stems: `isPhrase` where one may end. */
export interface Phrases {
  isPhrase: boolean;
  next: Map<string, Phrases>;
}

/** Puts phrases in a tree. */
export function phrasesOf(phrases: Iterable<string>): Phrases {
  const root: Phrases = { isPhrase: false, next: new Map() };
  for (const phrase of phrases) {
    let at = root;
    for (const stem of phrase.split(' ')) {
      let next = at.next.get(stem);
      if (!next) {
        next = { isPhrase: false, next: new Map() };
        at.next.set(stem, next);
      }
      at = next;
    }
    at.isPhrase = true;
  }
  return root;
}

interface Found {
  shown: string;
  place: Place;
  inTitle: number;
  keywords: number;
  sentences: number;
}

function note(found: Map<string, Found>, phrase: string, run: Run, from: number): void {
  let one = found.get(phrase);
  if (!one) {
    // The runs come in the order of what they tell.
    const length = phrase.split(' ').length;
    const shown = run.words.slice(from, from + length).join(' ');
    one = { shown, place: run.place, inTitle: 0, keywords: 0, sentences: 0 };
    found.set(phrase, one);
  }
  if (run.place === 'title') one.inTitle = 1;
  else if (run.place === 'keywords') one.keywords += 1;
  else one.sentences += 1;
}

function phrasesAt(stems: readonly string[], from: number, root: Phrases): string[] {
  const phrases: string[] = [];
  let at: Phrases | undefined = root;
  for (let to = from; to < stems.length; to += 1) {
    at = at.next.get(stems[to] as string);
    if (!at) break;
    if (at.isPhrase)
      phrases.push(to === from ? (stems[from] as string) : stems.slice(from, to + 1).join(' '));
  }
  return phrases;
}

/** The runs of a paper, the telling ones first. */
export function runsOf({ title, keywords, abstract = '' }: Judged): Run[] {
  const run = (place: Place, text: string): Run => {
    const words = wordsOf(text);
    return { place, words, stems: words.map(stemOf) };
  };
  return [
    run('title', title),
    ...keywords.map((keyword) => run('keywords', keyword)),
    ...abstract.split(SENTENCE_END).map((sentence) => run('abstract', sentence)),
  ];
}
