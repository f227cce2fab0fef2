import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Page } from '../domain/page.ts';
import { AT_MOST } from '../sqlite.ts';
import { type Demand, oneOrNone, type Seed } from './match.ts';

/** How FTS5 weighs the columns of `terms` when it picks them. */
const PICK = 'bm25(terms, 3, 1, 1, 2, 2, 1, 0)';

export interface NewestRow {
  number: number;
  paperId: string;
}

/** Picks the few papers that are worth a closer look. */
export interface Picker {
  /** The numbers of papers that fulfil a demand and match: those that FTS5 ranks best, or of a common word the newest. */
  pick(demand: Demand, seed: Seed, most: number): number[];
  /**
   * The newest that fulfil a demand and match: the last listed first, of one day those with most votes. Walks along that
   * order until it has enough; but for the plus SQLite would look up every match and sort them all.
   */
  newest(demand: Demand, matching: readonly string[], page: Page): NewestRow[];
}

export function createPicker(database: DatabaseSync): Picker {
  const statement = createStatements(database);

  function newest(demand: Demand, matching: readonly string[], { offset, limit }: Page): NewestRow[] {
    const { conditions, values } = demand;
    const excluded = oneOrNone(demand.excluded);
    const matched = '+number IN (SELECT rowid FROM terms WHERE terms MATCH ?)';
    const where = [...conditions, ...matching.map(() => matched), ...excluded.map(() => `NOT ${matched}`)];
    const sql = `SELECT number, paper_id FROM papers WHERE ${where.join(' AND ')}
      ORDER BY listed DESC, votes DESC, number DESC ${AT_MOST} OFFSET ?`;
    const rows = statement(sql).all(...values, ...matching, ...excluded, limit, offset);
    return rows.map(({ number, paper_id }) => ({ number: Number(number), paperId: String(paper_id) }));
  }

  return {
    pick(demand, { expression, isCommon }, most) {
      const all = { offset: 0, limit: most };
      if (isCommon) return newest(demand, [expression], all).map(({ number }) => number);
      const { conditions, values } = demand;
      const excluded = oneOrNone(demand.excluded);
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
    },
    newest,
  };
}

/** Few shapes of SQL come again and again. */
function createStatements(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    let prepared = statements.get(sql);
    if (!prepared) {
      prepared = database.prepare(sql);
      statements.set(sql, prepared);
    }
    return prepared;
  };
}
