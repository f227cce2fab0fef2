import type { Clock } from '../../clock.ts';
import { listingId } from '../../domain/listing.ts';
import type { ArchivedListing, ArchivedPaper } from '../../store.ts';
import { LISTINGS, PAPERS } from '../kinds.ts';
import { encodeText } from '../record-text.ts';
import type { Sql } from './connection.ts';
import type { ArchiveKey } from './seen.ts';
import { createSeen } from './seen.ts';
import { createSequence, lockArchive } from './sequence.ts';

/** A record of the archive as it is written. */
interface Entry extends ArchiveKey {
  text: string;
}

/** Writes what is new or differs; out: the names of these. */
const PUT = `INSERT INTO records (namespace, key, value)
  SELECT namespace, key, convert_to(value, 'UTF8')
  FROM unnest($1::text[], $2::text[], $3::text[]) AS given (namespace, key, value) ORDER BY namespace, key
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = NULL
  WHERE records.value IS DISTINCT FROM excluded.value OR records.expires IS NOT NULL
  RETURNING namespace, key`;

/** What an archive call writes, each record once: of one that comes twice the last. Errors: `StoreError`. */
export function entriesOf(
  listing: ArchivedListing | undefined,
  papers: readonly ArchivedPaper[],
): readonly Entry[] {
  const entries: Entry[] = papers.map((one) => {
    const { id } = one.paper;
    return { namespace: PAPERS.namespace, key: id, text: encodeText(PAPERS, id, one) };
  });
  if (listing) {
    const id = listingId(listing.listing);
    entries.push({ namespace: LISTINGS.namespace, key: id, text: encodeText(LISTINGS, id, listing) });
  }
  return [...new Map(entries.map((entry) => [`${entry.namespace}:${entry.key}`, entry])).values()];
}

/** Keeps entries and numbers the papers that changed, in their order; to be called in a transaction. */
export async function archive(sql: Sql, entries: readonly Entry[], clock: Clock): Promise<void> {
  if (entries.length === 0) return;
  await lockArchive(sql);
  await createSeen(sql, clock).touch(entries);
  const rows = await sql.all(PUT, [
    entries.map(({ namespace }) => namespace),
    entries.map(({ key }) => key),
    entries.map(({ text }) => text),
  ]);
  const changed = new Set(
    rows.filter(({ namespace }) => namespace === PAPERS.namespace).map(({ key }) => String(key)),
  );
  const papers = entries.filter(({ namespace }) => namespace === PAPERS.namespace).map(({ key }) => key);
  await createSequence(sql).advance(papers.filter((id) => changed.has(id)));
}
