import type { Instant } from './calendar.ts';

export const INTEREST_KINDS = ['topic', 'author', 'organization'] as const;
export type InterestKind = (typeof INTEREST_KINDS)[number];

/** What a member may follow. */
export interface Interest {
  kind: InterestKind;
  /** What it is known by: the slug of a topic, the folded name of an author, the login of an organisation. */
  key: string;
}

/** One member follows one topic, author or organisation. */
export interface Subscription extends Interest {
  /** As it is shown: the name as it is printed on papers. */
  label: string;
  followedAt: Instant;
}

/** As `follow` takes it: `agents`, `author:Yann LeCun`, `org:nvidia`. */
export function whatOf({ kind, key, label }: Pick<Subscription, 'kind' | 'key' | 'label'>): string {
  if (kind === 'topic') return key;
  return kind === 'author' ? `author:${label}` : `org:${key}`;
}

/** The most that one member may follow. */
export const MAX_SUBSCRIPTIONS = 100;

/** A paper that a member put by. */
export interface SavedPaper {
  paperId: string;
  savedAt: Instant;
}

/** What a member thinks of a paper; a later step learns from it. */
export const VERDICTS = ['up', 'down'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Rating {
  paperId: string;
  verdict: Verdict;
  ratedAt: Instant;
}
