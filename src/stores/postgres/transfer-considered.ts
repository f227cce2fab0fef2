import { StoreError } from '../../errors.ts';
import type { TransferLine } from '../../transfer.ts';
import { dayNumber } from '../days.ts';
import { consideredOf, FATE_NUMBERS } from '../rows.ts';
import type { Pages, Row, Sql } from './connection.ts';
import { checkedLines, type Line, type Mover } from './mover.ts';

/** Feeds whose rows are put in order at once. */
const FEEDS_AT_ONCE = 100;

/** By feed in their order, then by paper: the numbers of papers are each database's own. */
export const CONSIDERED: Mover = {
  async *read(pages) {
    for await (const feeds of chunksOf(pages('SELECT position FROM feeds ORDER BY position')))
      yield* readOf(
        pages,
        feeds.map(({ position }) => Number(position)),
      );
  },
  async write(sql, lines) {
    const checked = checkedLines('considered', lines);
    const feeds = await feedNumbers(sql, checked);
    await number(sql, checked);
    await sql.run(
      `INSERT INTO considered (feed, paper, decision)
       SELECT feed, papers.number, decisions.number
       FROM unnest($1::integer[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::integer[])
         AS given (feed, paper_id, fate, kind, key, day)
       JOIN considered_papers AS papers USING (paper_id)
       JOIN considered_decisions AS decisions USING (fate, kind, key, day)
       ORDER BY feed, papers.number ON CONFLICT DO NOTHING`,
      [
        checked.map(({ value }) => feeds.get(value.feedId)),
        checked.map(({ value }) => value.paperId),
        ...decisionColumns(checked),
      ],
    );
  },
};

async function* readOf(pages: Pages, feeds: readonly number[]): AsyncGenerator<TransferLine> {
  const rows = pages(
    `SELECT feed_id, paper_id, fate, kind, decisions.key, day
     FROM considered JOIN feeds ON feeds.position = feed
     JOIN considered_papers AS papers ON papers.number = paper
     JOIN considered_decisions AS decisions ON decisions.number = decision
     WHERE feed = ANY ($1::integer[]) ORDER BY feed, paper_id`,
    [feeds],
  );
  for await (const row of rows) {
    const [feedId, paperId] = [String(row.feed_id), String(row.paper_id)];
    const { fate, listing, consideredOn } = consideredOf(row);
    const { kind, key } = listing;
    const value = { feedId, paperId, fate, listing: { kind, key }, consideredOn };
    yield { kind: 'considered', key: `${feedId}/${paperId}`, value };
  }
}

async function* chunksOf(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let chunk: Row[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < FEEDS_AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

type Lines = readonly Line<'considered'>[];

/** Errors: `StoreError` for a feed that is not there. */
async function feedNumbers(sql: Sql, lines: Lines): Promise<Map<string, number>> {
  const ids = [...new Set(lines.map(({ value }) => value.feedId))];
  const rows = await sql.all('SELECT feed_id, position FROM feeds WHERE feed_id = ANY ($1::text[])', [ids]);
  const numbers = new Map(rows.map(({ feed_id, position }) => [String(feed_id), Number(position)]));
  const missing = ids.find((id) => !numbers.has(id));
  if (missing === undefined) return numbers;
  throw new StoreError('transfer', { key: `feeds:${missing}`, message: 'there is no such feed.' });
}

/** Gives numbers to the papers and decisions that have none; one that is not needed is not used up. */
async function number(sql: Sql, lines: Lines): Promise<void> {
  await sql.run(
    `INSERT INTO considered_papers (paper_id)
     SELECT DISTINCT paper_id FROM unnest($1::text[]) AS given (paper_id)
     WHERE NOT EXISTS (SELECT 1 FROM considered_papers AS papers WHERE papers.paper_id = given.paper_id)
     ORDER BY paper_id ON CONFLICT DO NOTHING`,
    [lines.map(({ value }) => value.paperId)],
  );
  await sql.run(
    `INSERT INTO considered_decisions (fate, kind, key, day)
     SELECT DISTINCT fate, kind, key, day
     FROM unnest($1::integer[], $2::text[], $3::text[], $4::integer[]) AS given (fate, kind, key, day)
     WHERE NOT EXISTS (SELECT 1 FROM considered_decisions AS decisions
       WHERE (decisions.day, decisions.kind, decisions.key, decisions.fate)
         = (given.day, given.kind, given.key, given.fate))
     ORDER BY day, kind, key, fate ON CONFLICT DO NOTHING`,
    decisionColumns(lines),
  );
}

function decisionColumns(lines: Lines): [number[], string[], string[], number[]] {
  const values = lines.map(({ value }) => value);
  return [
    values.map(({ fate }) => FATE_NUMBERS[fate]),
    values.map(({ listing }) => listing.kind),
    values.map(({ listing }) => listing.key),
    values.map(({ consideredOn }) => dayNumber(consideredOn)),
  ];
}
