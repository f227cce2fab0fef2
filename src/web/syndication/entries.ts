import { othersFirst } from '../../clock.ts';
import type { ArchivedPaper } from '../../store.ts';
import type { ArchiveView } from '../../view.ts';
import { type Entry, entryOf } from './entry.ts';

/** So many take some milliseconds; then others have their turn. */
const AT_A_TIME = 10;

/** The entries of papers in an order that votes do not change: the one seen last comes first. No paper twice. */
export async function entriesOf(
  papers: readonly ArchivedPaper[],
  archive: Pick<ArchiveView, 'topicsOf'>,
  base: string,
): Promise<Entry[]> {
  const topics = await archive.topicsOf(papers.map(({ paper }) => paper));
  const entries: Entry[] = [];
  for (const archived of newestFirst(papers)) {
    if (entries.length % AT_A_TIME === 0) await othersFirst();
    entries.push(entryOf(archived, topics.get(archived.paper.id) ?? [], base));
  }
  return entries;
}

function newestFirst(papers: readonly ArchivedPaper[]): ArchivedPaper[] {
  const byId = new Map(papers.map((archived) => [archived.paper.id, archived]));
  return [...byId.values()].sort(
    (one, other) => compare(other.firstSeenAt, one.firstSeenAt) || compare(other.paper.id, one.paper.id),
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
