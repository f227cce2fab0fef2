import { isSourceError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ArchivedPaper } from '../../store.ts';
import type { ArchiveView, PapersView } from '../../view.ts';
import type { Refusal } from './refusal.ts';
import { INDEXING, NO_QUERY, NO_SOURCE, NO_TOPIC, TOO_LONG } from './refusal.ts';
import { said } from './said.ts';

/** What an address asks for, whatever the format; the text of a search is one line, and empty where none was given. */
export type Subject = { kind: 'daily' } | { kind: 'topic'; slug: string } | { kind: 'search'; text: string };

/** The papers of a document, and what they are. */
export interface Selection {
  /** Plain text, as is the subtitle. */
  title: string;
  subtitle: string;
  /** Its own address from the base, without the ending of a format and without the query. */
  path: string;
  /** From `?` on; empty for none. */
  query: string;
  /** The address of the page that shows the same, from the base. */
  page: string;
  /** In the order of the archive; one may be there twice. */
  papers: ArchivedPaper[];
}

/** A document holds the papers of so many lists, or so many papers. */
const LISTS = 5;
const PAGE = { offset: 0, limit: 50 } as const;
/** In UTF-16 code units: an address in which each is written as nine characters is still one that readers take. */
export const MAX_QUERY = 200;
const ROOM = { title: 80, unread: 200 } as const;

/** The papers of a subject as the archive has them, or why there are none. Errors: `StoreError`. */
export async function select(subject: Subject, archive: ArchiveView, log: Log): Promise<Selection | Refusal> {
  switch (subject.kind) {
    case 'daily':
      return await daily(archive, log);
    case 'topic':
      return await topic(subject.slug, archive);
    case 'search':
      return await search(subject.text, archive);
    default:
      return subject satisfies never;
  }
}

async function daily(archive: ArchiveView, log: Log): Promise<Selection | Refusal> {
  try {
    const lists = await archive.newest(LISTS);
    return {
      title: 'Daily papers',
      subtitle: 'The papers of the newest daily lists, each when it was first seen.',
      path: '/feeds/daily',
      query: '',
      page: '/days',
      papers: lists.flatMap(({ papers }) => papers),
    };
  } catch (error) {
    if (!isSourceError(error)) throw error;
    log.warn('There is nothing to syndicate yet', { error });
    return NO_SOURCE;
  }
}

async function topic(slug: string, archive: ArchiveView): Promise<Selection | Refusal> {
  const found = await archive.topic(slug, PAGE);
  if (!found) return NO_TOPIC;
  if (!found.isComplete) return INDEXING;
  const { name, meaning } = found.topic;
  return {
    title: `Papers about ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    subtitle: `New papers about ${meaning}.`,
    path: `/feeds/topic/${slug}`,
    query: '',
    page: `/topics/${slug}`,
    papers: found.papers,
  };
}

async function search(text: string, archive: ArchiveView): Promise<Selection | Refusal> {
  if (text === '') return NO_QUERY;
  if (text.length > MAX_QUERY) return TOO_LONG;
  const found = await archive.search(text, PAGE);
  if (!found.isComplete) return INDEXING;
  const query = `?q=${encodeURIComponent(text)}`;
  return {
    title: `Papers that match “${said(text, ROOM.title)}”`,
    subtitle: subtitleOf(found),
    path: '/feeds/search',
    query,
    page: `/search${query}`,
    papers: found.papers,
  };
}

function subtitleOf({ unread }: PapersView): string {
  const aim = 'The papers that match best, the newest first.';
  return unread.length > 0 ? `${aim} Read as words: ${said(unread.join(', '), ROOM.unread)}.` : aim;
}
