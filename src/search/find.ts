import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Page } from '../domain/page.ts';
import { isEmptyQuery, type Query } from '../domain/query.ts';
import type { Hit, Hits } from '../search.ts';
import { type Group, groupsOf } from './groups.ts';
import { type Demand, demandOf, type Seed, seedOf } from './match.ts';
import { unpack } from './packed.ts';
import { createScorer, type Totals } from './rank.ts';
import { FIELDS } from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Papers that are ranked closely; a page ends here at the latest. */
const MOST_CANDIDATES = 200;
/** The same of papers that are like one: of the first six 98 % stay what they are, for a fifth less of the time. */
const MOST_ALIKE = 100;
/** How FTS5 weighs the columns of `terms` when it picks them. */
const PICK = 'bm25(terms, 3, 1, 1, 2, 2, 1, 0)';
/** Votes and newness only order papers that the words leave close together. */
const VOTES_SHARE = 0.004;

export interface Finder {
  find(query: Query, page: Page): Hits;
  /** The papers that fit some terms best. */
  findGroups(groups: readonly Group[], limit: number): Hit[];
}

export function createFinder(database: DatabaseSync, vocabulary: Vocabulary): Finder {
  const totals = database.prepare('SELECT * FROM totals');
  const candidate = database.prepare('SELECT paper_id, votes, packed FROM papers WHERE number = ?');
  const statements = new Map<string, StatementSync>();

  /** Few shapes of SQL come again and again. */
  function statement(sql: string): StatementSync {
    let prepared = statements.get(sql);
    if (!prepared) {
      prepared = database.prepare(sql);
      statements.set(sql, prepared);
    }
    return prepared;
  }

  function totalsNow(): Totals {
    const row = totals.get() ?? {};
    const papers = Number(row.papers);
    return { papers, meanLengths: FIELDS.map((field) => Number(row[field]) / Math.max(papers, 1)) };
  }

  /** The numbers of papers that fulfil a demand and match: those that FTS5 ranks best, or of a common word the newest. */
  function pick(demand: Demand, { expression, isCommon }: Seed, most = MOST_CANDIDATES): number[] {
    const all = { offset: 0, limit: most };
    if (isCommon) return newest(demand, [expression], all).map(({ number }) => number);
    const { conditions, values } = demand;
    const excluded = given(demand.excluded);
    const where = [
      'terms MATCH ?',
      ...conditions,
      ...excluded.map(() => 'terms.rowid NOT IN (SELECT rowid FROM terms WHERE terms MATCH ?)'),
    ];
    const join = conditions.length > 0 ? 'JOIN papers ON papers.number = terms.rowid' : '';
    const sql = `SELECT terms.rowid AS number FROM terms ${join} WHERE ${where.join(' AND ')}
      ORDER BY ${PICK} LIMIT ${most}`;
    return statement(sql)
      .all(expression, ...values, ...excluded)
      .map(({ number }) => Number(number));
  }

  /**
   * The newest that fulfil a demand and match: the last listed first, of one day those with most votes. Walks along that
   * order until it has enough; but for the plus SQLite would look up every match and sort them all.
   */
  function newest(demand: Demand, matching: readonly string[], { offset, limit }: Page): NewestRow[] {
    const { conditions, values } = demand;
    const excluded = given(demand.excluded);
    const matched = '+number IN (SELECT rowid FROM terms WHERE terms MATCH ?)';
    const where = [...conditions, ...matching.map(() => matched), ...excluded.map(() => `NOT ${matched}`)];
    const sql = `SELECT number, paper_id FROM papers WHERE ${where.join(' AND ')}
      ORDER BY listed DESC, votes DESC, number DESC LIMIT ? OFFSET ?`;
    const rows = statement(sql).all(...values, ...matching, ...excluded, limit, offset);
    return rows.map(({ number, paper_id }) => ({ number: Number(number), paperId: String(paper_id) }));
  }

  /** Without a word to rank by. */
  function findNewest(demand: Demand, { offset, limit }: Page): Hits {
    const rows = newest(demand, given(demand.matching), { offset, limit: limit + 1 });
    const hits = rows.slice(0, limit).map(({ paperId }) => ({ paperId, score: 0 }));
    return { hits, hasMore: rows.length > limit, corrections: [] };
  }

  function rank(numbers: readonly number[], groups: readonly Group[]): Hit[] {
    const score = createScorer(groups, totalsNow());
    const candidates = numbers.flatMap(
      (number) => (candidate.get(number) as unknown as Row | undefined) ?? [],
    );
    return candidates
      .map(({ paper_id, votes, packed }) => ({
        paperId: paper_id,
        score: score(unpack(packed)) * (1 + VOTES_SHARE * Math.log1p(Math.max(votes, 0))),
      }))
      .sort((one, other) => other.score - one.score);
  }

  return {
    find(query, page) {
      if (isEmptyQuery(query)) return { hits: [], hasMore: false, corrections: [] };
      const demand = demandOf(query);
      const { groups, rows, corrections } = groupsOf([...query.words, ...query.phrases], vocabulary);
      const seed = seedOf(query.words.length > 0 ? groups : []);
      if (seed === undefined) {
        if (query.words.length > 0) return { hits: [], hasMore: false, corrections };
        if (query.phrases.length === 0) return findNewest(demand, page);
      }
      const expressions = [...given(demand.matching), ...given(seed?.expression)];
      const expression = expressions.map((one) => `(${one})`).join(' AND ');
      // A demand that must match narrows a common word down.
      const isCommon = seed?.isCommon === true && demand.matching === undefined;
      const ranked = rank(pick(demand, { expression, isCommon }), [...groups, ...rows]);
      const end = page.offset + page.limit;
      return { hits: ranked.slice(page.offset, end), hasMore: ranked.length > end, corrections };
    },
    findGroups(groups, limit) {
      const seed = seedOf(groups);
      if (seed === undefined) return [];
      return rank(pick({ conditions: [], values: [] }, seed, MOST_ALIKE), groups).slice(0, limit);
    },
  };
}

/** The one that is there, or none. */
function given(expression: string | undefined): string[] {
  return expression === undefined ? [] : [expression];
}

interface NewestRow {
  number: number;
  paperId: string;
}

interface Row {
  paper_id: string;
  votes: number;
  packed: Uint8Array;
}
