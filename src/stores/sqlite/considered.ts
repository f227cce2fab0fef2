import type { DatabaseSync } from 'node:sqlite';
import type { Day, Instant } from '../../domain/calendar.ts';
import type { Consideration } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import type { PaperId } from '../../domain/paper.ts';
import type { Considered } from '../../store.ts';
import { dayNumber } from '../days.ts';
import { missingFeed } from '../plan.ts';
import { consideredOf, FATE_NUMBERS } from '../rows.ts';

/** What feeds did with papers; see `Ledger`. */
export interface ConsideredTable {
  /** What an edition decided; to be called in a transaction. Errors: `StoreError` for a feed that is not there. */
  put(feedId: FeedId, at: Instant | Day, considered: readonly Consideration[]): void;
  of(feedId: FeedId, paperIds: readonly PaperId[]): Map<PaperId, Considered>;
  /** To be called before the feed itself is removed. */
  removeOf(feedId: FeedId): void;
}

export function createConsidered(database: DatabaseSync): ConsideredTable {
  const feedNumber = database.prepare('SELECT position FROM feeds WHERE feed_id = ?');
  const paperNumber = numbering(database, 'considered_papers', ['paper_id']);
  const decisionNumber = numbering(database, 'considered_decisions', ['day', 'kind', 'key', 'fate']);
  const put = database.prepare(
    `INSERT INTO considered (feed, paper, decision) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET decision = excluded.decision`,
  );
  const get = database.prepare(
    `SELECT fate, kind, key, day FROM considered_papers AS papers
     CROSS JOIN considered ON feed = (SELECT position FROM feeds WHERE feed_id = ?) AND paper = papers.number
     CROSS JOIN considered_decisions AS decisions ON decisions.number = decision
     WHERE paper_id = ?`,
  );
  const removeOf = database.prepare(
    'DELETE FROM considered WHERE feed = (SELECT position FROM feeds WHERE feed_id = ?)',
  );
  return {
    put(feedId, at, considered) {
      const feed = feedNumber.get(feedId)?.position;
      if (feed === undefined) throw missingFeed(feedId);
      const day = dayNumber(at);
      for (const { paperId, listing, fate } of considered) {
        const decision = decisionNumber(day, listing.kind, listing.key, FATE_NUMBERS[fate]);
        put.run(feed, paperNumber(paperId), decision);
      }
    },
    of: (feedId, paperIds) =>
      new Map(
        paperIds.flatMap((paperId) => {
          const row = get.get(feedId, paperId);
          return row ? [[paperId, consideredOf(row)] as const] : [];
        }),
      ),
    removeOf(feedId) {
      removeOf.run(feedId);
    },
  };
}

/** The number under which a table knows a name; a new name gets the next one. */
function numbering(
  database: DatabaseSync,
  table: string,
  columns: readonly string[],
): (...name: (string | number)[]) => number {
  const isIt = columns.map((column) => `${column} = ?`).join(' AND ');
  const marks = columns.map(() => '?').join(', ');
  const find = database.prepare(`SELECT number FROM ${table} WHERE ${isIt}`);
  const add = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) RETURNING number`,
  );
  return (...name) => Number((find.get(...name) ?? add.get(...name))?.number);
}
