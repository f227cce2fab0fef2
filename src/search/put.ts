import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type Day, isDay } from '../domain/calendar.ts';
import type { Paper, PaperId } from '../domain/paper.ts';
import { termsOf, wordsOf } from '../text/terms.ts';
import { acronymsIn } from './acronyms.ts';
import { pack } from './packed.ts';
import { FIELDS } from './schema.ts';
import { prepareWrite } from './write.ts';

/** Which topics a paper belongs to, as slugs. */
export type TopicsOf = (paper: Paper) => readonly string[];

/** Between two names: no phrase runs from one author into the next. */
const NEXT_NAME = 'nextname0';

/** A topic as a term of the index. */
export function topicTerm(slug: string): string {
  return `topic0${wordsOf(slug).join('0')}`;
}

/** What is indexed of a paper. */
interface Indexed {
  /** In the order of `FIELDS`. */
  fields: string[][];
  organization: string[];
  /** Slugs, the surest first. */
  topics: readonly string[];
}

function indexedOf(paper: Paper, topicsOf: TopicsOf): Indexed {
  const { title, summary = '', abstract = '', keywords, authors = [], organization } = paper;
  const names = authors.map(({ name }) => [...wordsOf(name), NEXT_NAME]);
  return {
    fields: [termsOf(title), termsOf(summary), termsOf(abstract), keywords.flatMap(termsOf), names.flat()],
    organization: organization ? wordsOf(`${organization.displayName} ${organization.name}`) : [],
    topics: topicsOf(paper),
  };
}

/** Takes papers in and out of the index. */
export interface PaperWriter {
  /** A paper that is there already is brought up to date. */
  put(paper: Paper): void;
  remove(id: PaperId): void;
}

/** To be called within a transaction. */
export function createPaperWriter(database: DatabaseSync, topicsOf: TopicsOf): PaperWriter {
  const known = database.prepare('SELECT number, fingerprint, packed FROM papers WHERE paper_id = ?');
  const setVotes = prepareWrite(database, 'UPDATE papers SET votes = ? WHERE number = ?');
  const insert = database.prepare(
    `INSERT INTO papers (paper_id, title, fingerprint, votes, has_code, published, listed, topics, packed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
  );
  const remove = prepareWrite(database, 'DELETE FROM papers WHERE number = ?');
  const total = prepareWrite(
    database,
    `UPDATE totals SET changes = changes + 1, papers = papers + ?, ${FIELDS.map((field) => `${field} = ${field} + ?`).join(', ')}`,
  );
  const texts = createTextWriter(database);
  const names = createNameWriter(database);

  function take(number: number, packed: Uint8Array): void {
    const lengths = new Uint32Array(packed.slice(0, FIELDS.length * 4).buffer);
    remove.run(number);
    texts.remove(number);
    total.run(-1, ...[...lengths].map((length) => -length));
  }

  return {
    put(paper) {
      const { id, title, upvotes, githubUrl, publishedAt } = paper;
      const before = known.get(id);
      const print = fingerprint(paper);
      if (before?.fingerprint === print) return void setVotes.run(upvotes, before.number as number);
      if (before) take(before.number as number, before.packed as Uint8Array);
      const indexed = indexedOf(paper, topicsOf);
      const { fields, topics } = indexed;
      const packed = new Uint8Array(pack(fields).buffer);
      const hasCode = githubUrl === undefined ? 0 : 1;
      const days = [publishedAt?.slice(0, 10) ?? null, listed(paper)];
      const row = insert.get(id, title, print, upvotes, hasCode, ...days, topics.join(' '), packed);
      texts.put(Number(row?.number), paper, indexed);
      total.run(1, ...fields.map(({ length }) => length));
      names.put(paper, before === undefined);
    },
    remove(id) {
      const before = known.get(id);
      if (before) take(before.number as number, before.packed as Uint8Array);
    },
  };
}

/** What is searched of papers, under their numbers. */
interface TextWriter {
  put(number: number, paper: Paper, indexed: Indexed): void;
  remove(number: number): void;
}

function createTextWriter(database: DatabaseSync): TextWriter {
  const insertTerms = prepareWrite(
    database,
    `INSERT INTO terms (rowid, ${FIELDS.join(', ')}, organization, topics) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertWords = prepareWrite(database, 'INSERT INTO written (rowid, words) VALUES (?, ?)');
  const insertTitle = prepareWrite(database, 'INSERT INTO titles_typed (rowid, title) VALUES (?, ?)');
  const removals = ['terms', 'written', 'titles_typed'].map((table) =>
    prepareWrite(database, `DELETE FROM ${table} WHERE rowid = ?`),
  );
  return {
    put(number, paper, { fields, organization, topics }) {
      const columns = [...fields, organization, topics.map(topicTerm)];
      insertTerms.run(number, ...columns.map((terms) => terms.join(' ')));
      insertWords.run(number, [...writtenIn(paper)].join(' '));
      insertTitle.run(number, wordsOf(paper.title).join(' '));
    },
    remove(number) {
      for (const removal of removals) removal.run(number);
    },
  };
}

/** The day that says how new a paper is; null where nobody can tell. */
function listed({ listedOn, publishedAt }: Paper): Day | null {
  return [listedOn, publishedAt?.slice(0, 10)].find((day) => day !== undefined && isDay(day)) ?? null;
}

/** Everything that is indexed, with the version of what is made of it in the file's own version. */
function fingerprint({ title, summary, abstract, keywords, authors, organization, ...paper }: Paper): string {
  const hasCode = paper.githubUrl !== undefined;
  const days = [paper.publishedAt, paper.listedOn];
  const indexed = [title, summary, abstract, keywords, authors, organization, days, hasCode];
  return createHash('sha1').update(JSON.stringify(indexed)).digest('base64');
}

/** Words as people may type them. */
function writtenIn(paper: Paper): Set<string> {
  const { title, summary = '', abstract = '', keywords, authors = [] } = paper;
  const text = [title, summary, abstract, ...keywords, ...authors.map(({ name }) => name)].join('\n');
  return new Set([...wordsOf(text), ...compoundsOf(text)]);
}

const COMPOUND = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;

/** `GPT-4o` may be typed `gpt4o`. */
function compoundsOf(text: string): string[] {
  return [...text.matchAll(COMPOUND)].map(([compound]) => wordsOf(compound).join(''));
}

/** What the index learns of acronyms and authors; a paper that goes takes nothing of it along. */
interface NameWriter {
  /** A paper that is not new counts only for what nobody has said before. */
  put(paper: Paper, isNew: boolean): void;
}

function createNameWriter(database: DatabaseSync): NameWriter {
  const addAcronym = prepareWrite(
    database,
    'INSERT INTO acronyms VALUES (?, ?, 1) ON CONFLICT (acronym, meaning) DO UPDATE SET papers = papers + ?',
  );
  const addAuthor = database.prepare(
    'INSERT INTO authors (folded, name, papers) VALUES (?, ?, 1) ON CONFLICT (folded) DO NOTHING RETURNING number',
  );
  const countAuthor = prepareWrite(database, 'UPDATE authors SET papers = papers + ? WHERE folded = ?');
  const insertName = prepareWrite(database, 'INSERT INTO authors_typed (rowid, name) VALUES (?, ?)');
  return {
    put({ summary = '', abstract = '', authors = [] }, isNew) {
      const more = isNew ? 1 : 0;
      for (const { acronym, meaning } of acronymsIn(`${abstract}\n${summary}`))
        addAcronym.run(acronym, meaning, more);
      const names = new Map(authors.map(({ name }) => [wordsOf(name).join(' '), name]));
      for (const [folded, name] of names) {
        if (folded === '') continue;
        const row = addAuthor.get(folded, name);
        if (row) insertName.run(Number(row.number), folded);
        else countAuthor.run(more, folded);
      }
    },
  };
}
