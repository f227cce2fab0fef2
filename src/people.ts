import type { Destination } from './domain/feed.ts';
import type { Member, Person } from './domain/member.ts';
import type { Interest, Rating, SavedPaper, Subscription } from './domain/subscription.ts';
import type { TopicSlug, WorkspaceTopic } from './domain/topic.ts';

/** How many rows of each kind were erased. */
export interface Forgotten {
  subscriptions: number;
  saved: number;
  ratings: number;
}

/** A workspace without a channel. */
export type Workspace = Pick<Destination, 'platform' | 'workspace'>;

/**
 * What members follow, keep and judge, and the topics that workspaces made. Part of a store: on the same connection,
 * each call durable when it resolves. Errors: `StoreError`.
 */
export interface People {
  /** What a member follows, in the order they began to. */
  subscriptions(member: Member): Promise<Subscription[]>;
  /**
   * Follows, up to `most` in all. `already`: nothing changes, not even the label, also for one who follows the most.
   * `full`: nothing changes.
   */
  follow(member: Member, subscription: Subscription, most: number): Promise<'followed' | 'already' | 'full'>;
  /** False when it was not followed. */
  unfollow(member: Member, interest: Interest): Promise<boolean>;
  /** How many members of a workspace follow each topic; topics that nobody follows have no entry. */
  followers(workspace: Workspace): Promise<Map<TopicSlug, number>>;

  /** False when it was saved before: its instant stays. */
  save(member: Member, saved: SavedPaper): Promise<boolean>;
  /** False when it was not saved. */
  unsave(member: Member, paperId: string): Promise<boolean>;
  /** How many a member has saved, and a page of them: the newest first, those of one instant by id. */
  saved(
    member: Member,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; papers: SavedPaper[] }>;

  /** Takes the place of an earlier rating of the same paper. */
  rate(member: Member, rating: Rating): Promise<void>;
  /** False when there was none. */
  unrate(member: Member, paperId: string): Promise<boolean>;
  /** What a member thinks of papers; those without a rating have no entry. */
  ratings(member: Member, paperIds: readonly string[]): Promise<Map<string, Rating>>;

  /** Topics of a workspace, in the order they were made. */
  topics(workspace: Workspace): Promise<WorkspaceTopic[]>;
  /** Makes a topic, up to `most` in a workspace. `taken`, `full`: nothing changes. */
  addTopic(workspace: Workspace, topic: WorkspaceTopic, most: number): Promise<'added' | 'taken' | 'full'>;
  /** Removes a topic with all that follow it; false when there was none. */
  removeTopic(workspace: Workspace, slug: TopicSlug): Promise<boolean>;

  /**
   * The workspaces in which anything names somebody: what they follow, saved, rated or chose by an emoji, their digest, a
   * feed that they manage.
   */
  workspacesOf(person: Person): Promise<Workspace['workspace'][]>;
  /**
   * Erases all that is kept here of a member, and the notices that they were sent; topics that they made stay, as nobody
   * is named there, and so do the marks of their reactions, so that one that still stands is no new wish.
   */
  forgetMember(member: Member): Promise<Forgotten>;
}
