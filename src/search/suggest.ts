import type { DatabaseSync } from 'node:sqlite';
import { MOST_SUGGESTIONS, type Suggestion, type SuggestionKind } from '../search.ts';
import { wordsOf } from '../text/terms.ts';
import { typedWords } from './typed.ts';

/** The newest that fit are looked at; among so many the best are there. */
const MOST_LOOKED_AT = 200;
/** No title and no name is that long. */
const MOST_WORDS = 32;

type Suggest = (typed: string, kinds: readonly SuggestionKind[], limit: number) => Suggestion[];

interface Completion extends Suggestion {
  begins: boolean;
  weight: number;
}

/**
 * How what was typed may go on: titles by votes and names by papers, those that begin with it first, of equals the newest. Its words may stand
 * anywhere, the last one may be half typed.
 */
export function createSuggest(database: DatabaseSync): Suggest {
  const titles = database.prepare(
    `SELECT paper_id, title, votes FROM papers WHERE number IN
       (SELECT rowid FROM titles_typed WHERE titles_typed MATCH ? ORDER BY rowid DESC LIMIT ${MOST_LOOKED_AT})
     ORDER BY number DESC`,
  );
  const names = database.prepare(
    `SELECT name, papers FROM authors WHERE number IN
       (SELECT rowid FROM authors_typed WHERE authors_typed MATCH ? ORDER BY rowid DESC LIMIT ${MOST_LOOKED_AT})
     ORDER BY number DESC`,
  );
  return (typed, kinds, limit) => {
    const words = typedWords(typed, MOST_WORDS);
    if (words.length === 0) return [];
    const expression = words
      .map((word, index) => `"${word}"${index === words.length - 1 ? '*' : ''}`)
      .join(' AND ');
    const start = words.join(' ');
    const begins = (text: string) => wordsOf(text).join(' ').startsWith(start);
    const found: Completion[] = [];
    if (kinds.includes('paper')) {
      for (const { paper_id, title, votes } of titles.all(expression)) {
        const label = String(title);
        found.push({
          kind: 'paper',
          label,
          value: String(paper_id),
          begins: begins(label),
          weight: Number(votes),
        });
      }
    }
    if (kinds.includes('author')) {
      for (const { name, papers } of names.all(expression)) {
        const label = String(name);
        found.push({ kind: 'author', label, value: label, begins: begins(label), weight: Number(papers) });
      }
    }
    return found
      .sort((one, other) => Number(other.begins) - Number(one.begins) || other.weight - one.weight)
      .slice(0, Math.max(0, Math.min(limit, MOST_SUGGESTIONS)))
      .map(({ kind, label, value }) => ({ kind, label, value }));
  };
}
