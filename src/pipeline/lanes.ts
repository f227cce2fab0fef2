import { othersFirst } from '../clock.ts';
import { isDone, type SlotRecord } from '../domain/edition.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import { MAIL } from '../subscribers.ts';
import type { DueSlot } from './run.ts';

/** Channels worked on side by side: enough to hide a slow platform, few enough to hold in memory. */
const MOST_CHANNELS = 20;
/**
 * Mails worked on side by side, beside the channels, which a slow mail server must not hold up: more than there are
 * connections to it, so that each has its next one ready.
 */
const MOST_MAILS = 20;

/** It comes by e-mail. */
export function isMail({ destination: { platform } }: Feed): boolean {
  return platform === MAIL.platform;
}

/** Names the channel whose messages go one edition after the other. */
export function channelOf({ destination: { platform, workspace, channel } }: Feed): string {
  return JSON.stringify([platform, workspace, channel]);
}

/**
 * Direct messages of a chat platform go one at a time: who opens many at once is taken for a spammer. Mails are what many
 * get at once.
 */
function laneOf(feed: Feed): string {
  return feed.isDigest && !isMail(feed) ? JSON.stringify([feed.destination.platform]) : channelOf(feed);
}

/**
 * Slots of one channel one after the other, some channels side by side, and workspaces in turns; `isBlocked`: one ahead of it in its feed is not
 * done. Out: the results in the order of the slots; of no use once the signal has aborted.
 */
export async function inOrderByChannel(
  due: readonly DueSlot[],
  work: (due: DueSlot, isBlocked: boolean) => Promise<SlotRecord>,
  signal?: AbortSignal,
): Promise<PromiseSettledResult<SlotRecord>[]> {
  const results = new Map<DueSlot, PromiseSettledResult<SlotRecord>>();
  const worker = async (lanes: Iterable<readonly DueSlot[]>, rest?: () => Promise<void>) => {
    for (const slots of lanes) {
      await rest?.();
      const blocked = new Set<FeedId>();
      for (const one of slots) {
        // Those in hand are finished, and no other is begun.
        if (signal?.aborted) return;
        const [result] = await Promise.allSettled([work(one, blocked.has(one.feed.id))]);
        if (result.status === 'rejected' || !isDone(result.value.state)) blocked.add(one.feed.id);
        results.set(one, result);
      }
    }
  };
  const channels = inTurns(due.filter(({ feed }) => !isMail(feed)));
  const mails = inTurns(due.filter(({ feed }) => isMail(feed)));
  await Promise.all([
    ...Array.from({ length: MOST_CHANNELS }, () => worker(channels)),
    // Of thousands most may have nothing to send, and then nothing but this lets a command in between.
    ...Array.from({ length: MOST_MAILS }, () => worker(mails, othersFirst)),
  ]);
  return due.map((one) => results.get(one) as PromiseSettledResult<SlotRecord>);
}

/**
 * The slots of each channel, a channel of each workspace in turn: a workspace that has many, or whose platform wants it to
 * rest, holds those of others up by no more than one place.
 */
function* inTurns(due: readonly DueSlot[]): Generator<readonly DueSlot[]> {
  const channels = [...Map.groupBy(due, ({ feed }) => laneOf(feed)).values()];
  const workspaces = Map.groupBy(channels, ([first]) => (first ? workspaceOf(first.feed) : ''));
  let waiting = [...workspaces.values()].map((lanes) => lanes.values());
  while (waiting.length > 0) {
    const left: typeof waiting = [];
    for (const lanes of waiting) {
      const { value: slots } = lanes.next();
      if (!slots) continue;
      yield slots;
      left.push(lanes);
    }
    waiting = left;
  }
}

function workspaceOf({ destination: { platform, workspace }, isDigest }: Feed): string {
  return JSON.stringify(isDigest ? [platform] : [platform, workspace]);
}
