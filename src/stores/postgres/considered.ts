import type { Day, Instant } from '../../domain/calendar.ts';
import type { Consideration } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import type { PaperId } from '../../domain/paper.ts';
import type { Considered } from '../../store.ts';
import { dayNumber } from '../days.ts';
import { consideredOf, FATE_NUMBERS } from '../rows.ts';
import type { Sql } from './connection.ts';

/** What feeds did with papers; see `Ledger`. */
export interface ConsideredTable {
  /** What an edition decided; to be called in a transaction. `feed`: its number, held. */
  put(feed: number, at: Instant | Day, considered: readonly Consideration[]): Promise<void>;
  of(feedId: FeedId, paperIds: readonly PaperId[]): Promise<Map<PaperId, Considered>>;
}

/**
 * Numbers what has none yet. In the order of the names, so that two transactions with the same new names wait for each
 * other and not in a circle; the one that waited finds the numbers of the other.
 */
const NUMBER = `WITH papers AS (
    INSERT INTO considered_papers (paper_id)
    SELECT DISTINCT paper_id FROM unnest($1::text[]) AS given (paper_id)
    WHERE NOT EXISTS (SELECT 1 FROM considered_papers AS known WHERE known.paper_id = given.paper_id)
    ORDER BY paper_id ON CONFLICT DO NOTHING)
  INSERT INTO considered_decisions (day, kind, key, fate)
  SELECT DISTINCT $2::integer, kind, key, fate
  FROM unnest($3::text[], $4::text[], $5::integer[]) AS given (kind, key, fate)
  WHERE NOT EXISTS (SELECT 1 FROM considered_decisions AS known WHERE known.day = $2::integer
    AND known.kind = given.kind AND known.key = given.key AND known.fate = given.fate)
  ORDER BY kind, key, fate ON CONFLICT DO NOTHING`;

const PUT = `INSERT INTO considered (feed, paper, decision)
  SELECT $6::integer, papers.number, decisions.number
  FROM unnest($1::text[], $3::text[], $4::text[], $5::integer[]) AS given (paper_id, kind, key, fate)
  JOIN considered_papers AS papers USING (paper_id)
  JOIN considered_decisions AS decisions ON decisions.day = $2::integer
    AND decisions.kind = given.kind AND decisions.key = given.key AND decisions.fate = given.fate
  ON CONFLICT (feed, paper) DO UPDATE SET decision = excluded.decision`;

const OF = `SELECT place, fate, kind, decisions.key, day
  FROM unnest($2::text[]) WITH ORDINALITY AS given (paper_id, place)
  JOIN considered_papers AS papers USING (paper_id)
  JOIN considered ON feed = (SELECT position FROM feeds WHERE feed_id = $1) AND paper = papers.number
  JOIN considered_decisions AS decisions ON decisions.number = decision ORDER BY place`;

export function createConsidered(sql: Sql): ConsideredTable {
  return {
    async put(feed, at, considered) {
      if (considered.length === 0) return;
      // Of a paper that comes twice the last word counts, as a statement changes each row once.
      const each = [...new Map(considered.map((one) => [one.paperId, one])).values()];
      const values = [
        each.map(({ paperId }) => paperId),
        dayNumber(at),
        each.map(({ listing }) => listing.kind),
        each.map(({ listing }) => listing.key),
        each.map(({ fate }) => FATE_NUMBERS[fate]),
      ];
      await sql.run(NUMBER, values);
      await sql.run(PUT, [...values, feed]);
    },
    async of(feedId, paperIds) {
      const rows = await sql.all(OF, [feedId, paperIds]);
      // By place: an id may lie in another spelling than it was asked for.
      return new Map(rows.map((row) => [paperIds[Number(row.place) - 1] ?? '', consideredOf(row)]));
    },
  };
}
