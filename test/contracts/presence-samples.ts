import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import type { Destination } from '../../src/domain/feed.ts';
import type { ReactedMessage } from '../../src/domain/reaction.ts';
import type { Workspace } from '../../src/people.ts';
import type { SeenReaction } from '../../src/presence.ts';
import type { Store } from '../../src/store.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { HERE } from './people-samples.ts';
import { START } from './store-samples.ts';

export const CHANNEL: Destination = { ...HERE, channel: 'C' };
export const PANEL: ReactedMessage = { place: CHANNEL, messageId: 'm1' };
export const CARD: ReactedMessage = { ...PANEL, messageId: 'm2', paperId: '2611.00001' };

/** None of them is that workspace, however alike they look. */
export const ELSEWHERE: readonly Workspace[] = [
  { ...HERE, workspace: 'X' },
  { ...HERE, platform: 'discord' },
];

export const LATER = addMs(START, DAY_MS);
export const LONG_AGO = addMs(START, -90 * DAY_MS);

export function aSeenReaction(given: Partial<SeenReaction> = {}): SeenReaction {
  return { emoji: '🤖', mark: 'mark of ada', member: 'ada', ...given };
}

/** Makes a feed in a workspace, to be looked at from the start on. */
export async function haveFeed(store: Store, id: string, where: Workspace, isDigest = false): Promise<void> {
  const destination = { ...where, channel: 'C' };
  await store.saveFeed(aFeed({ id, destination, ...(isDigest ? { isDigest: true } : {}) }), START);
}
