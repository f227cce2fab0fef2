import { DatabaseSync } from 'node:sqlite';
import MiniSearch from 'minisearch';
import type { Paper } from '../../src/domain/paper.ts';
import type { Engine } from './engine.ts';
import { DEPTH } from './measures.ts';

const FIELDS = ['title', 'abstract', 'summary', 'keywords', 'authors'] as const;

/** A paper as the baselines have it: plain text by field, without the fields that it has not. */
export type PlainPaper = { id: string } & { [field in (typeof FIELDS)[number]]?: string };

export function plainPaper({ id, title, abstract, summary, keywords, authors }: Paper): PlainPaper {
  return {
    id,
    title,
    ...(abstract === undefined ? {} : { abstract }),
    ...(summary === undefined ? {} : { summary }),
    keywords: keywords.join(', '),
    ...(authors === undefined ? {} : { authors: authors.map(({ name }) => name).join(', ') }),
  };
}

/** SQLite's own ranking of papers that have any word of the query, every column alike; of equal ones the older first. */
export function createBm25(papers: Iterable<Paper>): Engine {
  const database = new DatabaseSync(':memory:');
  database.exec(
    `CREATE VIRTUAL TABLE papers USING fts5(id UNINDEXED, ${FIELDS.join(', ')}, tokenize = 'porter unicode61')`,
  );
  const put = database.prepare('INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?)');
  database.exec('BEGIN');
  for (const paper of papers) {
    const plain = plainPaper(paper);
    put.run(plain.id, ...FIELDS.map((field) => plain[field] ?? null));
  }
  database.exec('COMMIT');
  const match = database.prepare(
    `SELECT id FROM papers WHERE papers MATCH ? ORDER BY rank, rowid LIMIT ${DEPTH}`,
  );
  return {
    find: (query) => match.all(anyWordOf(query)).map(({ id }) => String(id)),
    close: () => database.close(),
  };
}

/** Each word in quotation marks, so that nothing in it is an operator. */
function anyWordOf(query: string): string {
  const words = query.split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? '""' : words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
}

/** An empty index with nothing but MiniSearch's defaults. */
export function createEmptyMiniSearch(): MiniSearch<PlainPaper> {
  return new MiniSearch<PlainPaper>({ fields: [...FIELDS] });
}

export function createMiniSearch(papers: Iterable<Paper>): Engine {
  const index = createEmptyMiniSearch();
  for (const paper of papers) index.add(plainPaper(paper));
  return {
    find: (query) =>
      index
        .search(query)
        .slice(0, DEPTH)
        .map(({ id }) => String(id)),
    close() {},
  };
}
