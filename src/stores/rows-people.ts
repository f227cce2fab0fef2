import { z } from 'zod';
import type { Platform } from '../domain/feed.ts';
import type { Member } from '../domain/member.ts';
import type { ReactedMessage } from '../domain/reaction.ts';
import {
  INTEREST_KINDS,
  type Rating,
  type SavedPaper,
  type Subscription,
  VERDICTS,
} from '../domain/subscription.ts';
import type { WorkspaceTopic } from '../domain/topic.ts';
import type { SeenReaction } from '../presence.ts';

/** Rows of what is kept of people and of where we are, as what they stand for; see `rows.ts`. */
type Row = Record<string, unknown>;

const topicRow = z.object({
  slug: z.string(),
  name: z.string(),
  emoji: z.string(),
  meaning: z.string(),
  query: z.string(),
  created_at: z.string(),
});

const subscriptionRow = z.object({
  kind: z.enum(INTEREST_KINDS),
  key: z.string(),
  label: z.string(),
  followed_at: z.string(),
});

const ratingRow = z.object({ paper_id: z.string(), verdict: z.enum(VERDICTS), rated_at: z.string() });

export function topicOf(unchecked: unknown): WorkspaceTopic {
  const { created_at, ...topic } = topicRow.parse(unchecked);
  return { ...topic, createdAt: created_at };
}

export function subscriptionOf(unchecked: unknown): Subscription {
  const { kind, key, label, followed_at } = subscriptionRow.parse(unchecked);
  return { kind, key, label, followedAt: followed_at };
}

export function savedOf(row: Row): SavedPaper {
  return { paperId: String(row.paper_id), savedAt: String(row.saved_at) };
}

export function ratingOf(unchecked: unknown): Rating {
  const { paper_id, verdict, rated_at } = ratingRow.parse(unchecked);
  return { paperId: paper_id, verdict, ratedAt: rated_at };
}

export function seenOf({ emoji, mark, member }: Row): SeenReaction {
  return {
    emoji: String(emoji),
    mark: String(mark),
    ...(member === null ? {} : { member: String(member) }),
  };
}

/** The message that a row stands for. */
export function messageOf(row: Row): ReactedMessage {
  const place = { ...workspaceOf(row), channel: String(row.channel) };
  return { place, messageId: String(row.message_id) };
}

/** The member that a row names. */
export function memberOf(row: Row): Member {
  return { ...workspaceOf(row), id: String(row.member) };
}

/** The workspace in which a row lies. */
export function workspaceOf({ platform, workspace }: Row): Omit<Member, 'id'> {
  return { platform: String(platform) as Platform, workspace: String(workspace) };
}
