import type { Instant } from '../../domain/calendar.ts';
import { arxivLinks } from '../../domain/paper.ts';
import type { Topic } from '../../domain/topic.ts';
import { nameOf, sentenceOf } from '../../paper-lines.ts';
import type { ArchivedPaper } from '../../store.ts';
import { contentOf } from './content.ts';
import { said } from './said.ts';

/** A paper as an entry of a document, whatever its format. */
export interface Entry {
  /** Its page at arXiv, which stays the same for ever. */
  id: string;
  /** Our own page of it. */
  url: string;
  title: string;
  /** As printed, in order; may be empty. */
  authors: string[];
  /** One sentence or two; absent where nothing is known but the title. */
  summary?: string;
  /** HTML. */
  content: string;
  /** The surest first. */
  topics: readonly Topic[];
  /** When the archive first saw it. */
  seenAt: Instant;
}

/** In graphemes; whoever reads wants more than that at arXiv. */
const ROOM = { title: 500, author: 120, summary: 1000 } as const;
/** Some papers have thousands; the content says how many there are. */
const MOST_AUTHORS = 100;

/**
 * The entry of a paper. It is dated by when the archive first saw the paper, and holds neither votes nor other figures:
 * else readers would show it as changed whenever somebody votes.
 */
export function entryOf(
  { paper, firstSeenAt }: ArchivedPaper,
  topics: readonly Topic[],
  base: string,
): Entry {
  const id = encodeURI(paper.id.toWellFormed());
  const summary = said(sentenceOf(paper), ROOM.summary);
  return {
    id: arxivLinks(id).arxivUrl,
    url: `${base}/papers/${id}`,
    title: said(nameOf(paper), ROOM.title),
    authors: (paper.authors ?? [])
      .slice(0, MOST_AUTHORS)
      .map(({ name }) => said(name, ROOM.author))
      .filter((name) => name !== ''),
    ...(summary !== '' && { summary }),
    content: contentOf(paper),
    topics,
    seenAt: firstSeenAt,
  };
}
