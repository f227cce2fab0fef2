import type { DatabaseSync } from 'node:sqlite';
import type { Page } from '../domain/page.ts';
import type { Paper, PaperId } from '../domain/paper.ts';
import type { Query } from '../domain/query.ts';
import type { TopicSlug } from '../domain/topic.ts';
import type { Hit, Hits, Suggestion, SuggestionKind } from '../search.ts';
import { transaction } from '../sqlite.ts';
import { classify } from '../topics/classify.ts';
import { createFinder } from './find.ts';
import { createPaperWriter, type TopicsOf } from './put.ts';
import { FIELDS, openIndexFile, removeIndexFile, TYPED } from './schema.ts';
import { similarTo } from './similar.ts';
import { createSuggest } from './suggest.ts';
import { createVocabulary } from './vocabulary.ts';
import { prepareWrite } from './write.ts';

/** How far the archive has been followed. */
export interface Followed {
  /** 0 before the first paper. */
  sequence: number;
  /** The paper at that place; empty before the first. */
  paperId: PaperId;
}

/** The index itself: all of it is synchronous and runs in a worker thread. */
export interface PaperIndex {
  followed(): Followed;
  /** Papers in it. */
  size(): number;
  /**
   * Takes papers in, or brings them up to date, and notes how far it has come; all or nothing. When `from` is given and
   * the index has not come just so far, it takes nothing: it was made anew, or another process was there first. Out: how
   * far it has come.
   */
  put(papers: readonly Paper[], followed: Followed, from?: number): Followed;
  remove(ids: readonly PaperId[]): void;
  /** Takes everything out: it belongs to another archive. */
  clear(): void;
  find(query: Query, page: Page): Hits;
  similar(paper: Paper, limit: number): Hit[];
  /** The topics of papers as they were judged when they were taken in, the surest first; none for one that is not there. */
  topicsOf(ids: readonly PaperId[]): [PaperId, TopicSlug[]][];
  suggest(typed: string, kinds: readonly SuggestionKind[], limit: number): Suggestion[];
  close(): void;
}

/** SQLITE_BUSY (https://sqlite.org/rescode.html, 2026-11-24): somebody else is at it, and nothing is wrong with it. */
const BUSY = 5;

/** Opens the index at a path, or in memory (`:memory:`); made anew where it is missing, damaged or of another version. */
export function createPaperIndex(path: string, topicsOf: TopicsOf = slugsOf): PaperIndex {
  try {
    return openPaperIndex(path, topicsOf);
  } catch (error) {
    if (path === ':memory:' || (error as { errcode?: number }).errcode === BUSY) throw error;
    removeIndexFile(path);
    return openPaperIndex(path, topicsOf);
  }
}

function openPaperIndex(path: string, topicsOf: TopicsOf): PaperIndex {
  const database = openIndexFile(path);
  try {
    return indexIn(database, topicsOf);
  } catch (error) {
    database.close();
    throw error;
  }
}

function indexIn(database: DatabaseSync, topicsOf: TopicsOf): PaperIndex {
  const vocabulary = createVocabulary(database);
  const writer = createPaperWriter(database, topicsOf);
  const finder = createFinder(database, vocabulary);
  const readFollowed = database.prepare('SELECT sequence, paper_id FROM followed');
  const writeFollowed = prepareWrite(database, 'INSERT OR REPLACE INTO followed VALUES (1, ?, ?)');
  const readSize = database.prepare('SELECT papers FROM totals');
  const readTopics = database.prepare(
    'SELECT paper_id, topics FROM papers WHERE paper_id IN (SELECT value FROM json_each(?))',
  );
  const size = () => Number(readSize.get()?.papers);
  function followed(): Followed {
    const row = readFollowed.get();
    return { sequence: Number(row?.sequence ?? 0), paperId: String(row?.paper_id ?? '') };
  }
  return {
    followed,
    size,
    put: (papers, { sequence, paperId }, from) =>
      transaction(database, () => {
        const there = followed();
        if (from !== undefined && from !== there.sequence) return there;
        for (const paper of papers) writer.put(paper);
        writeFollowed.run(sequence, paperId);
        return { sequence, paperId };
      }),
    remove(ids) {
      transaction(database, () => {
        for (const id of ids) writer.remove(id);
      });
    },
    clear: () => clear(database),
    find: finder.find,
    similar: (paper, limit) => similarTo(paper, limit, { finder, vocabulary, papers: size() }),
    topicsOf: (ids) =>
      readTopics
        .all(JSON.stringify(ids))
        .map(({ paper_id, topics }) => [String(paper_id), slugsIn(String(topics))]),
    suggest: createSuggest(database),
    close: () => database.close(),
  };
}

function slugsIn(topics: string): TopicSlug[] {
  return topics === '' ? [] : topics.split(' ');
}

/** The file stays, as another process may have it open. */
function clear(database: DatabaseSync): void {
  transaction(database, () => {
    for (const table of TYPED) database.exec(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
    for (const table of ['papers', 'acronyms', 'authors', 'followed']) database.exec(`DELETE FROM ${table}`);
    database.exec(
      `UPDATE totals SET changes = changes + 1, papers = 0, ${FIELDS.map((field) => `${field} = 0`).join(', ')}`,
    );
  });
}

function slugsOf(paper: Paper): string[] {
  return classify(paper).map(({ slug }) => slug);
}
