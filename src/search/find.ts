import type { DatabaseSync } from 'node:sqlite';
import { onPage, type Page } from '../domain/page.ts';
import { isEmptyQuery, type Query } from '../domain/query.ts';
import type { Hit, Hits } from '../search.ts';
import { type Group, groupsOf } from './groups.ts';
import { type Demand, demandOf, oneOrNone, seedOf } from './match.ts';
import { unpack } from './packed.ts';
import { createPicker, type Picker } from './pick.ts';
import { createScorer, type Totals } from './rank.ts';
import { FIELDS } from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Papers that are ranked closely; a page ends here at the latest. */
const MOST_CANDIDATES = 200;
/** The same of papers that are like one: of the first six 98 % stay what they are, for a fifth less of the time. */
const MOST_ALIKE = 100;
/** Votes and newness only order papers that the words leave close together. */
const VOTES_SHARE = 0.004;

export interface Finder {
  find(query: Query, page: Page): Hits;
  /** The papers that fit some terms best. */
  findGroups(groups: readonly Group[], limit: number): Hit[];
}

export function createFinder(database: DatabaseSync, vocabulary: Vocabulary): Finder {
  const picker = createPicker(database);
  const rank = createRanking(database);
  return {
    find(query, page) {
      if (isEmptyQuery(query)) return { hits: [], hasMore: false, corrections: [] };
      const demand = demandOf(query);
      const { groups, rows, corrections } = groupsOf([...query.words, ...query.phrases], vocabulary);
      const seed = seedOf(query.words.length > 0 ? groups : []);
      if (seed === undefined) {
        if (query.words.length > 0) return { hits: [], hasMore: false, corrections };
        if (query.phrases.length === 0) return findNewest(demand, page, picker);
      }
      const expressions = [...oneOrNone(demand.matching), ...oneOrNone(seed?.expression)];
      const expression = expressions.map((one) => `(${one})`).join(' AND ');
      // A demand that must match narrows a common word down.
      const isCommon = seed?.isCommon === true && demand.matching === undefined;
      const numbers = picker.pick(demand, { expression, isCommon }, MOST_CANDIDATES);
      const ranked = rank(numbers, [...groups, ...rows]);
      const { shown, hasMore } = onPage(ranked, page);
      return { hits: shown, hasMore, corrections };
    },
    findGroups(groups, limit) {
      const seed = seedOf(groups);
      if (seed === undefined) return [];
      const numbers = picker.pick({ conditions: [], values: [] }, seed, MOST_ALIKE);
      return rank(numbers, groups).slice(0, limit);
    },
  };
}

/** Without a word to rank by. */
function findNewest(demand: Demand, { offset, limit }: Page, picker: Picker): Hits {
  const rows = picker.newest(demand, oneOrNone(demand.matching), { offset, limit: limit + 1 });
  const hits = rows.slice(0, limit).map(({ paperId }) => ({ paperId, score: 0 }));
  return { hits, hasMore: rows.length > limit, corrections: [] };
}

/** Orders papers, by their numbers, by how well they fit; best first. */
function createRanking(
  database: DatabaseSync,
): (numbers: readonly number[], groups: readonly Group[]) => Hit[] {
  const totals = database.prepare('SELECT * FROM totals');
  const candidate = database.prepare('SELECT paper_id, votes, packed FROM papers WHERE number = ?');

  function totalsNow(): Totals {
    const row = totals.get() ?? {};
    const papers = Number(row.papers);
    return { papers, meanLengths: FIELDS.map((field) => Number(row[field]) / Math.max(papers, 1)) };
  }

  return (numbers, groups) => {
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
  };
}

interface Row {
  paper_id: string;
  votes: number;
  packed: Uint8Array;
}
