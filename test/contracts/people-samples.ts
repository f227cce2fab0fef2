import { addMs } from '../../src/domain/calendar.ts';
import type { Member } from '../../src/domain/member.ts';
import type { Interest, Rating, SavedPaper, Subscription, Verdict } from '../../src/domain/subscription.ts';
import type { WorkspaceTopic } from '../../src/domain/topic.ts';
import type { Workspace } from '../../src/people.ts';
import { START } from './store-samples.ts';

export const HERE: Workspace = { platform: 'slack', workspace: 'W' };
export const ADA: Member = { ...HERE, id: 'ada' };

/** None of them is Ada, however alike they look. */
export const OTHERS: readonly Member[] = [
  { ...ADA, id: 'bob' },
  { ...ADA, workspace: 'X' },
  { ...ADA, platform: 'discord' },
];

export const ENOUGH = 100;

export function aSubscription(given: Partial<Subscription> = {}): Subscription {
  return { kind: 'topic', key: 'agents', label: 'Agents', followedAt: START, ...given };
}

export function aTopic(slug: string): WorkspaceTopic {
  const words = { name: `The ${slug}`, emoji: '🧫', meaning: `what belongs to ${slug}` };
  return { slug, ...words, query: `"${slug}" -survey`, createdAt: START };
}

/** Saved so many seconds after the start. */
export function savedPaper(paperId: string, seconds = 0): SavedPaper {
  return { paperId, savedAt: addMs(START, seconds * 1000) };
}

export function aRating(paperId: string, verdict: Verdict = 'up'): Rating {
  return { paperId, verdict, ratedAt: START };
}

export const interestIn = (key: string): Interest => ({ kind: 'topic', key });
