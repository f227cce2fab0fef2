import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { lettersApart, lettersOf, slipsBetween } from '../text/distance.ts';
import type { NearWord } from './vocabulary.ts';

/** A word as short as this has too many neighbours. */
const SHORTEST_CORRECTED = 4;
/** From this length on two slips are forgiven. */
const TWO_SLIPS_FROM = 8;

type AlikeWord = Pick<NearWord, 'word' | 'slips'>;

/** Words of one length, side by side for a quick walk. */
interface Shelf {
  words: string[];
  letters: number[];
}

/** Finds the words that are written much like one, in no order; of a short one none. */
export function createShelves(database: DatabaseSync, changes: StatementSync): (word: string) => AlikeWord[] {
  const all = database.prepare('SELECT term FROM words');
  let shelves = new Map<number, Shelf>();
  let shelved = -1;

  /** Read anew when texts have come or gone, be it by another process. */
  function currentShelves(): Map<number, Shelf> {
    const now = Number(changes.get()?.changes);
    if (now === shelved) return shelves;
    shelves = new Map();
    for (const { term: word } of all.iterate()) shelve(shelves, String(word));
    shelved = now;
    return shelves;
  }

  return (word) => {
    const most = word.length < SHORTEST_CORRECTED ? 0 : word.length < TWO_SLIPS_FROM ? 1 : 2;
    return most === 0 ? [] : alikeOn(currentShelves(), word, most);
  };
}

function shelve(shelves: Map<number, Shelf>, word: string): void {
  if (word.length < SHORTEST_CORRECTED - 1) return;
  let shelf = shelves.get(word.length);
  if (!shelf) {
    shelf = { words: [], letters: [] };
    shelves.set(word.length, shelf);
  }
  shelf.words.push(word);
  shelf.letters.push(lettersOf(word));
}

function alikeOn(shelves: ReadonlyMap<number, Shelf>, word: string, most: number): AlikeWord[] {
  const letters = lettersOf(word);
  const found: AlikeWord[] = [];
  for (let length = word.length - most; length <= word.length + most; length += 1) {
    const shelf = shelves.get(length);
    if (!shelf) continue;
    for (let index = 0; index < shelf.words.length; index += 1) {
      if (lettersApart(letters, shelf.letters[index] as number) > 2 * most) continue;
      const other = shelf.words[index] as string;
      const slips = slipsBetween(word, other, most);
      if (slips > 0 && slips <= most) found.push({ word: other, slips });
    }
  }
  return found;
}
