import type { Page } from './domain/page.ts';
import type { Paper, PaperId } from './domain/paper.ts';
import type { Query } from './domain/query.ts';
import type { TopicSlug } from './domain/topic.ts';
import type { ArchivedPaper } from './store.ts';

/** One paper that was found. */
export interface Hit {
  paperId: PaperId;
  /** Higher is better; says something within one answer only. */
  score: number;
}

/** A word that was read as another one, as nobody writes it so. */
export interface Correction {
  given: string;
  taken: string;
}

/** What a query finds in the index. */
export interface Hits {
  /** Best first; no paper twice. */
  hits: Hit[];
  /** There are more after this page. */
  hasMore: boolean;
  corrections: Correction[];
}

export const SUGGESTION_KINDS = ['paper', 'author'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** One way to complete what somebody types. */
export interface Suggestion {
  kind: SuggestionKind;
  /** As it is shown: a title, a name. */
  label: string;
  /** What is meant: a paper's id, an author's name. */
  value: string;
}

/** The most suggestions in one answer: what Discord shows (`platforms.md`). */
export const MOST_SUGGESTIONS = 25;

/** A paper that was found, as the archive has it. */
export interface FoundPaper extends Omit<Hit, 'paperId'>, ArchivedPaper {}

/** What a query finds in the archive. */
export interface Findings extends Omit<Hits, 'hits'> {
  found: FoundPaper[];
  /** False while the index is still being built: there may be more. */
  isComplete: boolean;
}

/**
 * Search over everything that was ever listed. It follows the archive by itself: what was archived before a call is
 * found by it, unless so much is new that the answer would be late. Errors: `StoreError` when the archive cannot be read.
 */
export interface Search {
  /** A query without a word or a filter finds nothing; one without words the last listed first. */
  find(query: Query, page: Page): Promise<Findings>;
  /** The papers most like one, best first, without itself. */
  similar(paper: Paper, limit: number): Promise<FoundPaper[]>;
  /**
   * The built-in topics of papers as they were judged when they were last indexed, the surest first; no entry for one that is
   * not indexed yet.
   */
  topicsOf(ids: readonly PaperId[]): Promise<Map<PaperId, TopicSlug[]>>;
  /** How what was typed so far may go on, best first; at most `MOST_SUGGESTIONS`. */
  suggest(typed: string, kinds: readonly SuggestionKind[], limit: number): Promise<Suggestion[]>;
  /** Takes in all that the archive has and the index has not. */
  follow(signal?: AbortSignal): Promise<void>;
  /** Lets go of everything; may be called twice. */
  close(): Promise<void>;
}
