import type { Paper } from '../domain/paper.ts';
import type { Reason } from '../domain/reason.ts';
import { stemOf, wordsOf } from '../text/terms.ts';
import type { Place } from './matches.ts';

/** What a topic is judged by. */
export type Judged = Pick<Paper, 'title' | 'abstract' | 'keywords'>;

/** Words in a row that belong together: a title, a keyword, a sentence. */
interface Run {
  place: Exclude<Place, 'summary'>;
  words: readonly string[];
  stems: readonly string[];
}

/** A phrase that stands in a paper. */
export interface Evidence {
  /** Stems joined by blanks. */
  phrase: string;
  /** Where it tells most, and from which word on. */
  run: Run;
  from: number;
  /** How much of it there is: 2 for the title, 1 for each keyword, 1 and a little more for sentences. */
  strength: number;
}

const TITLE_STRENGTH = 2;
const KEYWORD_STRENGTH = 1;
const MORE_SENTENCES = 0.5;
const SENTENCE_END = /(?<=[.!?])\s+/;

/** The known phrases that stand in a paper, each once. No phrase runs over the end of a title, keyword or sentence. */
export function evidenceIn(paper: Judged, known: Phrases): Evidence[] {
  const found = new Map<Phrases, Found>();
  for (const [place, run] of runsOf(paper).entries()) {
    for (let from = 0; from < run.stems.length; from += 1) noteFrom(found, run, place, from, known);
  }
  return Array.from(found, ([{ phrase = '' }, one]) => ({
    phrase,
    run: one.run,
    from: one.from,
    strength: strengthOf(one),
  }));
}

function strengthOf({ inTitle, keywords, sentences }: Found): number {
  const inAbstract = sentences > 1 ? 1 + MORE_SENTENCES * Math.log(sentences) : sentences;
  return inTitle * TITLE_STRENGTH + keywords * KEYWORD_STRENGTH + inAbstract;
}

/** A phrase as it stands in the paper, and where. */
export function quoted({ phrase, run, from }: Evidence): Reason {
  const words = run.words.slice(from, from + phrase.split(' ').length);
  return { kind: run.place, what: words.join(' ') };
}

/** Phrases as a tree of their stems; a node where one ends has it. */
export interface Phrases {
  phrase?: string;
  next: Map<string, Phrases>;
}

/** Puts phrases in a tree. */
export function phrasesOf(phrases: Iterable<string>): Phrases {
  const root: Phrases = { next: new Map() };
  for (const phrase of phrases) {
    let at = root;
    for (const stem of phrase.split(' ')) {
      let next = at.next.get(stem);
      if (!next) {
        next = { next: new Map() };
        at.next.set(stem, next);
      }
      at = next;
    }
    at.phrase = phrase;
  }
  return root;
}

/** Where a phrase was met first, which is where it tells most, and how often it was met. */
interface Found {
  run: Run;
  from: number;
  /** The run that was counted last: a phrase counts once in each. */
  counted: number;
  inTitle: number;
  keywords: number;
  sentences: number;
}

/** Counts the phrases that begin at a word. */
function noteFrom(found: Map<Phrases, Found>, run: Run, number: number, from: number, root: Phrases): void {
  const { stems, place } = run;
  let at: Phrases | undefined = root;
  for (let to = from; to < stems.length; to += 1) {
    at = at.next.get(stems[to] as string);
    if (!at) return;
    if (at.phrase === undefined) continue;
    let one = found.get(at);
    if (!one) {
      one = { run, from, counted: -1, inTitle: 0, keywords: 0, sentences: 0 };
      found.set(at, one);
    }
    if (one.counted === number) continue;
    one.counted = number;
    if (place === 'title') one.inTitle = 1;
    else if (place === 'keywords') one.keywords += 1;
    else one.sentences += 1;
  }
}

/** The runs of a paper, the telling ones first. */
export function runsOf({ title, keywords, abstract }: Judged): Run[] {
  const run = (place: Run['place'], text: string): Run => {
    const words = wordsOf(text);
    return { place, words, stems: words.map(stemOf) };
  };
  return [
    run('title', title),
    ...keywords.map((keyword) => run('keywords', keyword)),
    // Where there is no abstract the title stands for it: half of the evidence would be missing.
    ...(abstract || title).split(SENTENCE_END).map((sentence) => run('abstract', sentence)),
  ];
}
